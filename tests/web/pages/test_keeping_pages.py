"""The pages of keeping, through real doors: the log, how long, how somebody stands, their copy, erasing them."""

import io
import json
import uuid
import zipfile

from app.web.pages.staff.act_words import WORDS
from tests.architecture.code import files
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person


async def erase(nora: Person, whom: Person, name: str) -> int:
    path = f"/staff/people/{await whom.id()}/held/erase"
    return (await nora.ask("POST", path, data={"name": name})).status_code


async def test_somebody_is_erased_while_the_room_looks_on(house: House, circle: Circle):
    nora = await house.welcome("Nora", "admin")
    name, secret = circle.rose.name, f"quince {uuid.uuid4()}"
    [harold, rose] = await circle.enter(circle.harold, circle.rose)
    ref = str(uuid.uuid4())
    said = await circle.rose.post(f"{circle.path}/entries", {"ref": ref, "text": secret})
    first = await harold.expect("entry", room=circle.id)
    assert first["text"] == secret
    assert await erase(nora, circle.rose, "Somebody else") == 422
    assert await erase(nora, circle.rose, name) == 303
    gone = await harold.expect("entry", room=circle.id)
    assert (gone["seq"], gone["version"]) == (said.json()["seq"], first["version"] + 1)
    assert (gone["text"], gone["state"], gone["erased"]) == (None, "removed", True)
    assert gone["author"]["name"] == "Somebody who left"
    assert (await circle.rose.get("/api/me")).status_code == 401
    page = (await circle.harold.get(f"/rooms/{circle.id}")).text
    assert "Who wrote this has left" in page and secret not in page
    assert secret not in json.dumps(await circle.harold.history(circle.id))


async def test_a_copy_is_one_file_with_a_page_and_json(house: House, circle: Circle):
    nora = await house.welcome("Nora", "admin")
    for person, words in ((circle.dot, "My geranium <b>has a leaf"), (circle.harold, "Harold's own words")):
        await person.post(f"{circle.path}/entries", {"ref": str(uuid.uuid4()), "text": words})
    answer = await nora.ask("POST", f"/staff/people/{await circle.dot.id()}/held/copy")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert (answer.headers["cache-control"], "copy.zip" in answer.headers["content-disposition"]) == ("no-store", True)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        page, data = packed.read("copy.html").decode(), json.loads(packed.read("copy.json"))
    assert "My geranium &lt;b&gt;has a leaf" in page and "What I said" in page
    assert [row["text"] for row in data["my_words"]] == ["My geranium <b>has a leaf"]
    assert "Harold's own words" not in page + json.dumps(data)


async def test_the_log_is_searched_and_each_look_is_in_it(house: House, circle: Circle):
    nora = await house.welcome("Nora", "admin")
    reason = f"on {uuid.uuid4()}"
    await circle.act(circle.mei, "mute", until="2030-01-01T00:00:00Z", reason=reason)
    found = await nora.get("/staff/audit", params={"whom": circle.mei.name})
    assert found.status_code == 200 and reason in found.text and "let somebody only read for a time" in found.text
    assert reason not in (await nora.get("/staff/audit", params={"who": "nobody of that name"})).text
    assert reason not in (await nora.get("/staff/audit", params={"whom": circle.mei.name, "day": "2001-01-01"})).text
    looks = (await nora.get("/staff/audit", params={"who": "Nora"})).text
    assert "looked into this log" in looks
    for odd in (
        {"day": "9999-12-31"},
        {"day": "yesterday"},
        {"before": "-1"},
        {"before": "9" * 40},
        {"who": "%_'\x00"},
    ):
        assert (await nora.get("/staff/audit", params=odd)).status_code == 200, odd


async def test_others_find_none_of_these_pages(house: House, circle: Circle):
    for path in ("/staff/audit", "/staff/keeping", f"/staff/people/{await circle.dot.id()}/held"):
        for person in (circle.rose, circle.fay):
            assert (await person.get(path)).status_code in (403, 404), path


async def test_a_number_of_days_that_is_none_is_said(house: House):
    nora = await house.welcome("Nora", "admin")
    for days in ("soon", "-1", "29", "1e3", "٣٠٠٠٠٠٠"):
        assert (await nora.ask("POST", "/staff/keeping", data={"group": days})).status_code == 422, days
    assert (await nora.ask("POST", "/staff/keeping", data={"group": "3650"})).status_code == 303
    assert 'value="3650"' in (await nora.get("/staff/keeping")).text
    assert (await nora.ask("POST", "/staff/keeping", data={"group": ""})).status_code == 303


async def test_somebody_is_away_until_a_day(house: House, circle: Circle):
    nora = await house.welcome("Nora", "admin")
    path = f"/staff/people/{await circle.mei.id()}"
    form = {"standing": "away", "until": "2090-05-01"}
    assert (await nora.ask("POST", f"{path}/standing", data=form)).status_code == 303
    page = (await nora.get(path)).text
    assert "Away. No reminder goes out" in page and "Back on May 1." in page and "Nora said so" in page
    for until in ("2001-01-01", "soon", "0000-00-00"):
        form = {"standing": "away", "until": until}
        assert (await nora.ask("POST", f"{path}/standing", data=form)).status_code == 422, until


def test_every_act_has_its_words():
    said = {
        node.args[2].value
        for file in files()
        for name, node in file.calls()
        if name.endswith("audit.record") and len(node.args) > 2 and hasattr(node.args[2], "value")
        if isinstance(node.args[2].value, str)
    }
    assert len(said) > 30
    assert said - WORDS.keys() == set()
