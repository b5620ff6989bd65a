"""Promise 5: what was held, removed, sealed or said to others is looked for wherever it could come out."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.canary.database import OUTSIDE
from tests.canary.scene import Scene
from tests.canary.secrets import (
    ANSWERED,
    HELD,
    IN_THE_PAIR,
    LOGGED,
    NOTE,
    OWN,
    SAID,
    SEALED,
    SECRETS,
    TAKEN_OUT,
    found,
    leaked,
)
from tests.canary.walk import ENDS_THE_SIGN_IN, addresses

SIGNED_IN = ["Sybil", "Rose", "Harold", "Dot", "Mei", "Fay", *OUTSIDE]
EVERYBODY = ["nobody", *SIGNED_IN]
MISTAKEN = "canary-mistaken-elder"


async def test_those_who_may_read_it_do(scene: Scene):
    """Else a canary that nobody finds would prove nothing."""
    circle, desk = scene.circle, f"/rooms/{scene.circle.id}/desk"
    call = f"/staff/calls/{scene.names['call_id'][0]}"
    for name, path, secret in (
        ("Harold", f"/rooms/{circle.id}", SAID),
        ("Sam", f"/rooms/{scene.pair}", IN_THE_PAIR),
        ("Fay", desk, HELD),
        ("Asha", call, NOTE),
        ("Joan", f"/staff/helper/{scene.names['person_id'][0]}", LOGGED),
        ("Rose", "/if-i-need-help", SEALED),
        ("Rose", "/ask", ANSWERED),
    ):
        assert secret.words in (await scene.ask(name, "GET", path)).text, f"{name} at {path}"
    assert SEALED.words in (await scene.ask("Fay", "POST", f"{call}/sheet")).text, "she looks after this call"
    assert SAID.words in json.dumps(scene.lives["Harold"].frames)
    assert TAKEN_OUT.words in json.dumps(scene.lives["Harold"].frames), "it was there, until it was taken out"


@pytest.mark.parametrize("name", EVERYBODY)
async def test_no_answer_tells_it_to_anybody_else(scene: Scene, name: str):
    told, answered = [], 0
    for path in addresses("GET", scene.names):
        answer = await scene.ask(name, "GET", path)
        answered += answer.status_code == 200
        told += [f"{path}: {words}" for words in leaked(answer.text + str(answer.headers), name)]
    assert told == []
    assert answered >= 10


@pytest.mark.parametrize("name", SIGNED_IN)
async def test_no_frame_told_it_to_anybody_else(scene: Scene, name: str):
    heard = json.dumps(scene.lives[name].frames)
    assert "welcome" in heard
    assert [one.words for one in found(heard) if name not in one.readers | one.live] == []


@pytest.mark.parametrize("name", SIGNED_IN)
async def test_whoever_comes_now_hears_nothing_of_what_was_hidden(scene: Scene, name: str):
    live = await scene.people[name].connect()
    for room in scene.names["room_id"]:
        opened = await live.open(room)
        if opened["type"] == "opened":
            await live.leave(room)
            await live.open(room, after=0, epoch=live.frames[0]["epoch"])
    await live.pong()
    assert leaked(json.dumps(live.frames), name) == []


async def test_no_body_that_explains_a_mistake_repeats_what_was_sent(scene: Scene):
    told = []
    for path in addresses("POST", scene.names):
        if path.startswith("/api") and path not in ENDS_THE_SIGN_IN:
            for mistake in mistakes():
                answer = await scene.ask("Luis", "POST", path, **mistake)
                told += [f"{path}: {answer.text}"] if MISTAKEN in answer.text else []
    assert told == []


async def test_the_database_holds_each_only_where_it_belongs(scene: Scene):
    lies = {one.words: set() for one in SECRETS}
    for table, rows in (await scene.tables()).items():
        for one in found(rows):
            lies[one.words].add(table)
    assert lies == {one.words: set(one.tables) for one in SECRETS}


async def test_no_mail_tells_it(scene: Scene):
    assert scene.letterbox.letters
    assert [found(letter.as_string()) for _, letter in scene.letterbox.letters if found(letter.as_string())] == []


async def test_no_push_tells_it_neither_sealed_nor_opened(scene: Scene):
    assert scene.pushes.heard
    assert found(json.dumps(scene.pushes.heard)) == []
    assert [found(str(headers) + body.decode("latin-1")) for headers, body in scene.pushes.pushes] == [[]]


async def test_no_number_and_no_check_tells_it(scene: Scene):
    for path in ("/metrics", "/health/live", "/health/ready", "/health/paging"):
        for door in range(scene.house.doors):
            assert found((await scene.house.ask("GET", path, door=door)).text) == []


@pytest.mark.parametrize("name", OWN)
async def test_nobodys_own_copy_holds_what_others_said(scene: Scene, name: str):
    person = await scene.people[name].id()
    answer = await scene.ask("Nora", "POST", f"/staff/people/{person}/held/copy")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as copy:
        held = "".join(copy.read(part).decode() for part in copy.namelist())
    assert set() < set(found(held)) <= OWN[name]


async def test_no_backup_tells_it_without_the_passphrase(scene: Scene, tmp_path: Path):
    file = tmp_path / "house.backup"
    told = await scene.house.command("backup", "--to", str(file))
    assert found(told + file.read_bytes().decode("latin-1")) == []


@pytest.mark.parametrize(
    ("scene", "name"),
    [("embedded", name) for name in ("nobody", "Sybil", *OUTSIDE)] + [("grown", name) for name in ("Sybil", "Nora")],
    indirect=["scene"],
)
async def test_no_form_and_no_command_tells_it_to_anybody_else(scene: Scene, name: str):
    """Every POST by everybody who may not: most are refused. It comes late, for some of them do change the house."""
    told = []
    for path in addresses("POST", scene.names):
        if path == ENDS_THE_SIGN_IN[0]:
            assert (await scene.ask(name, "GET", "/api/me")).status_code == (401 if name == "nobody" else 200)
        answer = await scene.ask(name, "POST", path, **({"json": {}} if path.startswith("/api") else {"data": {}}))
        assert answer.status_code < 500, path
        told += [f"{path}: {words}" for words in leaked(answer.text + str(answer.headers), name)]
    assert told == []


async def test_no_log_tells_it(scene: Scene):
    """After all the rest: mistakes, refusals and a mail that could not be sent."""
    assert "page_failed" in scene.house.log
    assert found(scene.house.log) == []
    assert MISTAKEN not in scene.house.log


def mistakes() -> list[dict[str, Any]]:
    """One body after another that nobody should send, with words of somebody's in each."""
    fields = ("ref", "text", "card", "note", "until", "reason", "on", "room", "reply_to", "code", "password")
    return [
        {"json": MISTAKEN},
        {"json": dict.fromkeys(fields, [MISTAKEN])},
        {"json": dict.fromkeys(fields, MISTAKEN * 300)},
        {"content": f"{{{MISTAKEN}", "headers": {"Content-Type": "application/json"}},
    ]
