"""The clocks of what clients ask for, to the day, and what keeps an answer from being saved."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules import rights
from cmdesk.rules.rights import Decision, RequestForm, Right

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("kind", "received", "first", "extended"),
    [
        (Right.ACCESS, date(2026, 3, 9), date(2026, 4, 8), date(2026, 5, 8)),
        (Right.ACCESS, date(2028, 1, 31), date(2028, 3, 1), date(2028, 3, 31)),  # a leap year
        (Right.ACCESS, date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 1)),
        (Right.ACCESS, date(2026, 12, 2), date(2027, 1, 1), date(2027, 1, 31)),
        (Right.AMENDMENT, date(2026, 3, 9), date(2026, 5, 8), date(2026, 6, 7)),
        (Right.AMENDMENT, date(2027, 12, 31), date(2028, 2, 29), date(2028, 3, 30)),
        (Right.ACCOUNTING, date(2026, 12, 31), date(2027, 3, 1), date(2027, 3, 31)),
        (Right.RESTRICTION, date(2026, 3, 9), None, None),
        (Right.RESTRICTION_PAID, date(2026, 3, 9), None, None),
        (Right.CONFIDENTIAL, date(2026, 3, 9), None, None),
    ],
)
def test_last_day_to_answer(
    kind: Right, received: date, first: date | None, extended: date | None
) -> None:
    assert rights.due(kind, received) == first
    assert rights.due(kind, received, received) == extended


SOUND = RequestForm(received_on=date(2026, 2, 1), what="The log of February")


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": date(2026, 3, 10)}, "received_on"),
        ({"kind": Right.AMENDMENT, "what": " "}, "what"),
        ({"kind": Right.RESTRICTION, "extended_on": TODAY}, "extended_on"),
        ({"extended_on": date(2026, 3, 4), "extension_reason": "x"}, "extended_on"),
        ({"extended_on": date(2026, 1, 31), "extension_reason": "x"}, "extended_on"),
        (
            {
                "received_on": TODAY,
                "extended_on": date(2026, 3, 10),
                "extension_reason": "x",
            },
            "extended_on",
        ),
        ({"extended_on": date(2026, 3, 3)}, "extension_reason"),
        ({"decision": Decision.GRANTED}, "decided_on"),
        ({"decision": Decision.GRANTED, "decided_on": date(2026, 1, 31)}, "decided_on"),
        ({"decision": Decision.GRANTED, "decided_on": date(2026, 3, 10)}, "decided_on"),
        ({"decision": Decision.DENIED, "decided_on": TODAY}, "reason"),
        ({"decision": Decision.PARTLY, "decided_on": TODAY}, "reason"),
        (
            {
                "kind": Right.RESTRICTION_PAID,
                "decision": Decision.DENIED,
                "decided_on": TODAY,
                "reason": "We would rather not",
            },
            "decision",
        ),
        ({"rebuttal": "It is accurate"}, "rebuttal"),
        ({"closed_on": TODAY}, "decision"),
        (
            {"decision": Decision.GRANTED, "decided_on": TODAY, "closed_on": date(2026, 3, 10)},
            "closed_on",
        ),
        (
            {"decision": Decision.GRANTED, "decided_on": TODAY, "closed_on": date(2026, 3, 8)},
            "closed_on",
        ),
    ],
)
def test_what_keeps_it_from_being_saved(changes: dict[str, object], at: str) -> None:
    assert list(rights.faults(replace(SOUND, **changes), TODAY)) == [at]


def test_a_sound_request() -> None:
    assert rights.faults(replace(SOUND, what=""), TODAY) == {}
    answered = replace(
        SOUND,
        kind=Right.AMENDMENT,
        extended_on=date(2026, 3, 3),
        extension_reason="The file is in storage.",
        decision=Decision.DENIED,
        decided_on=TODAY,
        reason="It is accurate.",
        disagreement="It is not.",
        rebuttal="It is what the clinic wrote.",
        closed_on=TODAY,
    )
    assert rights.faults(answered, TODAY) == {}


def test_first_accounting_in_twelve_months_is_free() -> None:
    assert not rights.may_charge(TODAY, [])
    assert not rights.may_charge(TODAY, [date(2025, 3, 9), date(2026, 3, 10)])
    assert rights.may_charge(TODAY, [date(2025, 3, 10)])
