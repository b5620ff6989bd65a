from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

from playwright.async_api import Page, expect

from app.wording import say
from tests.browser import gallery_of_sharing as sharing
from tests.browser import reviewed
from tests.browser.acts_of_proving import choose_password, give_password, make_link, new_spare_codes, open_link
from tests.browser.helped import a_helper
from tests.browser.kept_here import numbers_are_kept
from tests.browser.visitor import PATIENCE, Visitor
from tests.support import on_call, ready
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person

Act = Callable[[Page], Awaitable[None]]

TALK = [
    (1, "It is four years in March since Ellen went. The evenings are the worst part. I started walking down "
        "to the harbor after supper, rain or not. It helps more than I thought it would."),
    (4, "Thank you, Harold. Take all the time you need."),
    (0, "I walk too, round the gardens. Would you like company on Thursday?"),
    (2, "The geranium has a new leaf."),
    (1, "I would like that, Rose. Ten o'clock, if it is dry, and we will see what the seals are doing."),
]  # fmt: skip


PLAN = {
    "signs": "I stop opening the curtains.\nI think that nobody would notice.",
    "helps": "The radio. Tea. Down to the harbor and back.",
    "ask": "Ana, 555 0144",
    "ring": "Dr. Bell, 555 0120",
    "safe": "Ana keeps my pills and brings them on Sundays.",
    "matters": "The boat, and who will sail it.",
    "shared": "yes",
}


@dataclass(frozen=True)
class Room:
    """A house with something on every page of it."""

    house: House
    circle: Circle
    nora: Person
    call: str
    rose_card: str
    luis: Person
    walter: Person
    owned: str
    """A call that Fay looks after."""
    ann: Person
    shared_cards: dict[str, str]
    asked: str
    """The link of a test page."""
    language: str = "en"
    vera: str = ""
    joan: Person | None = None
    cara: Person | None = None
    tried: str = ""
    """What a rule on trial found."""
    over: str = ""
    """A call that Fay has closed."""

    @property
    def everyone(self) -> list[Person]:
        return [*self.circle.everyone, *(one for one in vars(self).values() if isinstance(one, Person))]


@dataclass(frozen=True)
class Picture:
    """One page as one person sees it."""

    path: str
    by: str = "rose"
    act: Act | None = None
    live: bool = False
    with_card: tuple[str, Callable[[Page, str], Awaitable[None]]] | None = None
    """A card for shared tablets, and what is done with it."""

    async def open(self, tablet: object, room: Room) -> Visitor:
        people = {"rose": room.circle.rose, "fay": room.circle.fay, "nora": room.nora}
        people |= {"harold": room.circle.harold, "mei": room.circle.mei}
        people |= {"luis": room.luis, "walter": room.walter, "ann": room.ann, "joan": room.joan, "cara": room.cara}
        visitor = Visitor(tablet, room.circle, people.get(self.by, room.circle.rose))
        if self.by in people:
            visitor = await Visitor.come(tablet, room.circle, people[self.by])
        names = {
            "room": room.circle.id,
            "call": room.call,
            "owned": room.owned,
            "rose": await room.circle.rose.id(),
            "vera": room.vera,
            "tried": room.tried,
            "over": room.over,
        }
        await visitor.go(self.path.format(**names, card=room.rose_card, asked=room.asked))
        if self.live:
            await expect(visitor.page.locator("#line")).to_have_text(say("Connected.", room.language), timeout=PATIENCE)
        if self.act:
            await self.act(visitor.page)
        if self.with_card:
            card, deed = self.with_card
            await deed(visitor.page, room.shared_cards[card])
        return visitor


async def words_on(page: Page) -> Callable[..., str]:
    """Says a sentence as this page does, whichever language it speaks."""
    return partial(say, language=await page.evaluate("document.documentElement.lang"))


async def answer_harold(page: Page) -> None:
    words = await words_on(page)
    await page.get_by_text(words("Answer {name}…", name="Harold")).last.click()


async def ask_for_help(page: Page) -> None:
    words = await words_on(page)
    await page.get_by_role("button", name=words("I need help now")).click()
    await expect(page.get_by_role("dialog")).to_contain_text("911", timeout=PATIENCE)


async def begin_drill(page: Page) -> None:
    await page.locator("#drill button").click()
    await expect(page.locator("#drill .drill")).to_be_visible()


async def look_at_card(page: Page) -> None:
    words = await words_on(page)
    await expect(page.get_by_role("heading", name=words("Are you {name}?", name="Rose"))).to_be_visible(
        timeout=PATIENCE
    )


async def try_a_wrong_card(page: Page) -> None:
    words = await words_on(page)
    await page.get_by_label(words("The words on your card")).fill("maple-river-0000")
    await page.get_by_role("button", name=words("Go on")).click()
    await expect(page.get_by_role("alert")).to_be_visible()


async def open_few_words(page: Page) -> None:
    words = await words_on(page)
    await page.get_by_role("button", name=words("A few words…")).click()


async def open_harold(page: Page) -> None:
    await page.locator("details.person", has_text="Harold").locator("summary").click()


async def lose_the_network(page: Page) -> None:
    words = await words_on(page)
    await numbers_are_kept(page, "keeps=yes")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.get_by_role("heading", name=words("You are not connected"))).to_be_visible()


async def make_numbers(page: Page) -> None:
    say = await words_on(page)
    await page.get_by_role("button", name=say("Make six numbers")).click()
    await expect(page.locator(".spoken")).to_be_visible()


async def try_wrong_numbers(page: Page) -> None:
    say = await words_on(page)
    await page.get_by_label(say("The six numbers that you were told on the telephone")).fill("123 456")
    await page.get_by_role("button", name=say("Go on")).click()
    await expect(page.get_by_role("alert").first).to_be_visible()


async def make_card(page: Page) -> None:
    words = await words_on(page)
    await page.get_by_role("button", name=words("Make a card"), exact=True).click()
    await expect(page.locator(".paper-card")).to_be_visible()


async def open_sheet(page: Page) -> None:
    await page.locator("form[action$='/sheet'] .second").click()
    await expect(page.locator(".sheet")).to_be_visible()


async def open_plan(page: Page) -> None:
    await page.locator("form[action$='/plan'] button").click()
    await expect(page.locator(".sheet")).to_be_visible()


async def open_prompts(page: Page) -> None:
    await page.locator("details.person summary").click()


async def get_on_call(page: Page) -> None:
    await page.locator("form[action^='/get-on-call/'] button").click()
    await expect(page.locator("main .told-now")).to_be_visible()


async def go_in_to_practise(page: Page) -> None:
    await page.locator("form[action='/practice'] button").click()
    await expect(page.locator(".practice")).to_be_visible()


MEMBERS = {
    "home": Picture("/"),
    "room": Picture("/rooms/{room}", live=True),
    "room-answering": Picture("/rooms/{room}", act=answer_harold, live=True),
    "room-few-words": Picture("/rooms/{room}", act=open_few_words, live=True),
    "room-before": Picture("/rooms/{room}?before=4"),
    "help": Picture("/help"),
    "help-coming": Picture("/help", by="walter"),
    "help-quiet": Picture("/help", by="mei"),
    "help-ask-first": Picture("/help?ask=first"),
    "help-softly-asked": Picture("/numbers", by="harold"),
    "help-at-once": Picture("/numbers", act=ask_for_help),
    "numbers": Picture("/numbers"),
    "offline": Picture("/", act=lose_the_network),
    "home-screen": Picture("/home-screen"),
    "settings": Picture("/settings?kept=yes"),
    "home-before-joining": Picture("/", by="luis"),
    "welcome": Picture("/welcome", by="luis"),
    "welcome-beside": Picture("/welcome/beside", by="luis"),
    "welcome-told": Picture("/welcome/software", by="luis"),
    "welcome-choice": Picture("/welcome/ring", by="luis"),
    "welcome-agree": Picture("/welcome/agree", by="luis"),
    "welcome-joined": Picture("/welcome"),
    "agreement": Picture("/agreement?kept=yes"),
    "agreement-taken-back": Picture("/agreement", by="walter"),
    "welcome-taken-back": Picture("/welcome", by="walter"),
    "home-taken-back": Picture("/", by="walter"),
    "room-taken-back": Picture("/rooms/{room}", by="walter"),
    "practice": Picture("/practice"),
    "room-practice": Picture("/practice", act=go_in_to_practise),
    "practice-help": Picture("/practice/help"),
    "practice-help-tapped": Picture("/practice/help?tapped=yes"),
    "if-i-need-help": Picture("/if-i-need-help?kept=yes", by="walter"),
    "if-i-need-help-empty": Picture("/if-i-need-help"),
    "plan": Picture("/plan?kept=yes", by="walter"),
    "plan-change": Picture("/plan/change", by="walter"),
    "plan-empty": Picture("/plan"),
    "calendar": Picture("/calendar"),
    "calendar-instead": Picture("/calendar?back=/"),
    "covered": Picture("/", act=sharing.cover),
    "who-helps": Picture("/who-helps"),
    "who-helps-both": Picture("/who-helps", by="ann"),
    "home-asks": Picture("/", by="ann"),
    "card-picture": Picture("/card", by="stranger", with_card=(sharing.ANNS, sharing.type_words)),
    "card-number": Picture("/card", by="stranger", with_card=(sharing.KENS, sharing.type_words)),
    "card-names": Picture("/card", by="stranger", with_card=(sharing.KENS, sharing.finish)),
    "home-shared": Picture("/card", by="stranger", with_card=(sharing.KENS, sharing.come_in)),
    "settings-shared": Picture("/card", by="stranger", with_card=(sharing.KENS, sharing.go_to_settings)),
    "ask": Picture("/ask?sent=yes"),
    "ways": Picture("/ways?kept=yes"),
    "code": Picture("/code", by="stranger"),
    "code-unknown": Picture("/code", by="stranger", act=try_wrong_numbers),
    "not-found": Picture("/nowhere"),
    "card": Picture("/card", by="stranger"),
    "card-look": Picture("/card#{card}", by="stranger", act=look_at_card),
    "card-unknown": Picture("/card", by="stranger", act=try_a_wrong_card),
    "test-page": Picture("/test-page/{asked}", by="stranger"),
    "help-for-strangers": Picture("/help", by="stranger"),
}
STAFF = {
    "room-of-fay": Picture("/rooms/{room}", by="fay", live=True),
    "desk": Picture("/rooms/{room}/desk", by="fay", act=open_harold),
    "staff": Picture("/staff", by="fay"),
    "staff-drill": Picture("/staff/practice-call", by="nora", act=begin_drill),
    "staff-call": Picture("/staff/calls/{call}", by="fay"),
    "staff-people": Picture("/staff/people", by="nora"),
    "staff-person": Picture("/staff/people/{rose}", by="nora"),
    "staff-help-sheet": Picture("/staff/people/{rose}/help-sheet", by="nora"),
    "staff-call-mine": Picture("/staff/calls/{owned}", by="fay"),
    "staff-call-sheet": Picture("/staff/calls/{owned}", by="fay", act=open_sheet),
    "staff-call-plan": Picture("/staff/calls/{owned}", by="fay", act=open_plan),
    "staff-call-words": Picture("/staff/calls/{owned}/window", by="fay"),
    "staff-call-why": Picture("/staff/calls/{call}/window", by="fay"),
    "staff-call-asking": Picture("/staff/calls/{owned}", by="fay", act=open_prompts),
    "staff-call-over": Picture("/staff/calls/{over}", by="fay"),
    "staff-closed": Picture("/staff?closed=24", by="fay"),
    "get-on-call": Picture("/get-on-call/{rose}", by="fay"),
    "get-on-call-told": Picture("/get-on-call/{vera}", by="fay", act=get_on_call),
    "staff-card": Picture("/staff/people/{rose}", by="nora", act=make_card),
    "staff-shared-card": Picture("/staff/people/{rose}/shared-card", by="nora"),
    "staff-supporters": Picture("/staff/people/{rose}/supporters", by="nora"),
    "staff-set-up-link": Picture("/staff/people/{vera}", by="nora", act=make_link),
    "staff-sign-in": Picture("/sign-in/staff", by="stranger"),
    "staff-sign-in-again": Picture("/sign-in/again", by="nora"),
    "my-sign-in": Picture("/my-sign-in", by="nora"),
    "set-up-link": Picture("/set-up", by="stranger"),
    "set-up": Picture("/staff/people/{vera}", by="nora", act=open_link),
    "set-up-code": Picture("/staff/people/{vera}", by="nora", act=choose_password),
    "spare-codes": Picture("/my-sign-in", by="nora", act=new_spare_codes),
    "staff-site": Picture("/staff/site?kept=yes", by="nora"),
    "staff-ready": Picture("/staff/ready?kept=sent", by="nora"),
    "staff-on-call": Picture("/staff/on-call?kept=yes", by="nora"),
    "staff-screen": Picture("/staff/screen", by="cara"),
    "staff-screen-words": Picture("/staff/screen/trial/{tried}", by="cara"),
    "staff-audit": Picture("/staff/audit?who=fay", by="nora"),
    "staff-keeping": Picture("/staff/keeping?kept=yes", by="nora"),
    "staff-held": Picture("/staff/people/{rose}/held", by="nora"),
    "staff-rooms": Picture("/staff/rooms", by="nora"),
    "staff-helper": Picture("/staff/helper?name=o&kept=yes", by="joan"),
    "staff-helper-person": Picture("/staff/helper/{rose}?kept=yes", by="joan"),
    "staff-code": Picture("/staff/helper/{rose}", by="joan", act=make_numbers),
    "staff-call-list": Picture("/staff/call-list", by="joan"),
    "staff-tasks": Picture("/staff/tasks", by="joan"),
    "staff-room": Picture("/staff/rooms/{room}", by="nora"),
}
EVERY = MEMBERS | STAFF


async def furnish(house: House, circle: Circle, language: str = "en") -> Room:
    """Talk, an answer in a phrase, words that wait, words taken back, a call for help; read in one language."""
    for place, (speaker, words) in enumerate(TALK):
        form = {"text": words, "nonce": str(place), "reply_to": "1" if place == 2 else ""}
        await circle.everyone[speaker].ask("POST", f"/rooms/{circle.id}", data=form)
    for person in (circle.dot, circle.rose):
        form = {"reaction": "hear_you", "on": "yes"}
        await person.ask("POST", f"/rooms/{circle.id}/entries/1/react", data=form)
    await circle.dot.ask("POST", f"/rooms/{circle.id}/entries/4/remove")
    desk = f"/rooms/{circle.id}/desk/people/{await circle.mei.id()}"
    await circle.fay.ask("POST", f"{desk}/hold", data={"on": "yes"})
    await circle.mei.ask("POST", f"/rooms/{circle.id}", data={"text": "Two gift cards, please.", "nonce": "g"})
    call = await circle.dot.post("/api/help", {"ref": "1", "note": "My knees gave way.", "room": circle.id})
    await circle.mei.ask("POST", "/settings/help-card", data={"quiet": "yes"})
    await circle.mei.post("/api/help", {"ref": "3"})
    practice = (await circle.harold.ask("POST", "/practice")).headers["location"].partition("#")[0]
    await circle.harold.ask("POST", practice, data={"text": "I wish I would not wake up.", "nonce": "w"})
    card = await house.invite("Rose")
    nora = await house.welcome("Nora", "admin")
    await on_call.a_week(nora)
    await give_password(nora)
    vera = (await house.invite("Vera", "supervisor")).person
    cara, tried = await reviewed.by_somebody(house, circle)
    luis, walter, owned = await newcomers(house, circle)
    call_id, secret = call.json()["incident"], card.url.partition("#")[2]
    joan = await a_helper(house, circle, nora)
    shared = await sharing.share(house, circle, nora, joan, language)
    asked = await ready.ask_in(house.settings)
    room = Room(house, circle, nora, call_id, secret, luis, walter, owned, *shared, asked, language, vera, joan)
    room = replace(room, cara=cara, tried=tried, over=await a_call_that_is_over(circle))
    for person in room.everyone:
        await person.ask("POST", "/language", data={"language": language, "back": "/"})
    return room


async def newcomers(house: House, circle: Circle) -> tuple[Person, Person, str]:
    """Luis has answered all questions but the last; Walter took it back, and calls for help. Fay looks after it."""
    luis = await house.welcome("Luis", "member", room=circle.slug, new=True)
    await luis.ask("POST", "/welcome/beside", data={"how": "phone", "name": "Joan"})
    for question in ("what", "software", "hours", "sees", "repeat", "ring", "count", "leaving"):
        await luis.ask("POST", f"/welcome/{question}", data={"said": "yes"})
    walter = await house.welcome("Walter", "member", room=circle.slug)
    await walter.ask("POST", "/if-i-need-help", data={"where": "In the kitchen", "phone": "555 0133", "hears": "no"})
    await walter.ask("POST", "/agreement/take-back")
    await walter.ask("POST", "/plan", data=PLAN)
    call = (await walter.post("/api/help", {"ref": "2", "room": circle.id})).json()["incident"]
    await circle.fay.ask("POST", f"/staff/calls/{call}/answer")
    return luis, walter, call


async def a_call_that_is_over(circle: Circle) -> str:
    call = (await circle.rose.post("/api/help", {"ref": "over"})).json()["incident"]
    await circle.rose.post("/api/help/lower", {"why": "mistake"})
    form = {"ended_as": "by_mistake", "outcome": "Rang her. She had meant the other button."}
    await circle.fay.ask("POST", f"/staff/calls/{call}/close", data=form)
    return call
