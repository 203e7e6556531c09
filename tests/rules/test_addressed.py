"""A line that says "you" speaks to somebody."""

import pytest

from cmdesk.rules.addressed import speaks_to_somebody


@pytest.mark.parametrize(
    ("line", "speaks"),
    [
        ("You told me the ride home worries you.", True),
        ("It is your turn on Sunday.", True),
        ("Usted la visitó el domingo.", True),
        ("Le conté del plan.", True),
        ("Maya says thank you.", False),
        ("The youth group met.", False),
        ("Maya le escribió a su hermana.", False),
        ("", False),
    ],
)
def test_who_is_spoken_to(line: str, speaks: bool) -> None:
    assert speaks_to_somebody(line) is speaks
