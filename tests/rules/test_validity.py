"""Each sentence of domain.md 0.5 with its edge days."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.making import GOOD, MAYA, TODAY, consent, topics

from cmdesk.rules.codes import Capacity, ConsentKind, RevokedHow, Signer, Statement
from cmdesk.rules.consent import Consent, Event, Subject, fault, last_day
from cmdesk.rules.topics import Topic
from cmdesk.rules.validity import (
    MENTAL_HEALTH,
    SUBSTANCE_USE,
    coming_of_age,
    covers_until,
    faults,
    own_consent_from,
    wanting,
)

BEFORE, AFTER = date(2026, 3, 8), date(2026, 3, 10)


def test_a_good_one() -> None:
    assert fault(GOOD, MAYA, TODAY) is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"topics": topics()}, "lists no topics"),
        ({"purpose": ""}, "gives no purpose"),
        ({"purpose": " \n"}, "gives no purpose"),
        ({"expires_on": None}, "has no end date"),
        ({"form_on_file": False}, "has no form on file"),
        (
            {"statements": frozenset(Statement) - {Statement.REVOCATION}},
            "does not say: consent can be ended at any time",
        ),
        (
            {"statements": frozenset(Statement) - {Statement.CONDITIONING}},
            "does not say: what happens if it is not signed",
        ),
        (
            {"statements": frozenset({Statement.REVOCATION, Statement.CONDITIONING})},
            "does not say: what was shared may be passed on",
        ),
        ({"statements": frozenset(Statement) - {Statement.COPY}}, None),
        # Signed and begun.
        ({"signed_on": None}, "is not signed"),
        ({"signed_on": AFTER, "begins_on": BEFORE}, "is signed March 10"),
        ({"signed_on": TODAY, "begins_on": None}, None),
        ({"signed_on": TODAY, "begins_on": TODAY}, None),
        ({"signed_on": BEFORE, "begins_on": AFTER}, "begins March 10"),
        ({"begins_on": date(2027, 1, 1)}, "begins January 1, 2027"),
        # The day of expiry is inside; so is the day of an event; whichever comes first.
        ({"expires_on": TODAY}, None),
        ({"expires_on": BEFORE}, "ended March 8"),
        ({"expires_on": None, "expires_event": Event(None)}, None),
        ({"expires_on": None, "expires_event": Event(TODAY)}, None),
        ({"expires_on": None, "expires_event": Event(AFTER)}, None),
        ({"expires_on": None, "expires_event": Event(BEFORE)}, "ended March 8"),
        ({"expires_event": Event(BEFORE)}, "ended March 8"),
        ({"expires_on": BEFORE, "expires_event": Event(None)}, "ended March 8"),
        ({"expires_on": BEFORE, "expires_event": Event(AFTER)}, "ended March 8"),
        ({"expires_event": Event(None, on_record=False)}, "ends with something not on record"),
        # Revoked from the day on, in writing or by word alike.
        ({"revoked_on": AFTER, "revoked_how": RevokedHow.WRITTEN}, None),
        (
            {"revoked_on": TODAY, "revoked_how": RevokedHow.WRITTEN},
            "was revoked in writing March 9",
        ),
        ({"revoked_on": BEFORE, "revoked_how": RevokedHow.ORAL}, "was revoked by word March 8"),
        ({"revoked_on": TODAY}, "was revoked March 9"),
        ({"superseded_by": "k-new"}, "was replaced by a newer one"),
        ({"superseded_by": ""}, None),
        ({"capacity": Capacity.LACKS_TEMPORARY}, "was signed without capacity"),
        ({"capacity": Capacity.LACKS_ADJUDICATED}, "was signed without capacity"),
        ({"capacity": Capacity.UNKNOWN}, None),
        ({"signer": None}, "does not say who signed"),
    ],
)
def test_elements(changes: dict[str, Any], why: str | None) -> None:
    assert fault(consent(**changes), MAYA, TODAY) == why


@pytest.mark.parametrize("kind", [kind for kind in ConsentKind if kind != ConsentKind.ORAL])
def test_only_a_tpo_consent_may_be_endless(kind: ConsentKind) -> None:
    found = fault(consent(kind=kind, expires_on=None), MAYA, TODAY)
    assert found == (None if kind == ConsentKind.PART2_TPO else "has no end date")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"signed_on": AFTER}, None),  # begun, and by word nothing is signed
        ({"signed_on": None, "begins_on": TODAY}, None),
        ({"signed_on": TODAY, "begins_on": None}, None),
        ({"signed_on": AFTER, "begins_on": None}, "begins March 10"),
        ({"signed_on": None, "begins_on": AFTER}, "begins March 10"),
        ({"signed_on": None, "begins_on": None}, "has no first day"),
        ({"purpose": ""}, "gives no purpose"),
        ({"expires_on": None}, "has no end date"),
        ({"revoked_on": TODAY}, "was revoked March 9"),
    ],
)
def test_by_word(changes: dict[str, Any], why: str | None) -> None:
    oral = consent(kind=ConsentKind.ORAL, form_on_file=False, statements=frozenset[Statement]())
    assert fault(replace(oral, **changes), MAYA, TODAY) == why


def test_by_word_the_age_counts_on_the_day_it_began() -> None:
    oral = consent(kind=ConsentKind.ORAL, signed_on=None, begins_on=date(2026, 3, 1))
    assert fault(oral, Subject("Maya", date(2008, 3, 1)), TODAY) is None
    young = Subject("Maya", date(2008, 3, 2))
    assert fault(oral, young, TODAY) == "was signed by Maya before turning 18"
    signed = replace(oral, signed_on=date(2026, 3, 2))
    assert fault(signed, young, TODAY) is None


UNDER_AGE = "was signed by Maya before turning 18"


@pytest.mark.parametrize(
    ("born", "rows", "why"),
    [
        (date(2008, 1, 28), (None, None), None),  # 18 on the very day of signing
        (date(2008, 1, 29), (None, None), UNDER_AGE),
        (date(2008, 1, 29), (16, 16), None),
        (date(2009, 1, 28), (17, 17), None),  # 17 on the very day of signing
        (date(2009, 1, 29), (17, 17), UNDER_AGE),
        (date(2008, 1, 29), (16, None), UNDER_AGE),  # the form touches both kinds of care
        (date(2008, 1, 29), (None, 16), UNDER_AGE),
        (date(2008, 1, 29), (16, 18), UNDER_AGE),  # the higher age counts
        (date(2008, 1, 28), (21, 21), None),  # nobody grown is asked for more
        (None, (None, None), "needs Maya's birth date on record"),
        (None, (12, 12), "needs Maya's birth date on record"),
    ],
)
def test_the_clients_own_signature(
    born: date | None, rows: tuple[int | None, int | None], why: str | None
) -> None:
    of_care = replace(GOOD, topics=GOOD.topics & (MENTAL_HEALTH | SUBSTANCE_USE))
    assert fault(of_care, Subject("Maya", born, *rows), TODAY) == why
    if born and born > date(2008, 1, 28):  # money is in neither row
        assert fault(GOOD, Subject("Maya", born, *rows), TODAY) == UNDER_AGE


@pytest.mark.parametrize(
    ("changes", "enough"),
    [
        ({"kind": ConsentKind.HIPAA, "topics": topics("progress")}, 14),
        ({"kind": ConsentKind.HIPAA, "topics": topics("substance_use")}, 12),
        ({"kind": ConsentKind.HIPAA, "topics": topics("progress", "substance_use")}, 14),
        ({"kind": ConsentKind.PART2_SPECIFIC, "topics": topics("substance_use")}, 12),
        ({"kind": ConsentKind.PART2_SPECIFIC, "topics": topics("progress")}, 14),
        ({"topics": topics()}, 12),
        ({"kind": ConsentKind.HIPAA, "topics": topics("progress", "reproductive")}, 18),
        ({"kind": ConsentKind.PART2_SPECIFIC, "topics": topics("hiv_sti")}, 18),
        ({"kind": ConsentKind.HIPAA, "topics": topics()}, 18),
    ],
)
def test_what_a_form_touches_decides_which_row_is_asked(
    changes: dict[str, Any], enough: int
) -> None:
    young = Subject("Maya", date(2012, 1, 1), mental_health_from=14, substance_use_from=12)
    assert own_consent_from(consent(**changes), young) == enough


@given(
    st.sets(st.sampled_from(Topic), min_size=1),
    st.sampled_from(Topic),
    st.tuples(st.integers(10, 18), st.integers(10, 18)),
    st.sampled_from(ConsentKind),
)
def test_a_topic_more_never_lets_a_younger_one_sign(
    some: set[Topic], another: Topic, ages: tuple[int, int], kind: ConsentKind
) -> None:
    subject = Subject("Maya", date(2012, 1, 1), *ages)
    fewer, more = (
        own_consent_from(consent(kind=kind, topics=frozenset(each)), subject)
        for each in (some, some | {another})
    )
    assert fewer <= more
    assert more >= min(ages)
    named = some <= {*SUBSTANCE_USE, *MENTAL_HEALTH}
    assert named or fewer == 18


def test_what_a_minor_signed_under_the_table_stays_good() -> None:
    born = date(2008, 2, 29)
    subject = Subject("Maya", born, 17, 17)
    of_care = topics("progress", "substance_use")
    signed = consent(signed_on=date(2025, 3, 1), begins_on=None, topics=of_care)
    assert fault(signed, subject, date(2026, 2, 28)) is None
    assert fault(signed, subject, date(2026, 3, 1)) is None  # the 18th birthday
    the_day_before = consent(signed_on=date(2025, 2, 28), begins_on=None, topics=of_care)
    assert fault(the_day_before, subject, TODAY) == UNDER_AGE


def test_all_that_is_wanting() -> None:
    blank = Consent("draft", ConsentKind.PART2_SPECIFIC, frozenset(), topics())
    assert [wanting(each) for each in faults(blank, MAYA, TODAY)] == [
        "no topics",
        "no purpose",
        "no end date",
        "no form on file",
        "no line \u201cConsent can be ended at any time\u201d",
        "no line \u201cWhat happens if it is not signed\u201d",
        "no line \u201cWhat was shared may be passed on\u201d",
        "not signed",
        "does not say who signed",
    ]
    old = consent(expires_on=BEFORE, signer=None, superseded_by="k-new")
    assert faults(old, MAYA, TODAY) == (
        "ended March 8",
        "does not say who signed",
        "was replaced by a newer one",
    )
    assert faults(GOOD, MAYA, TODAY) == ()


@pytest.mark.parametrize(
    ("born", "signed_on", "good"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2008, 2, 28), date(2026, 2, 28), True),
        (date(2008, 3, 1), date(2026, 2, 28), False),
    ],
)
def test_born_on_a_leap_day(born: date, signed_on: date, *, good: bool) -> None:
    subject = Subject("Maya", born)
    signed = consent(signed_on=signed_on, begins_on=None)
    assert (fault(signed, subject, TODAY) is None) == good
    by_parent = consent(signer=Signer.PARENT)
    assert (fault(by_parent, subject, signed_on) is None) != good


@pytest.mark.parametrize(
    ("born", "why"),
    [
        (date(2008, 3, 10), None),
        (date(2008, 3, 9), "was signed by a parent and Maya is 18 now"),
        (None, "needs Maya's birth date on record"),
    ],
)
def test_a_parents_signature(born: date | None, why: str | None) -> None:
    by_parent = consent(signer=Signer.PARENT)
    assert fault(by_parent, Subject("Maya", born), TODAY) == why


@pytest.mark.parametrize(
    "signer", [Signer.GUARDIAN, Signer.HEALTH_CARE_AGENT, Signer.OTHER_REPRESENTATIVE]
)
def test_others_sign_by_authority(signer: Signer) -> None:
    unborn = Subject("Maya", None)
    for authority in (None, "", "  "):
        found = fault(consent(signer=signer, signer_authority=authority), unborn, TODAY)
        assert found == "does not say by what authority it was signed"
    letters = consent(signer=signer, signer_authority="Letters of guardianship, 2024")
    assert fault(letters, unborn, TODAY) is None


def test_last_day_and_how_long_it_covers() -> None:
    assert last_day(consent(expires_on=None)) is None
    assert last_day(consent(expires_event=Event(TODAY))) == TODAY
    assert covers_until(GOOD, MAYA) == date(2026, 6, 30)
    assert covers_until(consent(revoked_on=TODAY), MAYA) == BEFORE
    assert covers_until(consent(revoked_on=date.min), MAYA) == date.min
    assert covers_until(consent(expires_on=None), MAYA) is None
    by_parent = consent(signer=Signer.PARENT)
    assert covers_until(by_parent, Subject("Maya", date(2008, 3, 10))) == TODAY
    assert covers_until(by_parent, Subject("Maya", None)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("born", "grown"),
    [
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2008, 3, 31), date(2026, 3, 31)),
        (date(9990, 1, 1), date.max),
    ],
)
def test_coming_of_age(born: date, grown: date) -> None:
    assert coming_of_age(born) == grown
