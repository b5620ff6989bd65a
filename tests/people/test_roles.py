"""What each role may do, as an auditor would check it: every role against every grant."""

import pytest

from app.people.actors import SYSTEM
from app.people.roles import GRANTS, STAFF_ROLES, Roles, require
from app.problems import NotAllowed
from tests.support.company import Company

ROLES = ("member", "mentor", "advocate", "helper", "facilitator", "responder", "supervisor", "admin")

TABLE = """
                       member mentor advocate helper facilitator responder supervisor admin
see_people             -      -      -        yes    yes         yes       yes        yes
add_people             -      -      -        -      -           -         -          yes
enrol                  -      -      -        yes    -           -         -          yes
make_cards             -      -      -        yes    -           -         -          yes
make_staff_cards       -      -      -        -      -           -         -          yes
end_sign_ins           -      -      -        yes    -           -         -          yes
give_roles             -      -      -        -      -           -         -          yes
see_rooms              -      -      -        -      -           -         yes        yes
open_rooms             -      -      -        -      -           -         -          yes
choose_members         -      -      -        -      -           -         -          yes
introduce_supporters   -      -      -        yes    -           -         -          yes
moderate               -      -      -        -      yes         -         -          -
edit_site              -      -      -        -      -           -         -          yes
set_standing           -      -      -        yes    -           -         yes        yes
look_after_tablets     -      -      -        yes    -           -         -          -
write_by_phone         -      -      -        yes    -           -         -          -
see_audit              -      -      -        -      -           -         -          yes
choose_keeping         -      -      -        -      -           -         -          yes
export_people          -      -      -        -      -           -         -          yes
erase_people           -      -      -        -      -           -         -          yes
hear_calls_for_help    -      -      -        -      yes         yes       yes        yes
see_calls_for_help     -      -      -        -      yes         yes       yes        yes
answer_calls_for_help  -      -      -        -      yes         yes       yes        yes
take_calls             -      -      -        -      -           yes       yes        yes
see_rota               -      -      -        -      -           yes       yes        yes
keep_rota              -      -      -        -      -           -         yes        yes
review_screen          -      -      -        -      -           -         yes        -
get_on_call            -      yes    -        yes    yes         -         yes        -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
CELLS = [(role, what, cell == "yes") for what, *cells in ROWS for role, cell in zip(ROLES, cells, strict=True)]


def test_the_table_names_every_role_and_every_grant():
    assert set(ROLES) == set(GRANTS)
    assert {what for what, *_ in ROWS} == frozenset().union(*GRANTS.values())


@pytest.mark.parametrize(("role", "what", "may"), CELLS, ids=lambda value: str(value))
def test_each_role_may_do_what_the_table_says(role: str, what: str, may: bool):
    everywhere, here = Roles(frozenset({(role, "")})), Roles(frozenset({(role, "monday")}))
    assert everywhere.may(what) is everywhere.may(what, "monday") is here.may(what, "monday") is may
    assert everywhere.may_anywhere(what) is here.may_anywhere(what) is may
    assert not here.may(what)
    assert not here.may(what, "thursday")


@pytest.mark.parametrize("what", [what for what, *_ in ROWS])
def test_a_stranger_may_do_nothing_and_the_system_everything(what: str):
    sybil = Roles(frozenset())
    assert not sybil.may(what) and not sybil.may(what, "monday") and not sybil.may_anywhere(what)
    assert SYSTEM.roles.may(what) and SYSTEM.roles.may(what, "monday") and SYSTEM.roles.may_anywhere(what)


def test_a_role_nobody_has_heard_of_grants_nothing():
    queen = Roles(frozenset({("queen", "")}))
    assert not any(queen.may(what) or queen.may_anywhere(what) for what, *_ in ROWS)


def test_whoever_is_more_than_a_member_is_staff():
    assert frozenset(ROLES) - {"member"} == STAFF_ROLES
    assert not Roles(frozenset({("member", "")})).staff
    assert not Roles(frozenset()).staff
    assert Roles(frozenset({("member", ""), ("facilitator", "monday")})).staff


def test_a_role_in_one_room_is_named_there_and_not_elsewhere():
    roles = Roles(frozenset({("member", ""), ("facilitator", "monday")}))
    assert roles.names() == ["facilitator", "member"]
    assert roles.in_room("monday") == ["facilitator", "member"]
    assert roles.in_room("thursday") == ["member"]


def test_what_is_not_granted_is_refused():
    require(Roles(frozenset({("admin", "")})), "open_rooms")
    with pytest.raises(NotAllowed):
        require(Roles(frozenset({("facilitator", "monday")})), "moderate", "thursday")


async def test_roles_come_from_the_house_as_they_were_given(company: Company):
    assert (await company.again(company.at.nora)).roles.names() == ["admin"]
    assert (await company.again(company.at.fay)).roles.pairs == {("facilitator", company.at.monday)}
    assert (await company.again(company.at.sybil)).roles.pairs == frozenset()
