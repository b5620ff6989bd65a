"""The pictures of cards for shared tablets, each with its word."""

from app.people.card_proofs import PICTURES
from app.problems import N_
from app.web.pages.page import Page

WORDS = {
    "apple": N_("Apple"),
    "bell": N_("Bell"),
    "bird": N_("Bird"),
    "boat": N_("Boat"),
    "cup": N_("Cup"),
    "fish": N_("Fish"),
    "flower": N_("Flower"),
    "house": N_("House"),
    "key": N_("Key"),
    "moon": N_("Moon"),
    "star": N_("Star"),
    "tree": N_("Tree"),
}


def pictures(page: Page) -> list[dict[str, str]]:
    return [{"key": key, "word": page.say(WORDS[key])} for key in PICTURES]
