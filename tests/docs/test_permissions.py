import re

from app.people.roles import GRANTS
from tests.docs.pages import page, rows


def test_every_grant_is_explained_and_none_that_is_not_there():
    assert set(rows(page("permissions.md"), "The grants")) == frozenset().union(*GRANTS.values())


def test_the_page_gives_each_role_what_the_code_gives_it():
    told = rows(page("permissions.md"), "Which role has which")
    assert {role: frozenset(re.findall(r"`(\w+)`", has)) for role, (has,) in told.items()} == GRANTS
