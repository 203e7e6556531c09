"""The verdict against a second, literal reading of its law, and what holds whatever is drawn."""

from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules import making, oracle
from tests.rules.making import DIANE, TODAY

from cmdesk.rules.codes import ConsentKind, Mark
from cmdesk.rules.consent import (
    Consent,
    Entry,
    Outcome,
    Recipient,
    Restriction,
    Subject,
    Verdict,
    fault,
    standing,
    verdict,
)
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.topics import Topic

pytestmark = pytest.mark.unmeasured
# Drawing is slow and judging is quick: each drawn case is asked in every way there is.
MANY = settings(max_examples=300)
FEWER = settings(max_examples=100)
VARIANTS = [
    (day, reader, part2, mark)
    for day in making.DAYS
    for reader in making.READERS
    for part2 in Part2
    for mark in (None, *Mark)
]
RANK = {Outcome.KEEP_BACK: 0, Outcome.SHORT: 1, Outcome.SHARE: 2}
PILES = making.piles()
HOLDS = st.lists(making.restrictions(), max_size=2)
OPEN_HOLDS = st.lists(making.restrictions(), max_size=1)


def outcome(
    entry: Entry,
    subject: Subject,
    consents: list[Consent],
    restrictions: list[Restriction],
    reader: Recipient = DIANE,
) -> Outcome:
    return verdict(entry, standing(subject, reader, consents, restrictions, TODAY)).outcome


@MANY
@given(making.entries(), making.subjects(), PILES, HOLDS)
def test_as_the_law_says(
    drawn: Entry, subject: Subject, consents: list[Consent], restrictions: list[Restriction]
) -> None:
    for day, reader, part2, mark in VARIANTS:
        entry = replace(drawn, part2=part2, marks={DIANE.ref: mark} if mark else {})
        expected = oracle.answer(entry, subject, reader, consents, restrictions, day)
        given_ = verdict(entry, standing(subject, reader, consents, restrictions, day))
        answered = oracle.Answer(given_.outcome, given_.rule, given_.text, given_.consent)
        assert answered == expected
        assert given_.why


@MANY
@given(making.consents(), making.subjects())
def test_valid_as_the_law_says(consent: Consent, subject: Subject) -> None:
    for day in making.DAYS:
        assert (fault(consent, subject, day) is None) == oracle.is_valid(consent, subject, day)


def narrowed(consents: list[Consent], **changes: Any) -> list[Consent]:
    """Return them with the first changed, if there is one."""
    return [replace(one, **changes) for one in consents[:1]] + consents[1:]


@FEWER
@given(making.entries(), making.subjects(), PILES, HOLDS, making.restrictions())
def test_what_narrows_never_opens_anything(
    entry: Entry,
    subject: Subject,
    consents: list[Consent],
    drawn: list[Restriction],
    added: Restriction,
) -> None:
    listed = consents[0].topics if consents else frozenset[Topic]()
    for reader, restrictions in product(making.READERS, (drawn, drawn[:1], [])):
        share = partial(outcome, subject=subject, reader=reader)
        before = RANK[share(entry, consents=consents, restrictions=restrictions)]
        for topic in making.USED:
            fewer = narrowed(consents, topics=listed - {topic})
            without = RANK[share(entry, consents=fewer, restrictions=restrictions)]
            assert without <= before, f"{topic} taken from a consent"
        ended = narrowed(consents, revoked_on=TODAY)
        revoked = RANK[share(entry, consents=ended, restrictions=restrictions)]
        assert revoked <= before, "a revocation"
        restricted = RANK[share(entry, consents=consents, restrictions=[*restrictions, added])]
        assert restricted <= before, "a restriction"
        unmarked = replace(entry, marks={})
        assert before <= RANK[share(unmarked, consents=consents, restrictions=restrictions)], "mark"


@FEWER
@given(making.entries(), making.subjects(), PILES.flatmap(st.permutations), OPEN_HOLDS)
def test_the_order_of_consents_does_not_matter(
    entry: Entry, subject: Subject, consents: list[Consent], restrictions: list[Restriction]
) -> None:
    in_order = sorted(consents, key=lambda consent: consent.ref)
    assert verdict(entry, standing(subject, DIANE, consents, restrictions, TODAY)) == verdict(
        entry, standing(subject, DIANE, in_order, restrictions, TODAY)
    )


@MANY
@given(making.entries(), making.subjects(), PILES)
def test_what_comes_out_is_a_line_of_the_entry_and_part_2_needs_its_own_consent(
    entry: Entry, subject: Subject, consents: list[Consent]
) -> None:
    for reader in making.READERS:
        given_ = verdict(entry, standing(subject, reader, consents, (), TODAY))
        nothing_but_a_line_comes_out(given_, entry, reader, consents)
        if reader == DIANE and given_.outcome is not Outcome.KEEP_BACK and entry.part2 != Part2.NO:
            kinds = {consent.kind for consent in consents if consent.ref in given_.consents}
            assert ConsentKind.PART2_SPECIFIC in kinds
            assert given_.part2


def nothing_but_a_line_comes_out(
    given_: Verdict, entry: Entry, reader: Recipient, consents: list[Consent]
) -> None:
    if given_.outcome is Outcome.KEEP_BACK:
        assert (given_.text, given_.consent, given_.consents) == (None, None, ())
        return
    own_line = entry.family_line if given_.outcome is Outcome.SHARE else entry.short_line
    assert given_.text in (own_line, None)
    assert given_.text is None or given_.text.strip()
    assert given_.text is not None or given_.outcome is Outcome.SHARE
    assert not given_.topics & {Topic.PRIVATE, Topic.OTHER_PERSON}
    assert not entry.topics & {Topic.PRIVATE, Topic.OTHER_PERSON}
    relied_on = {consent.ref: consent for consent in consents if consent.ref in given_.consents}
    assert given_.consent in relied_on
    assert given_.topics <= frozenset[Topic]().union(*(c.topics for c in relied_on.values()))
    assert all(reader.ref in consent.recipients for consent in relied_on.values())
