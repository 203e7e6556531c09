"""The seal of a signed entry changes with all that signing makes final, and with nothing else."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from cmdesk.rules.signature import FROZEN, LINKS, Participant, signature_hash

AT = datetime(2026, 3, 6, 16, tzinfo=UTC)
COLUMNS: dict[str, Any] = dict.fromkeys(FROZEN, "") | {
    "occurred_at": AT,
    "next_contact_on": date(2026, 3, 9),
    "purposes": ["monitoring"],
}
LINKED: dict[str, str | None] = dict.fromkeys(LINKS, "u")
TESS = Participant("p", "", reached=True)


def seal(columns: dict[str, Any] | None = None) -> str:
    return signature_hash(COLUMNS | (columns or {}), LINKED, [TESS])


@pytest.mark.parametrize("name", FROZEN)
def test_every_frozen_column_counts(name: str) -> None:
    assert seal({name: "changed"}) != seal()


@pytest.mark.parametrize("name", LINKS)
def test_every_link_counts(name: str) -> None:
    assert signature_hash(COLUMNS, LINKED | {name: None}, [TESS]) != seal()


def test_participants_and_their_order_count() -> None:
    other = Participant("q", "", reached=True)
    those: list[list[Participant]] = [
        [],
        [TESS],
        [TESS, other],
        [other, TESS],
        [TESS._replace(reached=False)],
    ]
    assert len({signature_hash(COLUMNS, LINKED, these) for these in those}) == 5


def test_the_zone_in_which_a_time_is_shown_does_not_count() -> None:
    east = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert seal({"occurred_at": east}) == seal()


def test_what_does_not_freeze_does_not_count() -> None:
    assert seal({"version": 7, "updated_at": AT}) == seal()
