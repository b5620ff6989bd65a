"""Lists of names and counts of people, in words."""

from app.problems import N_
from app.wording import say


def listed(names: list[str], language: str) -> str:
    """ "Dot, Luis and Mei" """
    if len(names) < 2:
        return "".join(names)
    return say(N_("{names} and {last}"), language, names=", ".join(names[:-1]), last=names[-1])


def people_here(count: int, language: str) -> str:
    if count == 0:
        return say(N_("Nobody else is here now"), language)
    if count == 1:
        return say(N_("1 person here"), language)
    return say(N_("{count} people here"), language, count=count)


LANGUAGE_WORDS = {"en": N_("English"), "es": N_("Spanish")}


def talked_here(languages: list[str], language: str) -> str:
    """ "English and Spanish"; nothing where people talk the reader's own language and no other."""
    if languages == [language]:
        return ""
    return listed([say(LANGUAGE_WORDS[one], language) for one in languages], language)


ROLE_WORDS = {
    "member": N_("member"),
    "mentor": N_("mentor"),
    "facilitator": N_("facilitator"),
    "advocate": N_("advocate"),
    "helper": N_("helper"),
    "responder": N_("responder"),
    "supervisor": N_("supervisor"),
    "admin": N_("administrator"),
}


def role_word(role: str, language: str) -> str:
    return say(ROLE_WORDS.get(role, role), language)
