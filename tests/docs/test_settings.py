import re

from app.resources.helplines import SHIPPED
from app.settings import Settings
from tests.docs.pages import page


def test_every_setting_is_explained_and_none_that_is_not_there():
    explained = set(re.findall(r"^\| `(HEARTHSIDE_\w+)` \|", page("settings.md"), re.MULTILINE))
    assert explained == {f"HEARTHSIDE_{name.upper()}" for name in Settings.model_fields}


def test_every_country_with_help_numbers_is_named():
    [row] = [line for line in page("settings.md").splitlines() if line.startswith("| `HEARTHSIDE_COUNTRY`")]
    assert {table.stem for table in SHIPPED.glob("*.toml")} <= set(re.findall(r"`([A-Z]{2})`", row))
