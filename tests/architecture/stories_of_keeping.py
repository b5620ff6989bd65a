"""Posts about keeping and letting go, for the test that every answer begins after its commit."""

from typing import Any


async def keeping(doors: Any) -> None:
    nora = doors.company.at.nora
    await doors.post(nora, "/staff/keeping", group="365")


async def letting_go(doors: Any) -> None:
    nora, luis = doors.company.at.nora, f"/staff/people/{doors.company.at.luis.id}"
    await doors.post(nora, f"{luis}/standing", standing="away")
    await doors.post(nora, f"{luis}/held/copy")
    await doors.post(nora, f"{luis}/held/erase", name="Luis")


STORIES = (keeping, letting_go)
