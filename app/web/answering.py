"""What became of words, as a frame for their sender."""

from datetime import tzinfo
from typing import Any

from app.messages.posting import Alone, Answer
from app.messages.refs import Held, Said, SentBack
from app.problems import Declined, Problem
from app.web.wording import explain
from app.wording import say


def answer_frame(answer: Answer, ref: str, room_id: str, language: str, zone: tzinfo) -> dict[str, Any]:
    """`said`, `held`, `declined` or `refused`."""
    about = {"ref": ref, "room": room_id}
    match answer:
        case Said(seq, version):
            return {"type": "said", **about, "seq": seq, "version": version}
        case Held(waiting, why):
            return {
                "type": "held",
                **about,
                "waiting": waiting,
                "why": why,
                "message": say(answer.sentence, language),
            }
        case SentBack():
            return {"type": "declined", **about, "message": say(Declined.sentence, language)}
        case Problem():
            return refused_frame(answer, language, zone, ref=ref, room=room_id)
        case Alone():
            raise AssertionError("words that need a transaction of their own were left in a batch")


def refused_frame(problem: Problem, language: str, zone: tzinfo, **about: Any) -> dict[str, Any]:
    body = {"type": "refused", **{name: value for name, value in about.items() if value is not None}}
    body |= {"code": problem.code, "message": explain(problem, language, zone)}
    if problem.paused:
        body["paused"] = True
    if problem.retry_after_ms is not None:
        body["retry_after_ms"] = problem.retry_after_ms
    return body
