import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True}


@dataclass
class Tablet:
    """One browser context with one page, and everything that it complained about on its console."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda mistake: self.complaints.append(str(mistake)))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")


async def launch(playwright: Playwright) -> Browser:
    return await playwright.chromium.launch(
        executable_path=_program(playwright), headless=True, chromium_sandbox=False, args=FLAGS
    )


async def open_tablet(browser: Browser, **differences: Any) -> Tablet:
    """Playwright's context options may be given: viewport, java_script_enabled, base_url, color_scheme …"""
    context = await browser.new_context(**{**TABLET, **differences})
    tablet = Tablet(context, await context.new_page())
    tablet.listen()
    return tablet


def _program(playwright: Playwright) -> str:
    wanted = [os.environ.get("CHROMIUM_PATH"), "/usr/bin/chromium", shutil.which("chromium")]
    found = [place for place in [*wanted, playwright.chromium.executable_path] if place and Path(place).exists()]
    assert found, "No Chromium: apt install chromium, or `playwright install chromium`, or set CHROMIUM_PATH"
    return found[0]
