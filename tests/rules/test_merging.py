"""Two records become one person: nobody is told what neither of the two could be told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.making import DIANE, MAYA, TODAY, consent, entry, topics

from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent import (
    Consent,
    Entry,
    Event,
    Outcome,
    Recipient,
    Restriction,
    Subject,
    standing,
    verdict,
)
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.merging import together
from cmdesk.rules.standing import OWN_FORM_KIND
from cmdesk.rules.topics import OWN_FORM, Topic

DAVID: Final = Recipient("p-david", "David", "David Brenner", "father")
WIDTH: Final = (Outcome.KEEP_BACK, Outcome.SHORT, Outcome.SHARE)
NOTES: Final = ConsentKind.PSYCHOTHERAPY_NOTES
ENTRY: Final = entry(topics=topics("progress", "therapy_content"), part2=Part2.NO)
TREATING: Final = ConsentKind.PART2_TPO
KINDS: Final = [each for each in ConsentKind if each != ConsentKind.LEGAL_PROCEEDING]
OWN_FORM_KIND_OF: Final = {kind: frozenset({topic}) for topic, kind in OWN_FORM_KIND.items()}
ORDINARY: Final = [Topic.PROGRESS, Topic.SAFETY]
NAMED: Final = [frozenset({"p-diane"}), frozenset({"p-david"}), frozenset({"p-diane", "p-david"})]


def to(who: Recipient, ref: str, *names: str, **changes: Any) -> Consent:
    return consent(ref=ref, recipients=frozenset({who.ref}), topics=topics(*names), **changes)


def renamed(each: Consent) -> Consent:
    """Let a consent that named David name Diane, who is the same person."""
    refs = {DIANE.ref if ref == DAVID.ref else ref for ref in each.recipients}
    return replace(each, recipients=frozenset(refs))


def merged(
    drawn: Entry,
    consents: list[Consent],
    subject: Subject,
    sides: tuple[Recipient, Recipient],
    after: int = 0,
) -> tuple[int, int]:
    """Return how much each record could be told at best, and the one person after a merge."""
    day = TODAY + timedelta(days=after)
    alone = max(
        WIDTH.index(verdict(drawn, standing(subject, side, consents, (), day)).outcome)
        for side in sides
    )
    held = together(*sides, consents, subject, TODAY)
    wish = Restriction(frozenset({DIANE.ref}), held)
    one = replace(sides[0], tpo=any(side.tpo for side in sides))
    stands = standing(subject, one, map(renamed, consents), (wish,) if held else (), day)
    return alone, WIDTH.index(verdict(drawn, stands).outcome)


# Made once: a strategy made anew for each consent takes longer than drawing from it.
SOME_KIND: Final = st.sampled_from(KINDS)
SOME_TOPICS: Final = st.frozensets(st.sampled_from(ORDINARY), min_size=1)
PARTS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "expires_on": st.sampled_from([TODAY, TODAY + timedelta(days=1), None]),
    "expires_event": st.sampled_from([None, None, Event(None)]),
    "revoked_on": st.sampled_from([None, None, None, TODAY]),
    "recipients": st.sampled_from(NAMED),
}


@st.composite
def some_consents(draw: st.DrawFn) -> Consent:
    """Draw a valid consent of any kind for one record, the other, or both; it may end soon."""
    kind = draw(SOME_KIND)
    listed = OWN_FORM_KIND_OF.get(kind) or draw(SOME_TOPICS)
    parts = {name: draw(part) for name, part in PARTS.items()}
    return consent(kind=kind, topics=listed, **parts)


@settings(max_examples=400)
@given(
    st.frozensets(st.sampled_from([*ORDINARY, *OWN_FORM]), min_size=1, max_size=3),
    st.lists(some_consents(), min_size=1, max_size=5),
    st.sampled_from([(DIANE, DAVID), (replace(DIANE, tpo=True), DAVID)]),
)
def test_the_one_person_is_told_no_more_than_one_record_was(
    about: frozenset[Topic], pile: list[Consent], sides: tuple[Recipient, Recipient]
) -> None:
    consents = [replace(each, ref=f"k{place}") for place, each in enumerate(pile)]
    for one in (sides, (replace(sides[0], tpo=False), replace(sides[1], tpo=sides[0].tpo))):
        for part2 in (Part2.YES, Part2.NO):
            for after in range(3):
                told = entry(topics=about, part2=part2, short_topics=about & {Topic.PROGRESS})
                before, now = merged(told, consents, MAYA, one, after)
                assert now <= before


@pytest.mark.parametrize(
    ("consents", "held"),
    [
        ((to(DIANE, "a", "therapy_content", kind=NOTES), to(DAVID, "b", "progress")), True),
        ((to(DAVID, "a", "therapy_content", kind=NOTES), to(DIANE, "b", "progress")), True),
        ((to(DIANE, "a", "progress"), to(DAVID, "b", "safety")), False),
        (
            (
                to(DIANE, "a", "therapy_content", kind=NOTES),
                to(DIANE, "b", "progress"),
                to(DAVID, "c", "progress"),
            ),
            False,  # the second says nothing that Diane's own did not
        ),
        (
            (
                to(DIANE, "a", "therapy_content", kind=NOTES),
                to(DIANE, "b", "progress", expires_on=TODAY),
                to(DAVID, "c", "progress"),
            ),
            True,  # it would go on when hers has ended
        ),
        (
            (
                to(DIANE, "a", "therapy_content", kind=NOTES, revoked_on=TODAY),
                to(DAVID, "b", "progress"),
            ),
            False,
        ),
    ],
)
def test_a_form_of_its_own_does_not_meet_a_consent_of_the_other_record(
    consents: tuple[Consent, ...], *, held: bool
) -> None:
    found = together(DIANE, DAVID, consents, MAYA, TODAY)
    assert found == (topics("therapy_content") if held else topics())
    before, now = merged(ENTRY, list(consents), MAYA, (DIANE, DAVID))
    assert now == (0 if held else before)


def test_two_forms_of_their_own_do_not_meet() -> None:
    ordinary = [to(DIANE, "a", "progress"), to(DAVID, "b", "progress")]
    own = [
        to(DIANE, "c", "therapy_content", kind=NOTES),
        to(DAVID, "d", "sud_counseling_notes", kind=ConsentKind.SUD_COUNSELING_NOTES),
    ]
    found = together(DIANE, DAVID, ordinary + own, MAYA, TODAY)
    assert found == topics("therapy_content", "sud_counseling_notes")


def test_a_consent_for_treatment_does_not_meet_the_record_that_treats() -> None:
    treats = replace(DAVID, tpo=True)
    consents = [to(DIANE, "a", "progress", kind=TREATING)]
    own = {"therapy_content", "sud_counseling_notes"}
    assert together(DIANE, treats, consents, MAYA, TODAY) == topics("progress", *own)
    assert together(DIANE, DAVID, consents, MAYA, TODAY) == topics()
    known = [*consents, to(treats, "b", "progress", "safety")]
    assert together(DIANE, treats, known, MAYA, TODAY) == topics()


def test_a_consent_for_treatment_that_named_both_counts_for_the_one_who_treats() -> None:
    """It meets the form of its own that named the other, whom it lets nothing out to."""
    treats = replace(DAVID, tpo=True)
    both = consent(kind=TREATING, recipients=NAMED[-1], topics=topics("progress"))
    own = to(DIANE, "b", "therapy_content", kind=NOTES)
    told = entry(topics=topics("progress", "therapy_content"), part2=Part2.YES)
    assert together(DIANE, treats, [both, own], MAYA, TODAY) == topics("therapy_content")
    assert merged(told, [both, own], MAYA, (DIANE, treats)) == (0, 0)
    assert together(DIANE, DAVID, [both, own], MAYA, TODAY) == topics()
