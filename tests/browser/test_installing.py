"""On the home screen, and from one release to the next."""

import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import CDPSession, expect

from tests.browser.kept_here import numbers_are_kept, what_is_kept
from tests.browser.visitor import PATIENCE, Visitor
from tests.support.chromium import Tablet
from tests.support.circle import Circle
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.servers import CHECKOUT
from tests.support.waiting import until

Visit = Callable[..., Awaitable[Visitor]]
OpenTablet = Callable[..., Awaitable[Tablet]]
NOTICES = """async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications();
    return all.map(({ title, body, data }) => ({ title, body, data }));
}"""


async def test_chromium_finds_nothing_against_putting_it_on_a_home_screen(tablet: OpenTablet, elm_house: House):
    rose = await tablet()
    await rose.page.goto(elm_house.url + "/card")
    await numbers_are_kept(rose.page)
    chromium = await rose.context.new_cdp_session(rose.page)
    manifest = await chromium.send("Page.getAppManifest")
    assert manifest["errors"] == []
    told = json.loads(manifest["data"])
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    against = (await chromium.send("Page.getInstallabilityErrors"))["installabilityErrors"]
    assert [one["errorId"] for one in against] in ([], ["in-incognito"])


async def test_every_icon_has_the_size_that_the_manifest_says(elm_house: House):
    icons = (await elm_house.ask("GET", "/manifest/en.webmanifest")).json()["icons"]
    assert len(icons) == 3
    for icon in icons:
        drawn = (await elm_house.ask("GET", icon["src"])).content
        width, height = int.from_bytes(drawn[16:20], "big"), int.from_bytes(drawn[20:24], "big")
        assert f"{width}x{height}" == icon["sizes"]


async def test_a_language_that_we_do_not_speak_has_no_manifest(elm_house: House):
    assert (await elm_house.ask("GET", "/manifest/xx.webmanifest")).status_code == 404


async def test_a_new_release_changes_the_look_and_loses_no_words(visit: Visit, houses: Houses, tmp_path: Path):
    house = await houses.open("embedded")
    circle = await house.circle()
    rose = await visit(circle, circle.rose)
    await rose.page.route("**/entries", lambda route: route.abort())
    await rose.page.route_web_socket("**/api/live", lambda socket: None)
    await rose.go(rose.room)
    await rose.is_ready()
    await numbers_are_kept(rose.page)
    before = set(await what_is_kept(rose.page))
    await rose.say("Written in the old release.")
    await rose.page.get_by_label("Write to the room").fill("Begun in the old release")
    house.door().kill()
    house.door().checkout = next_release(tmp_path)
    await house.door().start()
    await rose.page.reload()
    await only_the_new_look_is_kept(rose, before)
    await rose.page.reload()
    await expect(rose.unsent("Written in the old release.")).to_be_visible(timeout=PATIENCE)
    await expect(rose.page.get_by_label("Write to the room")).to_have_value("Begun in the old release")
    await rose.page.unroute("**/entries")
    await rose.unsent("Written in the old release.").get_by_role("button", name="Try again now").tap()
    await rose.sees("Written in the old release.")
    assert [entry["text"] for entry in await circle.harold.history(circle.id)] == ["Written in the old release."]


async def test_a_push_shows_its_neutral_title_and_leads_to_its_page(visit: Visit, monday_circle: Circle):
    rose = await visit(monday_circle, monday_circle.rose)
    await rose.tablet.context.grant_permissions(["notifications"])
    chromium = await rose.tablet.context.new_cdp_session(rose.page)
    registered: list[str] = []
    chromium.on("ServiceWorker.workerRegistrationUpdated", lambda news: registered.extend(ids_in(news)))
    await chromium.send("ServiceWorker.enable")
    await rose.go("/")
    await numbers_are_kept(rose.page)
    push = {"title": "Your group, Monday 10:30", "body": "Tap to come in.", "url": "/"}
    await deliver(chromium, rose.address, registered, json.dumps(push))
    await rose_is_told(rose, {"title": "Your group, Monday 10:30", "body": "Tap to come in.", "data": "/"})


def ids_in(news: dict[str, list[dict[str, str]]]) -> list[str]:
    return [one["registrationId"] for one in news["registrations"]]


async def deliver(chromium: CDPSession, origin: str, registered: list[str], data: str) -> None:
    asked = {"origin": origin, "registrationId": registered[-1], "data": data}
    await chromium.send("ServiceWorker.deliverPushMessage", asked)


async def rose_is_told(rose: Visitor, notice: dict[str, str]) -> None:
    async def sees_it() -> bool:
        return notice in await rose.page.evaluate(NOTICES)

    await until(sees_it, what="the notice is shown")


def next_release(folder: Path) -> Path:
    """The same house in new clothes."""
    for part in ("app", "static", "migrations"):
        shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    sheet = folder / "static" / "css" / "page.css"
    sheet.write_text(sheet.read_text() + "\nmain { letter-spacing: 0.01em; }\n")
    return folder


async def only_the_new_look_is_kept(rose: Visitor, before: set[str]) -> None:
    async def is_new() -> bool:
        kept = set(await what_is_kept(rose.page))
        return bool(kept) and kept & before <= {"/offline"} and len(kept) == len(before)

    await until(is_new, what="the new release's look is kept, and the old one's is gone")
