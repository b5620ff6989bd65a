import json
import stat
from urllib.parse import urlsplit

from tests.cast import FAY, ROSE
from tests.protocol.shapes import CODE, is_id
from tests.support.circle import Circle
from tests.support.house import House, Invitation
from tests.support.houses import Houses
from tests.support.person import Person


async def test_invite_prints_a_card_a_link_and_a_person(house: House):
    printed = await house.command(
        "invite", "--name", ROSE.name, "--role", "member", "--room", "monday-circle", "--json"
    )
    invitation = json.loads(printed)
    assert set(invitation) >= {"card", "url", "person"}
    assert CODE.fullmatch(invitation["card"])
    assert is_id(invitation["person"])
    link = urlsplit(invitation["url"])
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{house.url}/card"
    assert not link.query
    assert len(link.fragment) >= 22, "the fragment carries at least 128 bits"


async def test_invite_makes_the_room_where_there_is_none_and_finds_it_where_there_is(house: House):
    rose = await welcome(house, ROSE.name, "member", "--room", "thursday-tea")
    fay = await welcome(house, FAY.name, "facilitator", "--room", "thursday-tea")
    [rooms_of_rose, rooms_of_fay] = [(await one.get("/api/rooms")).json() for one in (rose, fay)]
    assert [room["slug"] for room in rooms_of_rose] == ["thursday-tea"]
    assert [room["id"] for room in rooms_of_fay] == [room["id"] for room in rooms_of_rose]


async def test_a_person_may_be_given_several_roles(house: House):
    nora = await welcome(house, "Nora", "admin", "--role", "responder")
    assert set((await nora.get("/api/me")).json()["roles"]) == {"admin", "responder"}


async def test_every_role_of_the_contract_can_be_given(house: House):
    roles = ["member", "mentor", "facilitator", "advocate", "helper", "responder", "supervisor", "admin"]
    gil = await house.welcome("Gil", *roles)
    assert set((await gil.get("/api/me")).json()["roles"]) == set(roles)


async def welcome(house: House, name: str, role: str, *words: str) -> Person:
    printed = await house.command("invite", "--name", name, "--role", role, *words, "--agreed-on-paper", "--json")
    person = await house.sign_in(Invitation(**json.loads(printed)))
    await house.prove(person)
    return person


async def test_an_unknown_role_is_refused_with_a_sentence(house: House):
    status, _, complaint = await house.attempt("invite", "--name", "Sybil", "--role", "queen", "--json")
    assert status != 0
    assert "queen" in complaint and "Traceback" not in complaint


async def test_seed_makes_rooms_with_members_and_then_their_facilitator(house: House):
    out = house.folder / "seeded.jsonl"
    await house.command("seed", "--rooms", "2", "--members", "3", "--out", str(out))
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["role"] for line in lines] == ["member", "member", "member", "facilitator"] * 2
    assert len({line["room"] for line in lines}) == 2
    assert len({line["token"] for line in lines}) == 8
    assert all(set(line) >= {"room", "slug", "name", "role", "token"} for line in lines)
    for circle in Circle.all_of(house, lines):
        await everybody_is_signed_in_and_in(circle)


async def everybody_is_signed_in_and_in(circle: Circle) -> None:
    for person in circle.everyone:
        assert [room["id"] for room in (await person.get("/api/rooms")).json()] == [circle.id]
    roles = [(await person.get("/api/me")).json()["roles"] for person in circle.everyone]
    assert roles[:3] == [["member"]] * 3 and "facilitator" in roles[3]


async def test_two_workers_on_sqlite_are_refused_with_a_sentence(houses: Houses):
    house = await houses.build("embedded")
    status, printed, complaint = await house.attempt("serve", "--workers", "2", "--port", "1")
    assert status != 0
    assert "PostgreSQL" in printed + complaint
    assert "Traceback" not in printed + complaint


async def test_the_secret_is_readable_by_its_owner_only(house: House):
    secret = house.folder / "data" / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


async def test_a_worker_of_its_own_runs_beside_a_server_that_does_no_jobs(houses: Houses):
    house = await houses.build("grown")
    await house.serve("--no-worker")
    worker = await house.work()
    assert (await house.ask("GET", "/health/ready")).status_code == 200
    assert worker.is_alive
    assert await worker.stop() in (0, -15)
