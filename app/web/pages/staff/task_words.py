"""What each kind of task asks of a person, in words. A kind that is not named here is said in general."""

from datetime import datetime
from typing import Any

from app.people.tasks import OF_THE_HOUSE, Task
from app.problems import N_
from app.web.pages.page import Page
from app.web.pages.staff.rota_words import day_and_time

WORDS = {
    "tell_by_hand": N_("Something waits for {name}. Please tell them."),
    "could_not_reach": N_("We could not reach {name} in any way they chose. Find out why, with them."),
    "check_way": N_("{name} named a new way to be reached. Try it once, and tick it."),
    "second_tablet": N_("{name} came in on a second tablet. Ask whether that was them."),
    "card_taken": N_("{name} says that somebody else used their card. Bring them a new one."),
    "guessed_card": N_("Somebody tried to guess what the card of {name} asks for. Ask whether it was them."),
    "check_help_sheet": N_("Look through “If I need help” with {name}: is it all still true?"),
    "ask_consent_again": N_("A year is over: ask {name} the questions of joining again."),
    "took_consent_back": N_("{name} took back their yes. Ring them, and help them leave or stay."),
    "died_tell_rooms": N_("{name} has died. Tell their group yourself, and ask each of them how they are."),
    "died_ring_family": N_("{name} has died. Ring the family. Ask what should become of the words we keep."),
    "died_look_after": N_("{name} has died. Talk with those of us who were close to them."),
    "died_tablet": N_("{name} has died. Ask for the tablet back when the time is right."),
    "new_sign_in": N_("{name} has set up a new way to sign in. Make sure that it was them."),
    "rota_hole": N_("The rota has a hole from {begin}. Find somebody for it, and put them on the page Who is on call."),
    "rota_hole_soon": N_("Within a day the rota has a hole, from {begin}. Find somebody for it now."),
    "duty_test_late": N_("{name} has not answered the test of the calls for help. Find out why, with them."),
    "turn_unanswered": N_(
        "{name} has not answered for their turn on call. Ring them. Calls reach {who} next: we asked, too."
    ),
    "turn_unanswered_alone": N_(
        "{name} has not answered for their turn on call. Ring them now, or find somebody else."
    ),
    "follow_up": N_("Look in on {name} again after their call, and write what came of it."),
    "follow_up_late": N_("Nobody has looked in on {name} again since their call. See that somebody does today."),
    "are_you_all_right": N_(
        "Ask {name} by {by}: are you all right? They were in {room} in a hard moment. Do not say whose it was."
    ),
    "looked_in": N_("{who} read the words around the call of {name}. The reason: {reason}. Ask {who} about it."),
    "looked_in_alone": N_(
        "You read the words around the call of {name}, and nobody else leads here. Tell the outside person."
    ),
    "worry_past": N_(
        "What {name} wrote may be about one of us, or comes from one of us. Look at it, and speak with {name} yourself."
    ),
    "offer_plan": N_("{name} has had a hard time. Ask whether they would like to write “My plan”, and sit with them."),
    "plan_again": N_("{name} has had a hard time. Ask whether they would like to look at “My plan” with you."),
}
OTHER = N_("There is something to do for {name}.")
BY = {
    "ring": N_("Something waits for {name}. Please ring them."),
    "text": N_("Something waits for {name}. Please send them a text message."),
    "paper": N_("Something waits for {name}. Please bring them a note."),
}
FOR_HELPERS = {"tell_by_hand", "could_not_reach", "check_way"}
"""Kinds whose next step is on the helper's page of that person; the others begin on their page."""


def words_for(page: Page, task: Task, name: str) -> str:
    by = BY.get(str(task.details.get("way"))) if task.kind == "tell_by_hand" else None
    begin, by_when = (_moment(page, task.details.get(key)) for key in ("from_at", "by"))
    about = {key: str(task.details.get(key, "")) for key in ("who", "reason", "room")}
    return page.say(by or WORDS.get(task.kind, OTHER), name=name, begin=begin, by=by_when, **about)


def _moment(page: Page, written: Any) -> str:
    return day_and_time(page, datetime.fromisoformat(written)) if written else ""


def path_for(page: Page, task: Task) -> str:
    """Where to begin, for who may look there."""
    if task.kind in OF_THE_HOUSE:
        return "/staff/on-call"
    if task.kind == "worry_past":
        return f"/staff/calls/{task.details['incident']}"
    if task.kind in FOR_HELPERS and page.me.roles.may("look_after_tablets"):
        return f"/staff/helper/{task.about_id}"
    return f"/staff/people/{task.about_id}" if page.me.roles.may_anywhere("see_people") else ""
