"""A password is worth nothing without its code, a code is good once, guessing is slowed, nobody is locked out."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.foundation.clock import database_now
from app.foundation.due import Due
from app.foundation.journal import JOURNAL
from app.foundation.sealing import Seals
from app.foundation.slow_seals import seal_slowly
from app.keeping.ending_again import AGAIN
from app.people import codes, my_proofs, passwords, proofs
from app.people.actors import Actor
from app.people.passwords import good_enough, of_name, of_person, whose
from app.people.proved_sign_ins import again_with_password, sign_in_with_password
from app.people.signing_in import SignedIn
from app.problems import Invalid, ProveFirst
from tests.support.authenticator import code_of
from tests.support.company import KEY, Company
from tests.support.databases import pass_time

PASSWORD = "four small grey herons"
SEAL = seal_slowly(KEY, PASSWORD)


class Telephone:
    """Nora's, with the app that makes her codes."""

    def __init__(self, company: Company, seals: Seals) -> None:
        self.company, self.seals = company, seals
        self.secret = ""
        self.spare: list[str] = []

    async def code(self, steps: int = 0) -> str:
        moment = await self.company.read(database_now)
        return code_of(self.secret, moment.timestamp() + steps * codes.STEP_SECONDS)

    async def set_up(self, who: Actor) -> None:
        chosen = await self.company.do(my_proofs.choose_password, who, SEAL, self.seals)
        self.secret = chosen.code_secret
        how = (who, chosen.challenge_id, await self.code(), KEY, self.seals)
        self.spare = await self.company.do(my_proofs.confirm_password, *how)
        await pass_time(self.company.database, minutes=1)

    async def sign_in(self, code: str) -> SignedIn | None:
        how = (self.company.at.nora.id, code, KEY, self.seals, "iPad")
        return await self.company.do(sign_in_with_password, *how)


@pytest.fixture
async def telephone(company: Company, tmp_path: Path) -> Telephone:
    telephone = Telephone(company, Seals(tmp_path / "seals"))
    await telephone.set_up(company.at.nora)
    return telephone


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "x" * 201])
def test_a_password_is_long_enough(password: str):
    with pytest.raises(Invalid):
        good_enough(password)


async def test_a_password_and_a_code_sign_in(company: Company, telephone: Telephone):
    known = await company.read(of_name, " nora ")
    assert whose(KEY, known, PASSWORD) == company.at.nora.id
    signed = await telephone.sign_in(await telephone.code())
    assert signed is not None and signed.actor.roles.proved


async def test_a_wrong_password_and_an_unknown_name_are_nobody(company: Company, telephone: Telephone):
    assert whose(KEY, await company.read(of_name, "Nora"), "another password") == ""
    assert await company.read(of_name, "Sybil") == []
    assert whose(KEY, [], PASSWORD) == ""


async def test_a_password_is_no_good_under_another_houses_key(company: Company, telephone: Telephone):
    assert whose(b"another house's key, which is long enough", await company.read(of_name, "Nora"), PASSWORD) == ""


async def test_a_code_is_good_once(telephone: Telephone):
    code = await telephone.code()
    assert await telephone.sign_in(code) is not None
    assert await telephone.sign_in(code) is None
    assert await telephone.sign_in(await telephone.code(-1)) is None


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_a_telephones_clock_may_be_half_a_minute_off(telephone: Telephone, steps: int, fits: bool):
    assert (await telephone.sign_in(await telephone.code(steps)) is not None) is fits


async def test_a_spare_code_is_good_once_however_it_is_typed(company: Company, telephone: Telephone):
    assert len(set(telephone.spare)) == codes.SPARE_CODES
    typed = telephone.spare[0].upper().replace("-", " ")
    assert await telephone.sign_in(typed) is not None
    assert await telephone.sign_in(typed) is None
    assert await company.read(proofs.spare_codes_left, company.at.nora.id) == codes.SPARE_CODES - 1


async def test_after_an_older_backup_was_put_back_what_was_used_or_changed_stays_so(
    company: Company, telephone: Telephone
):
    nora, old = company.at.nora, list(telephone.spare)
    assert await telephone.sign_in(old[0]) is not None
    await company.do(codes.new_spare_codes, nora, KEY)
    await telephone.set_up(nora)
    noted = await company.read(lambda session: [row.details for row in session.scalars(in_the_journal)])
    assert [(one["ended"], one["about"]) for one in noted if "sign_in" not in one["ended"]] == [
        ("spare_code_used", nora.id), ("spare_codes_ended", nora.id),
        ("password_ended", nora.id), ("spare_codes_ended", nora.id),
    ]  # fmt: skip
    for one in noted:
        await company.do(AGAIN[one["ended"]], one["about"], one["more"])
    assert await company.read(of_person, nora.id) == []
    assert await company.read(proofs.spare_codes_left, nora.id) == 0


in_the_journal = select(Due).where(Due.what == JOURNAL).order_by(Due.due_at, Due.id)


async def test_new_spare_codes_end_the_old_ones(company: Company, telephone: Telephone):
    fresh = await company.do(codes.new_spare_codes, company.at.nora, KEY)
    assert await telephone.sign_in(telephone.spare[0]) is None
    assert await telephone.sign_in(fresh[0]) is not None


async def test_after_five_wrong_codes_the_next_counts_a_minute_later_and_nobody_is_locked_out(telephone: Telephone):
    for _ in range(passwords.FREE_CODES):
        assert await telephone.sign_in("000000") is None
    assert await telephone.sign_in(await telephone.code()) is None
    assert await telephone.sign_in(telephone.spare[0]) is not None
    await pass_time(telephone.company.database, minutes=1)
    assert await telephone.sign_in(await telephone.code()) is not None
    assert await telephone.sign_in("000000") is None
    assert await telephone.sign_in(await telephone.code(1)) is not None


async def test_the_code_proves_once_more_who_somebody_is(company: Company, telephone: Telephone):
    signed = await telephone.sign_in(await telephone.code())
    assert signed is not None
    assert whose(KEY, await company.read(of_person, signed.actor.id), PASSWORD) == signed.actor.id
    how = (signed.actor, await telephone.code(1), KEY, telephone.seals)
    again = await company.do(again_with_password, *how)
    assert again is not None and again.token != signed.token


async def test_a_new_password_is_in_force_with_its_first_right_code(company: Company, telephone: Telephone):
    nora, old = company.at.nora, telephone.secret
    chosen = await company.do(my_proofs.choose_password, nora, "another seal", telephone.seals)
    with pytest.raises(Invalid):
        how = (nora, chosen.challenge_id, "000000", KEY, telephone.seals)
        await company.do(my_proofs.confirm_password, *how)
    assert (await company.read(of_person, nora.id))[0][1] == SEAL
    telephone.secret = chosen.code_secret
    how = (nora, chosen.challenge_id, await telephone.code(), KEY, telephone.seals)
    await company.do(my_proofs.confirm_password, *how)
    assert (await company.read(of_person, nora.id))[0][1] == "another seal"
    telephone.secret = old
    await pass_time(company.database, minutes=1)
    assert await telephone.sign_in(await telephone.code()) is None


async def test_a_card_chooses_no_password(company: Company, telephone: Telephone):
    card = replace(company.at.asha, proved_at=None)
    with pytest.raises(ProveFirst):
        await company.do(my_proofs.choose_password, card, SEAL, telephone.seals)
    with pytest.raises(ProveFirst):
        await company.do(codes.new_spare_codes, card, KEY)


async def test_the_database_alone_makes_no_codes(company: Company, telephone: Telephone):
    row = await company.read(lambda session: session.get_one(proofs.Password, company.at.nora.id))
    assert telephone.secret not in row.code_secret and PASSWORD not in row.seal
