""" "Yes, I am Rose": the tap that binds this tablet."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.people.card_proofs import ProofNeeded, WrongProof
from app.problems import N_, NotFound, TooFast
from app.web.entering import come_in, held, keep, let_go
from app.web.pages.card_look import ask, unknown_card
from app.web.pages.page import OpenPage
from app.web.pages.problem import sentence_of

router = APIRouter()

CHOOSE = N_("Please tap your picture, or type your number.")


@router.post("/card/use")
async def use(page: OpenPage, card: Annotated[str, Form()] = "", proof: Annotated[str, Form()] = "") -> Response:
    presented = card[:200] or held(page.request, page.house)
    try:
        signed = await come_in(page.house, page.request, presented, proof[:40])
    except ProofNeeded:
        return await ask(page, presented, problem=page.say(CHOOSE), status=422)
    except (WrongProof, TooFast) as problem:
        return await ask(page, presented, problem=sentence_of(problem, page), status=problem.status)
    except NotFound:
        return await unknown_card(page)
    answer = let_go(page.go("/"), page.house)
    keep(answer, page.house, signed)
    return answer
