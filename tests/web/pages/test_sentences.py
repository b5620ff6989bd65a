from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

APP = Path(__file__).parents[3] / "app"
TRANSLATIONS = APP / "web" / "translations"
ADDRESSED_TO_NOBODY = ("error", "invalid", "submit", "session", "failed", "oops", "senior", "please wait", "!")


def sentences() -> set[str]:
    """Every sentence that a person may read, as the translators get them."""
    with (TRANSLATIONS / "messages.pot").open("rb") as template:
        return {str(message.id) for message in read_po(template) if message.id}


def test_the_translators_template_knows_every_sentence():
    """Mend it with: pybabel extract, as docs/translating.md says."""
    with (TRANSLATIONS / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(APP, methods, options, keywords={"_": None, "N_": None, "gettext": None})
    assert {str(message) for _, _, message, _, _ in found if message} == sentences()


def test_no_sentence_speaks_like_a_machine():
    for sentence in sentences():
        spoken = sentence.lower()
        assert not [word for word in ADDRESSED_TO_NOBODY if word in spoken.split() or (word == "!" and word in spoken)]
