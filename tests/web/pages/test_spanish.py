"""Spanish is whole: the same things said, to a person who is called usted, in words that nobody has to look up."""

import ast
import re
from pathlib import Path
from string import Formatter

from app.wording import catalogue
from tests.web.pages.test_sentences import APP, sentences

SPANISH = catalogue("es")
LIKE_A_MACHINE = (
    "error", "inválido", "inválida", "usuario", "usuaria", "sesión", "falló", "fallo", "fallido", "enviar formulario",
    "clic", "anciano", "anciana",
    "ancianos", "abuelo", "abuela", "tercera edad", "por favor espere", "datos incorrectos",
)  # fmt: skip
TO_A_FRIEND = (
    "tu",
    "tus",
    "tú",
    "te",
    "ti",
    "contigo",
    "tuyo",
    "tuya",
    "puedes",
    "quieres",
    "tienes",
    "eres",
    "vosotros",
    "os",
)


def test_no_sentence_is_untranslated_and_none_is_left_over():
    """Write the Spanish into es.po, as docs/translating.md says."""
    assert sentences() == set(SPANISH)


def test_every_translation_has_the_places_of_its_sentence():
    assert {english for english in SPANISH if places(SPANISH[english]) != places(english)} == set()


def test_it_says_usted_and_does_not_speak_like_a_machine():
    assert {spanish for spanish in SPANISH.values() if not_said(spanish)} == set()


def test_it_ends_and_asks_as_the_sentence_does():
    assert {english for english in SPANISH if not spoken_alike(english, SPANISH[english])} == set()


def test_no_sentence_hides_in_another_where_the_list_cannot_find_it():
    """Python 3.11 gives Babel an f-string as one piece: a sentence marked inside it would never be translated."""
    hidden = [path.name for path in APP.rglob("*.py") if marked_in_an_f_string(path)]
    assert hidden == []


def not_said(spanish: str) -> bool:
    spoken = f" {' '.join(re.findall(r'[a-záéíóúüñ]+', spanish.lower()))} "
    return any(f" {word} " in spoken for word in LIKE_A_MACHINE + TO_A_FRIEND) or bool(set(spanish) & set("!¡"))


def spoken_alike(english: str, spanish: str) -> bool:
    ends = {english[-1], spanish[-1]} & set(".…?:")
    asks = {english.count("?"), spanish.count("?"), spanish.count("¿")}
    return len(asks) == 1 and (english[-1] == spanish[-1] or not ends)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def marked_in_an_f_string(path: Path) -> bool:
    pieces = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
    calls = [node.func for piece in pieces for node in ast.walk(piece) if isinstance(node, ast.Call)]
    return any(isinstance(call, ast.Name) and call.id in ("N_", "_") for call in calls)
