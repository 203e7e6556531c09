from datetime import date

import pytest

from cmdesk.rules.days import add_months, in_full, later, near
from cmdesk.rules.people import Name, age_on, phone_shown, pronouns


@pytest.mark.parametrize(
    ("name", "called", "full", "with_initial", "initials", "key"),
    [
        (Name("Maya", "Brenner"), "Maya", "Maya Brenner", "Maya B.", "MB", ("brenner", "maya")),
        (Name("Maya", "Brenner", "May"), "May", "May Brenner", "May B.", "MB", ("brenner", "may")),
        (Name("Maya"), "Maya", "Maya", "Maya", "M", ("maya", "maya")),
        (Name("", "Brenner"), "Brenner", "Brenner", "Brenner", "B", ("brenner", "brenner")),
        (Name(" Ana ", " de la Cruz"), "Ana", "Ana de la Cruz", "Ana d.", "AC", None),
        (Name(), "", "", "", "", ("", "")),
    ],
)
def test_names(
    name: Name,
    called: str,
    full: str,
    with_initial: str,
    initials: str,
    key: tuple[str, str] | None,
) -> None:
    assert (name.called, name.full, name.with_initial) == (called, full, with_initial)
    assert name.initials == initials
    assert key is None or name.sort_key == key


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(2026, 7, 13), 22), (date(2026, 7, 14), 23), (date(2003, 7, 14), 0)],
)
def test_age(on: date, age: int) -> None:
    assert age_on(date(2003, 7, 14), on) == age


def test_age_on_a_leap_day() -> None:
    born = date(2004, 2, 29)
    assert age_on(born, date(2022, 2, 28)) == 17
    assert age_on(born, date(2022, 3, 1)) == 18
    assert age_on(born, date(2024, 2, 29)) == 20


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+1 718 555 0142", "(718) 555-0142"),
        ("7185550142", "(718) 555-0142"),
        ("1-718-555-0142", "(718) 555-0142"),
        ("(718) 555.0142", "(718) 555-0142"),
        ("718\u00a0555\u20110142", "(718) 555-0142"),
        (" +44 20 7946 0018 ", "+44 20 7946 0018"),
        ("718 555 0142 x12", "718 555 0142 x12"),
        ("118 555 0142", "118 555 0142"),  # no area begins with 1
        ("+7185550142", "+7185550142"),  # a country code of its own
        ("988", "988"),
        ("", ""),
    ],
)
def test_phone(typed: str, shown: str) -> None:
    assert phone_shown(typed) == shown


@pytest.mark.parametrize(
    ("recorded", "subject", "possessive", "says"),
    [
        ("she/her", "she", "her", "says"),
        ("She / Her / Hers", "she", "her", "says"),
        ("he/him", "he", "his", "says"),
        ("they", "they", "their", "say"),
        ("she/they", "she", "her", "says"),
        ("ze/zir", "Maya", "Maya's", "says"),
        ("", "Maya", "Maya's", "says"),
    ],
)
def test_pronouns(recorded: str, subject: str, possessive: str, says: str) -> None:
    found = pronouns(recorded, "Maya")
    assert (found.subject, found.possessive, found.verb("says", "say")) == (
        subject,
        possessive,
        says,
    )


def test_days() -> None:
    assert in_full(date(2026, 1, 28)) == "January 28, 2026"
    assert near(date(2026, 3, 18), date(2026, 3, 9)) == "March 18"
    assert near(date(2027, 3, 18), date(2026, 3, 9)) == "March 18, 2027"
    assert later(date(2026, 2, 28), 1) == date(2026, 3, 1)
    assert later(date.max, 1) == date.max
    assert later(date.min, -1) == date.min


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
