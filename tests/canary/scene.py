"""A house in which every kind of secret was said, and everybody who should not hear it was listening."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from app.foundation.database import Session
from app.foundation.sealing import Seals
from app.foundation.tokens import house_key
from app.people import asking, ways
from app.people.actors import Actor
from app.people.help_sheet import keep_own
from app.people.models import Person as PersonRow
from app.people.phone_calls import log_call
from app.people.signing_in import actor_for, begin
from tests.canary import secrets
from tests.canary.database import everything, let_in
from tests.support.circle import Circle
from tests.support.client import Live, new_ref
from tests.support.house import House
from tests.support.inside import database_of, read
from tests.support.letterbox import Letterbox
from tests.support.person import Person
from tests.support.proofs import prove
from tests.support.push_service import PushService
from tests.support.waiting import until


@dataclass
class Scene:
    """`names` are the ids that routes ask for: room_id, seq, person_id …"""

    house: House
    circle: Circle
    letterbox: Letterbox
    pushes: PushService
    people: dict[str, Person]
    lives: dict[str, Live] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    async def set(cls, house: House, letterbox: Letterbox, pushes: PushService) -> Scene:
        circle = await house.circle()
        people = dict(zip(["Rose", "Harold", "Dot", "Mei", "Fay"], circle.everyone, strict=True))
        key = house_key(read(house.settings).secret_path)
        async with database_of(house.settings) as database:
            tokens = await database.transaction(let_in, key)
            await database.transaction(prove)
        people |= {name: Person(house, name, token) for name, token in tokens.items()}
        scene = cls(house, circle, letterbox, pushes, people)
        scene.names = {name: [] for name in ("waiting_id", "call_id", "card_id", "sign_in_id")}
        scene.names |= {"language": ["en"], "seq": ["1", "2", "3"]}
        scene.names["person_id"] = [await people[name].id() for name in ("Rose", "Dot")]
        await scene.put_together()
        await scene.listen()
        return scene

    async def put_together(self) -> None:
        nora, site = self.people["Nora"], {"name": "Oak House", "catch_all": "desk@oak.example"}
        assert (await nora.ask("POST", "/staff/site", data=site)).status_code == 303
        pair = {"member": await self.people["Rose"].id(), "mentor": await self.people["Sam"].id()}
        assert (await nora.ask("POST", "/staff/rooms/pair", data=pair)).status_code == 303
        rooms = (await self.people["Sam"].get("/api/rooms")).json()
        self.pair = next(room["id"] for room in rooms if room["kind"] == "pair")
        tea = next(room["id"] for room in rooms if room["kind"] == "group")
        self.names["room_id"] = [self.circle.id, self.pair, tea]

    async def listen(self) -> None:
        """Everybody has a line open, and tries every room."""
        for name, person in self.people.items():
            live = self.lives[name] = await person.connect(door=len(self.lives))
            for room in self.names["room_id"]:
                await live.open(room)

    async def say(self, name: str, room: str, secret: secrets.Secret) -> dict[str, Any]:
        return await self.lives[name].say(room, f"Listen: {secret.words}.")

    async def settle(self) -> None:
        """Whatever was on its way to a listener has arrived."""
        for live in self.lives.values():
            await live.pong()

    async def act(self) -> None:
        circle, fay = self.circle, self.people["Fay"]
        await self.say("Rose", circle.id, secrets.SAID)
        await self.say("Rose", self.pair, secrets.IN_THE_PAIR)
        await self.hide("Mei", secrets.TAKEN_OUT, by=fay)
        await self.hide("Mei", secrets.TAKEN_BACK, by=self.people["Mei"])
        await circle.act(self.people["Dot"], "hold", on=True)
        await self.decide(fay, secrets.SENT_BACK, "decline")
        await self.decide(self.people["Dot"], secrets.WITHDRAWN, "withdraw")
        held = await self.say("Dot", circle.id, secrets.HELD)
        self.names["waiting_id"].append(held["waiting"])
        await self.lives["Harold"].say(circle.id, secrets.REFUSED.words * 400)
        await self.write_down()
        await until(self.has_pushed, what="Rose is told by push that there is an answer")
        await self.call("Rose")
        await until(self.has_mail, what="the house tells by mail that help is wanted")
        await fay.ask("POST", f"/staff/calls/{self.names['call_id'][0]}/answer")
        self.letterbox.says = "451 Not now"
        await self.call("Harold")
        await until(self.has_logged, what="the house has written a line into its log")
        self.letterbox.says = "250 OK"
        await self.settle()

    async def call(self, name: str) -> None:
        note = {"ref": new_ref(), "room": self.circle.id, "note": secrets.NOTE.words}
        answer = await self.people[name].post("/api/help", note)
        self.names["call_id"].append(answer.json()["incident"])

    async def hide(self, name: str, secret: secrets.Secret, *, by: Person) -> None:
        said = await self.say(name, self.circle.id, secret)
        answer = await by.post(f"{self.circle.path}/entries/{said['seq']}/remove")
        assert answer.status_code == 200, answer.text

    async def decide(self, who: Person, secret: secrets.Secret, how: str) -> None:
        held = await self.say("Dot", self.circle.id, secret)
        assert (await who.post(f"/api/waiting/{held['waiting']}/{how}")).is_success

    async def write_down(self) -> None:
        """What is kept about people beside the rooms: a sealed sheet, a question to the helper, a call logged."""
        settings = read(self.house.settings)
        key, seals = house_key(settings.secret_path), Seals(settings.sealing_path)

        def write(session: Session) -> str:
            rose, joan = (actor_for(session, self.people[name].token, key) for name in ("Rose", "Joan"))
            assert rose and joan
            begun = begin(session, session.get_one(PersonRow, rose.id), key, shared=True)
            keep_own(session, rose, {"way_in": secrets.SEALED.words, "whom": secrets.SEALED.words}, seals)
            self.can_be_pushed(session, rose)
            asking.ask(session, rose, new_ref(), secrets.ASKED.words)
            [(question, _)] = asking.open_questions(session, joan)
            asking.answer(session, joan, question.id, secrets.ANSWERED.words)
            self.names["question_id"] = [question.id]
            log_call(session, joan, session.get_one(PersonRow, rose.id), "tablet", secrets.LOGGED.words)
            return begun.token

        async with database_of(self.house.settings) as database:
            token = await database.transaction(write)
        draft = {"text": f"I was about to say {secrets.DRAFTED.words}"}
        answer = await Person(self.house, "Rose", token).post(f"{self.circle.path}/draft", draft)
        assert answer.is_success, answer.text

    def can_be_pushed(self, session: Session, rose: Actor) -> None:
        """Rose's tablet takes pushes, at any hour."""
        person, keys = session.get_one(PersonRow, rose.id), dict(self.pushes.subscription)
        ways.choose_hours(session, rose, person, quiet_from="00:00", quiet_until="00:00", tells="kind")
        way = ways.add_way(session, rose, person, "push", keys.pop("endpoint"), keys=keys)
        self.names["way_id"] = [way.id]

    async def ask(self, name: str, method: str, path: str, **body: Any) -> httpx.Response:
        """As one of them; as "nobody", without a sign-in."""
        if name == "nobody":
            return await self.house.ask(method, path, **body)
        return await self.people[name].ask(method, path, **body)

    async def has_mail(self) -> bool:
        return bool(self.letterbox.letters)

    async def has_pushed(self) -> bool:
        return bool(self.pushes.heard)

    async def has_logged(self) -> bool:
        return "page_failed" in self.house.log

    async def tables(self) -> dict[str, str]:
        """Everything that the database holds, table by table, with the bytes as they are."""
        async with database_of(self.house.settings) as database:
            return await database.read(everything)
