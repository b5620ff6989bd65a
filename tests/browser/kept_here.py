"""What the service worker keeps on a tablet."""

from playwright.async_api import Page

from tests.support.waiting import until

OFFLINE_PAGE = """async () => {
    const kept = await navigator.serviceWorker?.ready && await caches.match("/offline");
    return kept ? kept.url : "";
}"""
ALL = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found[new URL(request.url).pathname] = await (await cache.match(request)).text();
        }
    }
    return found;
}"""


async def numbers_are_kept(page: Page, search: str = "") -> None:
    """The service worker is at work and has the page for when the network goes, for this reader."""

    async def has_them() -> bool:
        address = await page.evaluate(OFFLINE_PAGE)
        return bool(address) and search in address

    await until(has_them, what="the numbers are kept on the tablet")


async def what_is_kept(page: Page) -> dict[str, str]:
    """Path → body, of everything in the tablet's caches."""
    kept: dict[str, str] = await page.evaluate(ALL)
    return kept
