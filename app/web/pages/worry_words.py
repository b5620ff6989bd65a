"""What the screen noticed, in words for staff: what it may be about, by which rule, what became of the words."""

from app.crisis.worrying import Flag
from app.problems import N_
from app.web.pages.page import Page

CATEGORIES = {
    "suicide": N_("wanting to die"),
    "self_harm": N_("hurting oneself"),
    "medical": N_("the body in danger"),
    "overdose_withdrawal": N_("too many pills, or stopping drink or pills"),
    "abuse_neglect": N_("being hurt or left without care"),
    "exploitation": N_("losing money or property"),
    "violence": N_("hurting somebody, or threats"),
    "relapse": N_("drinking, using or gambling again"),
    "distress": N_("great distress"),
    "scam": N_("asking for money, cards or numbers"),
    "pii": N_("private numbers or addresses"),
}
BECAME = {
    "said": N_("It stands in the room."),
    "held": N_("It waits for a facilitator."),
    "refused": N_("It was not let in."),
}
ABOUT = N_("It may be about: {what}. Rules: {rules}.")
NOT_READ = N_("The screen could not read this to its end. Please read it yourself.")


def flag_words(page: Page, flag: Flag) -> str:
    """One or two sentences. Rules are named by their ids, as on the page of rules."""
    if not flag.whole:
        return f"{page.say(NOT_READ)} {page.say(BECAME[flag.became])}"
    what = page.say(CATEGORIES.get(flag.category, flag.category))
    rules = ", ".join(rule for rule, *_ in flag.rules)
    return f"{page.say(ABOUT, what=what, rules=rules)} {page.say(BECAME[flag.became])}"
