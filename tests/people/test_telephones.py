"""The telephone numbers in what somebody wrote."""

import pytest

from app.people.telephones import numbers_in


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("555 0133", ["555 0133"]),
        ("204", ["204"]),
        ("+44 (0)20 7946 0018", ["+44 (0)20 7946 0018"]),
        ("(312) 555-0133, in the evening my daughter: 555 0144.", ["(312) 555-0133", "555 0144"]),
        ("Ana 030/123456 / Luis 555.0144", ["030/123456", "555.0144"]),
        ("Ana, 555 0144, from 9 to 17, house 24", ["555 0144"]),
        ("It is on the fridge", []),
        ("card 12345678901234567890", []),
        ("", []),
    ],
)
def test_they_are_found_and_other_figures_are_none(words: str, numbers: list[str]):
    assert numbers_in(words) == numbers
