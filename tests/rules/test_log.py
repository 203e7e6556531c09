from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from cmdesk.rules.contact_codes import EntryKind, Outcome
from cmdesk.rules.log import LogDraft, attempted, faults, is_late, unfinished

NOW = datetime(2026, 3, 9, 13, tzinfo=UTC)
SOUND = LogDraft(client_id=1, day=date(2026, 3, 9), minutes=24, narrative="She slept well.")


def test_a_sound_contact_can_be_signed() -> None:
    assert unfinished(SOUND, now=NOW) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"client_id": None}, "client"),
        ({"day": None}, "day"),
        ({"day": date(2026, 3, 10)}, "day"),
        ({"at": time(13, 16)}, "day"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"miles": -1.0}, "miles"),
        ({"miles": 2000.5}, "miles"),
        ({"expense_cents": -1}, "expense_cents"),
        ({"expense_cents": 100_000_01}, "expense_cents"),
        ({"follow_up_on": date(2026, 3, 16)}, "follow_up"),
        ({"short_topics": ("private",)}, "short_topics"),
        ({"short_topics": ("therapy_content",)}, "short_topics"),
    ],
)
def test_faults(changes: dict[str, object], field: str) -> None:
    assert set(faults(replace(SOUND, **changes), now=NOW)) == {field}  # pyright: ignore[reportArgumentType] - each is of its field's type


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": None}, "minutes"),
        ({"narrative": " "}, "narrative"),
        ({"purposes": ()}, "purposes"),
    ],
)
def test_what_a_signature_needs_besides(changes: dict[str, object], field: str) -> None:
    draft = replace(SOUND, **changes)  # pyright: ignore[reportArgumentType] - as above
    assert faults(draft, now=NOW) == {}
    assert set(unfinished(draft, now=NOW)) == {field}


def test_bounds_are_inside() -> None:
    for fine in (
        replace(SOUND, minutes=0),
        replace(SOUND, minutes=1440),
        replace(SOUND, at=time(13, 15)),  # noted as it began, a few minutes ahead
        replace(SOUND, day=date(2026, 3, 8), at=time(23, 59)),
        replace(SOUND, miles=0.0, expense_cents=0),
        replace(SOUND, miles=2000.0, expense_cents=100_000_00),
        replace(SOUND, follow_up="Call", follow_up_on=date(2026, 3, 16)),
        replace(SOUND, minutes=None, kind=EntryKind.INTERNAL_NOTE),
    ):
        assert unfinished(fine, now=NOW) == {}


@pytest.mark.parametrize(
    ("missed", "expected"), [((), False), ((1,), False), ((1, 2), True), ((2, 1, 3), True)]
)
def test_attempted_when_all_who_were_asked_were_missed(
    missed: tuple[int, ...], *, expected: bool
) -> None:
    assert attempted(replace(SOUND, participants=(1, 2), not_reached=missed)) is expected
    assert not attempted(replace(SOUND, not_reached=missed))


@pytest.mark.parametrize(("hours", "late"), [(0, False), (48, False), (48.01, True)])
def test_late_entry(hours: float, *, late: bool) -> None:
    assert is_late(NOW, NOW + timedelta(hours=hours), 48) is late


@pytest.mark.parametrize(("outcome", "expected"), [(Outcome.REACHED, False), (Outcome.BUSY, True)])
def test_attempted(outcome: Outcome, *, expected: bool) -> None:
    assert attempted(replace(SOUND, outcome=outcome)) is expected
