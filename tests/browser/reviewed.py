"""Something for a supervisor to review: a worry that was none, and what a rule on trial found."""

import re

from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person

NO_WORRY = "I wish I could go to sleep and not wake up before the tulips are out."
LONELY = "Me siento muy sola desde que murió mi Paco."


async def by_somebody(house: House, circle: Circle) -> tuple[Person, str]:
    """Mei's words wait, as Fay reads them first. Cara, and the place of what the rule on trial found."""
    for place, text in enumerate((NO_WORRY, LONELY)):
        await circle.mei.ask("POST", f"/rooms/{circle.id}", data={"text": text, "nonce": f"m{place}"})
    desk = (await circle.fay.get(f"/rooms/{circle.id}/desk")).text
    flag = re.findall(r"/worries/([a-z0-9]+)", desk)[0]
    await circle.fay.ask("POST", f"/rooms/{circle.id}/worries/{flag}", data={"judgement": "not_a_worry"})
    cara = await house.welcome("Cara", "supervisor")
    tried = re.findall(r"/staff/screen/trial/([a-z0-9]+)", (await cara.get("/staff/screen")).text)[0]
    return cara, tried
