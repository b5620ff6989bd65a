"""A call in words: what happened to it line by line, and what happens next."""

from datetime import datetime, timedelta
from typing import Any

from app.crisis.ending import OUTCOMES
from app.crisis.lines import TEAM
from app.crisis.models import Incident, IncidentEvent
from app.problems import N_
from app.web.pages.page import Page

EVENTS = {
    "opened": N_("Opened"),
    "tapped": N_("{name} tapped I need help now"),
    "wrote": N_("{name} wrote to us"),
    "words": N_("The screen saw danger or worry in what {name} wrote"),
    "raised": N_("Made an emergency"),
    "paged": N_("Told: {people}"),
    "nobody_on_call": N_("Nobody is on call at step {level}"),
    "no_way_to_reach": N_("At step {level} there is no way to reach {people}"),
    "catch_all": N_("The catch-all was told"),
    "no_catch_all": N_("There is nobody behind them to tell"),
    "engine_away": N_("Paging was away for {seconds} seconds"),
    "again": N_("Nobody answered: we begin again from the start"),
    "sent": N_("Sent to {name}"),
    "failed": N_("Could not be sent to {name}"),
    "sent_catch_all": N_("Sent to the catch-all"),
    "failed_catch_all": N_("Could not be sent to the catch-all"),
    "sent_team": N_("Sent to the team's channel"),
    "failed_team": N_("Could not be sent to the team's channel"),
    "undelivered": N_("Did not arrive at {name}"),
    "answered": N_("{name} has this"),
    "answered_late": N_("{name} answered, too"),
    "still_there": N_("{name} said that they still have this"),
    "catch_all_heard": N_("The catch-all answered by text; it needs a person who signs in"),
    "arrived": N_("{name} is with them"),
    "not_arrived": N_("{name} answered, and has not come yet: the next people were told"),
    "reminded": N_("{name} was asked whether they are still with them"),
    "went_quiet": N_("Nothing was heard of {name}: told again"),
    "on_the_phone": N_("{name} is on the phone about this"),
    "facilitators_told": N_("Nobody had picked it up: told {people}"),
    "nobody_picked_it_up": N_("Nobody picked it up: on-call is told"),
    "for_the_morning": N_("For the first task of the morning"),
    "asked_by_staff": N_("{name} asked for on-call"),
    "lowered": N_("{name} said that it was the tablet, or a mistake"),
    "not_lowered": N_("{name} said that it was a mistake; it stays, since words raised it too"),
    "at_home": N_("{name} said where they are: {answer}"),
    "wants": N_("{name} said how to come to them: {answer}"),
    "all_right": N_("{name} was asked, and said: I am all right"),
    "wants_somebody": N_("{name} was asked, and said: yes, please"),
    "with_them": N_("{name} is with them"),
    "not_a_worry": N_("{name} said that it is no worry"),
    "note": N_("{name} noted: {text}"),
    "went_past": N_("It is about {name}: the next people were told"),
    "looked_in": N_("{name} gave a reason and read the words around it"),
    "services_called": N_("{name} called the emergency services"),
    "passed_on": N_("{name} passed it on"),
    "taken_over": N_("{name} took it over"),
    "hand_over_asked": N_("The turn of {name} ends: they were asked to hand it over"),
    "follow_up_asked": N_("Asked to look in again: {people}"),
    "closed": N_("{name} closed it"),
    "followed_up": N_("{name} looked in again"),
}
TAPPED_AGAIN = N_("{name} tapped I need help now, {count} times from {first} until {last}")
TAPPED_IN_A_MINUTE = N_("{name} tapped I need help now, {count} times")
CHANGES_HANDS = frozenset({"answered", "taken_over", "passed_on", "went_quiet", "lowered", "raised"})
"""Taps before and after it are told apart."""
ENDED = {
    "safe_with_plan": N_("Safe, with a plan"),
    "emergency_services": N_("Emergency services came"),
    "referred": N_("Handed to a doctor or service"),
    "family_with_them": N_("Family or friends are with them"),
    "not_a_crisis": N_("It was no danger"),
    "by_mistake": N_("Tapped by mistake"),
}
ANSWERS = {
    "yes": N_("at home"),
    "no": N_("not at home"),
    "ring": N_("ring me"),
    "write": N_("write to me"),
}
NEXT_TO_COME = N_("Write to them, or ring them and say so here, before {time}, or the next people are told, too.")
NEXT_OWNED = N_("Write to them, ring them or add a note before {time}, or the next people are told.")
NEXT_UNOWNED = N_("If nobody answers, the next people are told at {time}.")
NEXT_NOBODY = N_("No call reaches anybody on the on-call staff just now. We try again at {time}.")


def timeline(
    page: Page, lines: list[IncidentEvent], words: dict[int, str], names: dict[str, str]
) -> list[dict[str, str]]:
    """Newest first, each with its time, and its day where that is not today."""
    told = []
    for one in reversed(folded(lines)):
        line = one[-1]
        text = words.get(line.number, "")
        said = _tapped(page, one, names) if len(one) > 1 else _line(page, line, text, names)
        told.append({"when": page.calendar.moment(line.at), "words": said})
    return told


def folded(lines: list[IncidentEvent]) -> list[list[IncidentEvent]]:
    """Taps while the call was in the same hands are one line, where the last of them stands."""
    told: list[list[IncidentEvent]] = []
    taps: list[IncidentEvent] = []
    for line in lines:
        if line.what in CHANGES_HANDS:
            taps = []
        if line.what != "tapped":
            told.append([line])
            continue
        told = [one for one in told if one is not taps]
        taps.append(line)
        told.append(taps)
    return told


def what_next(page: Page, incident: Incident) -> str:
    if incident.closed_at or incident.next_action_at is None:
        return ""
    if incident.owner_id:
        return _while_mine(page, incident) if incident.owner_id == page.me.id else ""
    sentence = NEXT_NOBODY if page.watch and page.watch.nobody else NEXT_UNOWNED
    return page.say(sentence, time=_clock(page, incident.next_action_at))


def _while_mine(page: Page, incident: Incident) -> str:
    """First to come, then to stay in touch: what is due first, and when the next people are told otherwise."""
    if incident.owned_at and not incident.arrived_at and not incident.second_paged:
        come_by = incident.owned_at + timedelta(seconds=incident.plan["arrive_within"])
        return page.say(NEXT_TO_COME, time=_clock(page, come_by))
    return page.say(NEXT_OWNED, time=_clock(page, incident.lease_until or page.now))


def outcomes(page: Page) -> list[dict[str, str]]:
    return [{"key": key, "words": page.say(ENDED[key])} for key in OUTCOMES]


def _line(page: Page, line: IncidentEvent, text: str, names: dict[str, str]) -> str:
    about: dict[str, Any] = {"level": "", "seconds": "", "text": text, **line.details}
    people = ", ".join(names.get(one, "?") for one in line.details.get("people", []))
    if "answer" in about:
        about["answer"] = page.say(ANSWERS[about["answer"]])
    values = {**about, "name": names.get(line.who, ""), "people": people}
    return page.say(EVENTS.get(_what(line), N_("Something happened")), **values)


def _what(line: IncidentEvent) -> str:
    if line.what == "catch_all" and line.details.get("pages") == 0:
        return "no_catch_all"
    if line.what in ("sent", "failed") and not line.who:
        return f"{line.what}_team" if line.details.get("way") == TEAM else f"{line.what}_catch_all"
    return line.what


def _tapped(page: Page, taps: list[IncidentEvent], names: dict[str, str]) -> str:
    first, last = (page.calendar.moment(taps[end].at) for end in (0, -1))
    sentence = TAPPED_IN_A_MINUTE if first == last else TAPPED_AGAIN
    return page.say(sentence, name=names.get(taps[0].who, ""), count=len(taps), first=first, last=last)


def _clock(page: Page, at: datetime) -> str:
    return page.calendar.time(at)
