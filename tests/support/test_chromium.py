from collections.abc import Awaitable, Callable

from tests.support.chromium import Tablet

WIDTH = "<meta name=viewport content='width=device-width'>"
NOTICE = f"data:text/html,{WIDTH}<script>console.error('mind the step'); missing()</script>"


async def test_a_tablet_has_a_finger_and_keeps_complaints(tablet: Callable[..., Awaitable[Tablet]]):
    rose = await tablet()
    await rose.page.goto(NOTICE)
    assert await rose.page.evaluate("() => matchMedia('(pointer: coarse)').matches && innerWidth") == 820
    assert [complaint for complaint in rose.complaints if "mind the step" in complaint]
    assert [complaint for complaint in rose.complaints if "missing" in complaint]
