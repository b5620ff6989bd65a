"""Everything we may have to explain to a person.

A Problem is one sentence that somebody can act on, with a code for programs. The doors turn it into problem
JSON, a large-text page or a `refused` frame. Sentences are gettext ids: the doors translate, then fill in values.
"""

from typing import Any


def N_(sentence: str) -> str:
    """Mark a sentence for translation without translating it yet."""
    return sentence


class Problem(Exception):
    """A sentence for a worried person."""

    status = 400
    code = "invalid"
    sentence = N_("That did not work. Nothing is lost.")
    paused = False
    """Told beside the code where it is true."""

    def __init__(
        self,
        sentence: str = "",
        *,
        fields: tuple[tuple[str, str], ...] = (),
        retry_after_ms: int | None = None,
        **values: Any,
    ) -> None:
        self.sentence = sentence or type(self).sentence
        self.fields = fields
        self.retry_after_ms = retry_after_ms
        self.values = values
        super().__init__(self.sentence)


class Invalid(Problem):
    status, code = 422, "invalid"
    sentence = N_("Something is missing or not quite right. Please look again.")


class BadJson(Problem):
    status, code = 400, "bad_json"
    sentence = N_("We could not read that.")


class UnknownType(Problem):
    status, code = 400, "unknown_type"
    sentence = N_("We do not know that kind of request.")


class TooLong(Problem):
    status, code = 422, "too_long"
    sentence = N_("That is too long to send at once. Please send it in two parts.")


class TooFast(Problem):
    status, code = 429, "too_fast"
    sentence = N_("That was very quick. Your words are kept. Try again in a moment.")


class NotAllowed(Problem):
    status, code = 403, "not_allowed"
    sentence = N_("That is not something you can do here.")


class ProveFirst(Problem):
    """Somebody of the staff who came in with a card, which opens rooms and nothing else."""

    status, code = 403, "prove_first"
    sentence = N_(
        "You came in with a card, and a card opens rooms only. For this, sign in with a passkey, or with a password "
        "and a code. If you have neither yet, ask an administrator for a set-up link."
    )


class ProveAgain(Problem):
    """What matters most asks once more who is there."""

    status, code = 403, "prove_again"
    sentence = N_("Before you do this, please show once more that it is you.")


class NotFound(Problem):
    status, code = 404, "not_found"
    sentence = N_("We cannot find that.")


class Muted(Problem):
    status, code = 403, "muted"
    sentence = N_("You can read, but not write here until {until}. {reason}")


class RoomClosed(Problem):
    status, code = 409, "room_closed"
    sentence = N_("This room is closed now. You can still read what was said.")


class RoomPaused(RoomClosed):
    """Only for a moment: a tablet keeps the words, and sends them when the room goes on."""

    sentence = N_("The room is paused for a moment. Your words are kept on this tablet.")
    paused = True


class Declined(Problem):
    status, code = 409, "declined"
    sentence = N_("These words were not shown to the room. You can change them and send them again.")


class SignInNeeded(Problem):
    status, code = 401, "sign_in"
    sentence = N_("Please sign in with your card.")


class TryAgain(Problem):
    """The database is away: nothing was stored, the same ref may be sent again."""

    status, code = 503, "try_again"
    sentence = N_("We cannot store your words just now. They are kept on your tablet. We will try again.")

    def __init__(self, sentence: str = "", **values: Any) -> None:
        values.setdefault("retry_after_ms", 1000)
        super().__init__(sentence, **values)
