"""What each kind of link in the log of staff acts says, in words."""

from app.foundation.audit import AuditLink
from app.problems import N_
from app.web.pages.page import Page

WORDS = {
    "add_member": N_("let somebody into a room"),
    "add_passkey": N_("added a passkey"),
    "add_person": N_("added a person"),
    "add_way": N_("wrote down a way to reach somebody"),
    "agree": N_("said yes to joining"),
    "answer_question": N_("answered what somebody wrote"),
    "ask_test_page": N_("sent a test to the catch-all address"),
    "begin_joining": N_("began joining with somebody"),
    "check_help_sheet": N_("looked through “If I need help” with somebody"),
    "choose_again": N_("chose again what they agree to"),
    "choose_for": N_("changed letters, colors or language for somebody"),
    "choose_keeping": N_("chose how long words are kept"),
    "choose_languages": N_("chose the languages of a room"),
    "choose_quiet_hours": N_("chose quiet hours"),
    "close_call": N_("closed a call for help"),
    "close_room": N_("closed a room"),
    "come_beside": N_("went in to somebody's practice room"),
    "cover_helper": N_("said who stands in for the helper"),
    "edit_site": N_("changed the page This house"),
    "end_passkey": N_("ended a passkey"),
    "end_sign_in": N_("signed out one tablet"),
    "end_sign_ins": N_("signed out every tablet"),
    "end_support": N_("ended that somebody types for somebody"),
    "end_way": N_("ended a way to reach somebody"),
    "erase_person": N_("erased a person"),
    "export_person": N_("took out a copy of what is held of somebody"),
    "fill_in_help_sheet": N_("filled in “If I need help” with somebody"),
    "finish_task": N_("finished a task"),
    "first_administrator": N_("became the first administrator"),
    "forget_old_words": N_("let go of old words"),
    "give_role": N_("gave a role"),
    "hold_words": N_("had somebody's words held"),
    "introduce_supporter": N_("named somebody who may type for somebody"),
    "log_call": N_("wrote down a telephone call"),
    "look_at_audit": N_("looked into this log"),
    "look_at_call": N_("read a call for help"),
    "look_at_call_list": N_("looked at who is to be rung today"),
    "look_at_connection": N_("looked at how somebody is connected"),
    "look_at_questions": N_("read what people wrote to the helper"),
    "look_at_removed_words": N_("read words that were taken out"),
    "look_at_waiting_words": N_("read words that wait"),
    "make_card": N_("made a card"),
    "make_room": N_("made a room"),
    "make_set_up_link": N_("made a link for setting up a sign-in"),
    "make_spare_codes": N_("made spare codes"),
    "make_spoken_code": N_("made a code to read out"),
    "mute": N_("let somebody only read for a time"),
    "open_at_once": N_("opened a sign-in link on the spot"),
    "open_help_sheet": N_("opened “If I need help” of somebody"),
    "open_house": N_("opened the house to members"),
    "open_room": N_("opened a room again"),
    "post_by_phone": N_("wrote for somebody on the telephone"),
    "prove_again": N_("proved again who they are"),
    "put_way_first": N_("chose which way to reach somebody comes first"),
    "put_back_words": N_("put words back"),
    "refuse_copied_passkey": N_("a passkey that looked copied was refused"),
    "remove_member": N_("took somebody out of a room"),
    "remove_words": N_("took words out"),
    "rename": N_("changed a name"),
    "restore": N_("put a backup back"),
    "revoke_card": N_("ended a card"),
    "ring_number": N_("rang a help number"),
    "rotate_sealing_keys": N_("made new keys for what is sealed"),
    "say_hours": N_("said when the helper answers"),
    "see_call": N_("looks after a call for help"),
    "set_password": N_("set a password"),
    "set_standing": N_("said how somebody stands"),
    "sign_in": N_("signed in"),
    "stop_holding_words": N_("stopped holding somebody's words"),
    "take_agreement_back": N_("took back their yes"),
    "take_role": N_("took a role away"),
    "tick_way": N_("made sure that somebody can be reached"),
    "unmute": N_("let somebody write again"),
    "use_set_up_link": N_("used a link for setting up a sign-in"),
    "use_spare_code": N_("used a spare code"),
    "use_spoken_code": N_("signed in with a code that was read out"),
    "words_declined": N_("sent words back"),
    "words_released": N_("let words through"),
    "words_withdrawn": N_("took back words that waited"),
    "wrong_code": N_("a code was wrong"),
}
SHOWN = ("role", "standing", "kind", "days", "count", "reason")
"""Of a link's details those that a person can read; the others are ids."""


def words_for(page: Page, link: AuditLink) -> str:
    """An act of a later release is told as it was written."""
    known = WORDS.get(link.did)
    return page.say(known) if known else link.did.replace("_", " ")


def details_of(link: AuditLink) -> str:
    return ", ".join(str(link.details[name]) for name in SHOWN if link.details.get(name) not in (None, ""))
