"""What each ground makes one write down, and which rows an accounting owes."""

from dataclasses import replace
from datetime import date, time

import pytest

from cmdesk.rules import disclosure_bases as bases
from cmdesk.rules.codes import DisclosureBasis as Basis
from cmdesk.rules.disclosure_bases import HIPAA, PART2, DisclosureForm

TODAY = date(2026, 3, 9)
SOUND = DisclosureForm(
    basis=Basis.TREATMENT,
    day=TODAY,
    recipient_name="Dr. Vaszary",
    what="Dates of admission",
    purpose="Treatment",
    only_needed=True,
)


@pytest.mark.parametrize("basis", Basis)
def test_each_ground_asks_for_its_own(basis: Basis) -> None:
    form = replace(SOUND, basis=basis, under_part2=True)
    wanted = {*bases.ASKED[basis]} - bases.OPTIONAL
    if basis is Basis.CONSENT:
        wanted |= {"notice", "scope_given"}
    if basis is Basis.MEDICAL_EMERGENCY:
        wanted |= {"at", "recipient_organisation"}
    found = bases.faults(form, TODAY)
    assert set(found) == wanted
    assert all(text.endswith(("?", ".")) for text in found.values())


def test_what_is_always_asked() -> None:
    empty = bases.faults(DisclosureForm(Basis.TREATMENT), TODAY)
    assert set(empty) == {"day", "recipient_name", "what", "purpose", "only_needed"}
    ahead = replace(SOUND, day=date(2026, 3, 10))
    assert bases.faults(ahead, TODAY) == {"day": "This day is still to come."}
    late = replace(
        SOUND, basis=Basis.TO_THE_CLIENT, asked_on=date(2026, 3, 10), identified="Known to me"
    )
    assert bases.faults(late, TODAY) == {"asked_on": "This is after they were told."}
    emergency = replace(
        SOUND,
        basis=Basis.MEDICAL_EMERGENCY,
        at=time(9),
        recipient_organisation="Mercy Hospital",
        nature="Overdose",
        why_no_consent="Unconscious",
    )
    assert bases.faults(emergency, TODAY) == {}


def test_only_what_the_ground_asks_for_is_kept() -> None:
    form = replace(
        SOUND, basis=Basis.AUDIT, auditor="oversight", agreement="7", law="x", nature="y"
    )
    assert bases.said(form) == {"auditor": "oversight"}
    until = replace(form, auditor="service", suspended_until=TODAY, why_corrected="Wrong name ")
    assert bases.said(until) == {
        "auditor": "service",
        "agreement": "7",
        "suspended_until": "2026-03-09",
        "why_corrected": "Wrong name",
    }
    assert bases.said(SOUND) == {}


@pytest.mark.parametrize(
    ("basis", "said", "part2", "rules"),
    [
        (Basis.CONSENT, {}, False, ()),
        (Basis.CONSENT, {}, True, (PART2,)),
        (Basis.TREATMENT, {}, False, ()),
        (Basis.AGREED, {}, False, ()),
        (Basis.INCAPACITY, {}, False, ()),
        (Basis.MEDICAL_EMERGENCY, {}, True, ()),
        (Basis.TO_THE_CLIENT, {}, True, ()),
        (Basis.DE_IDENTIFIED, {}, False, ()),
        (Basis.DUTY_TO_PROTECT, {}, False, (HIPAA,)),
        (Basis.REQUIRED_REPORT, {"report": "child"}, True, (HIPAA,)),
        (Basis.COURT_ORDER, {}, True, (HIPAA,)),
        (Basis.REQUIRED_BY_LAW, {}, False, (HIPAA,)),
        (Basis.AUDIT, {"auditor": "service"}, False, ()),
        (Basis.AUDIT, {"auditor": "oversight"}, False, (HIPAA,)),
        (Basis.AUDIT, {}, False, (HIPAA,)),
        (Basis.DEATH, {"relation": "coroner"}, False, (HIPAA,)),
        (Basis.DEATH, {"relation": "family"}, False, ()),
        ("of another program", {}, False, (HIPAA,)),
    ],
)
def test_what_an_accounting_owes(
    basis: str, said: dict[str, str], part2: bool, rules: tuple[str, ...]
) -> None:
    assert bases.required_by(basis, said, TODAY, TODAY, part2=part2) == rules


def test_consent_under_part_2_counts_for_three_years() -> None:
    def owed(day: date, today: date) -> bool:
        return bool(bases.required_by(Basis.CONSENT, {}, day, today, part2=True))

    assert owed(date(2023, 3, 9), TODAY)
    assert not owed(date(2023, 3, 8), TODAY)
    leap = date(2028, 2, 29)
    assert owed(date(2025, 2, 28), leap)
    assert not owed(date(2025, 2, 27), leap)
    assert bases.years_before(date(3, 1, 1), 6) == date.min


def test_where_part_2_allows_nothing_it_says_so() -> None:
    assert bases.concern(Basis.REQUIRED_REPORT, part2=True, report="adult")
    assert bases.concern(Basis.DUTY_TO_PROTECT, part2=True)
    assert not bases.concern(Basis.REQUIRED_REPORT, part2=True, report="child")
    assert not bases.concern(Basis.DUTY_TO_PROTECT, part2=False)
    assert not bases.concern(Basis.MEDICAL_EMERGENCY, part2=True)
