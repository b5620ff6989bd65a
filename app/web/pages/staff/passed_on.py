"""What whoever passed a call on reads next: who is told instead, or that nobody could be."""

from app.crisis.passing_on import told_instead
from app.crisis.responding import Call
from app.problems import N_
from app.web.pages.get_on_call import TOLD
from app.web.pages.page import Page

PASSED_ON = N_("You passed it on.")
STAND_INS = N_("We are telling the people who stand in for our staff. They may be slow.")
NOBODY = N_("Nobody could be told. If you can, go back to {name}.")


async def passed_on(page: Page, call_id: str, calls: list[Call]) -> str:
    call = next((one for one in calls if one.incident.id == call_id), None)
    if call is None or call.incident.owner_id == page.me.id:
        return ""
    now = await page.house.database.read(told_instead, page.me, call.incident)
    sentence = STAND_INS if now.state == "stand_ins" else TOLD[now.state]
    if now.state in ("nobody_told", "on_screens", "no_answer"):
        sentence = NOBODY
    about = {"who": now.values.get("name", ""), "other": now.values.get("other", ""), "name": call.name}
    return f"{page.say(PASSED_ON)} {page.say(sentence, **about)}"
