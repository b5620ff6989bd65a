"""`hearthside rotate`: a new key while the house is up, and no word lost."""

from pathlib import Path

from tests.support.house import House

KEY_SAFE = "The key is under the blue pot."


async def test_two_turns_of_the_key_lose_no_word_and_the_first_key_opens_nothing(house: House):
    luis = await house.welcome("Luis")
    await luis.ask("POST", "/if-i-need-help", data={"way_in": KEY_SAFE})
    keys = Path(house.settings["HEARTHSIDE_DATA_DIR"]) / "sealing-keys"
    [first] = keys.read_text().split()[:1]
    printed = await house.command("rotate")
    assert str(keys) in printed
    assert len(keys.read_text().split()) == 2
    assert KEY_SAFE in (await luis.get("/if-i-need-help")).text
    await house.command("rotate")
    assert first not in keys.read_text().split()
    assert KEY_SAFE in (await luis.get("/if-i-need-help")).text
