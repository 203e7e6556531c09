"""Consents and entries of the sample people, good in every part unless a test says otherwise."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

from cmdesk.rules.codes import Capacity, ConsentKind, Mark, RevokedHow, Signer, Statement
from cmdesk.rules.consent import (
    Consent,
    Entry,
    Event,
    Recipient,
    Restriction,
    Standing,
    Subject,
    standing,
)
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.topics import Topic

TODAY: Final = date(2026, 3, 9)
MAYA: Final = Subject("Maya", date(2003, 7, 14))
DIANE: Final = Recipient("p-diane", "Diane", "Diane Brenner", "mother")
TESS: Final = Recipient("p-tess", "Tess", "Tess Holloway", "therapist", tpo=True)
READERS: Final = (DIANE, replace(DIANE, tpo=True))
GOOD: Final = Consent(
    ref="k-diane",
    kind=ConsentKind.PART2_SPECIFIC,
    recipients=frozenset({"p-diane"}),
    topics=frozenset(
        {Topic.ATTENDANCE, Topic.PROGRESS, Topic.SAFETY, Topic.SUBSTANCE_USE, Topic.FINANCIAL}
    ),
    purpose="Family support and planning",
    signed_on=date(2026, 1, 28),
    begins_on=date(2026, 1, 28),
    expires_on=date(2026, 6, 30),
    signer=Signer.CLIENT,
    capacity=Capacity.HAS,
    form_on_file=True,
    statements=frozenset(Statement),
    channels=frozenset({"encrypted_pdf"}),
)
ENTRY: Final = Entry(
    ref="e-1",
    status=EntryStatus.SIGNED,
    topics=frozenset({Topic.PROGRESS, Topic.SUBSTANCE_USE}),
    part2=Part2.YES,
    family_line="Maya finished her prevention plan and read it to her group.",
    short_line="Maya had a good week in group.",
    short_topics=frozenset({Topic.PROGRESS}),
)


def consent(**changes: Any) -> Consent:
    return replace(GOOD, **changes)


def entry(**changes: Any) -> Entry:
    return replace(ENTRY, **changes)


def topics(*names: str) -> frozenset[Topic]:
    return frozenset(Topic(name) for name in names)


def stand(
    *consents: Consent,
    restrictions: tuple[Restriction, ...] = (),
    recipient: Recipient = DIANE,
    subject: Subject = MAYA,
    on: date = TODAY,
) -> Standing:
    return standing(subject, recipient, consents, restrictions, on)


# A small world, so that the cases meet: five days, two readers, eight topics.
DAYS: Final = [TODAY + timedelta(days=offset) for offset in range(-2, 3)]
USED: Final = [
    Topic.PROGRESS,
    Topic.MEDICATION,
    Topic.SUBSTANCE_USE,
    Topic.SAFETY,
    Topic.THERAPY_CONTENT,
    Topic.SUD_COUNSELING_NOTES,
    Topic.OTHER_PERSON,
    Topic.PRIVATE,
]
ORDINARY_TOPICS: Final = USED[:4]


def mostly(good: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Draw the good value a dozen times as often as all others together."""
    return st.sampled_from([good] * max(12 * len(others), 1) + list(others))


def some_topics(most: int = 3) -> st.SearchStrategy[frozenset[Topic]]:
    usual = st.frozensets(st.sampled_from(ORDINARY_TOPICS), min_size=1, max_size=most)
    rare = st.frozensets(st.sampled_from(USED), max_size=most)
    return st.sampled_from([usual] * 3 + [rare]).flatmap(lambda chosen: chosen)


def born_days() -> st.SearchStrategy[date | None]:
    """Mostly grown; else 18 around today, around the day of signing, on a leap day, or unknown."""
    young = [date(2008, 3, 8), date(2008, 3, 9), date(2008, 3, 10), date(2008, 2, 29), None]
    return mostly(date(2003, 7, 14), *young)


EVENTS: Final = [
    None,
    Event(None),
    Event(None, on_record=False),
    *(Event(day) for day in DAYS),
]
KINDS: Final = st.sampled_from(
    [*ConsentKind, ConsentKind.HIPAA, ConsentKind.PART2_SPECIFIC, ConsentKind.PART2_SPECIFIC]
)


OWN_TOPIC: Final = {
    ConsentKind.PSYCHOTHERAPY_NOTES: Topic.THERAPY_CONTENT,
    ConsentKind.SUD_COUNSELING_NOTES: Topic.SUD_COUNSELING_NOTES,
}
USUAL: Final = st.frozensets(st.sampled_from(ORDINARY_TOPICS), min_size=1)
LISTED: Final = st.one_of(USUAL, USUAL, st.frozensets(st.sampled_from(USED), max_size=5))
LACKS_OWN: Final = mostly(False, True)
# Made once: a strategy made anew for each consent takes longer than drawing from it.
PARTS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "recipients": mostly(frozenset({"p-diane"}), frozenset({"p-david"}), frozenset[str]()),
    "purpose": mostly("Family support", "", "  "),
    "signed_on": mostly(date(2026, 1, 28), *DAYS, None, date(2026, 1, 5)),
    "begins_on": mostly(None, *DAYS),
    "expires_on": mostly(date(2026, 6, 30), *DAYS, None),
    "expires_event": mostly(*EVENTS),
    "signer": mostly(Signer.CLIENT, *Signer, None),
    "signer_authority": st.sampled_from([None, " ", "Letters of guardianship"]),
    "capacity": mostly(*reversed(Capacity)),
    "form_on_file": mostly(True, False),
    "statements": mostly(
        frozenset(Statement), *(frozenset(Statement) - {one} for one in Statement)
    ),
    "revoked_on": mostly(None, *DAYS),
    "revoked_how": st.sampled_from([None, *RevokedHow]),
    "superseded_by": mostly(None, "k-new", ""),
}


@st.composite
def consents(draw: st.DrawFn, ref: str = "k") -> Consent:
    kind = draw(KINDS)
    own, listed = OWN_TOPIC.get(kind), draw(LISTED)
    about = listed | {own} if own and not draw(LACKS_OWN) else listed
    parts = {name: draw(part) for name, part in PARTS.items()}
    return Consent(ref=ref, kind=kind, topics=about, **parts)


def piles(most: int = 4) -> st.SearchStrategy[list[Consent]]:
    """Draw the consents of one client, each with a ref of its own."""
    counted = [
        st.tuples(*(consents(f"k{number}") for number in range(count))).map(list)
        for count in range(most + 1)
    ]
    return st.sampled_from(range(most, -1, -1)).flatmap(counted.__getitem__)


def restrictions() -> st.SearchStrategy[Restriction]:
    return st.builds(
        Restriction,
        recipients=st.sampled_from(
            [frozenset({"p-diane"}), frozenset({"p-david"}), frozenset[str]()]
        ),
        topics=st.frozensets(st.sampled_from(USED), max_size=2),
        entries=st.frozensets(st.sampled_from(["e-1", "e-2"]), max_size=1),
        until=st.sampled_from([None, *DAYS]),
        reason=st.sampled_from(["", "Maya wants to tell her mother herself"]),
    )


def entries() -> st.SearchStrategy[Entry]:
    lines = mostly("A line.", "Another line.", None, "", " \n")
    return st.builds(
        Entry,
        ref=st.just("e-1"),
        status=mostly(EntryStatus.SIGNED, EntryStatus.DRAFT, EntryStatus.READY_TO_SIGN),
        topics=some_topics(),
        part2=st.sampled_from(Part2),
        family_line=lines,
        short_line=lines,
        short_topics=some_topics(2),
        marks=st.dictionaries(
            st.sampled_from(["p-diane", "p-david"]), st.sampled_from(Mark), max_size=2
        ),
        wrong_chart=mostly(False, True),
        corrected=mostly(False, True),
    )


def subjects() -> st.SearchStrategy[Subject]:
    ages = mostly(None, 12, 17, 18)
    return st.builds(
        Subject,
        called=st.just("Maya"),
        born=born_days(),
        mental_health_from=ages,
        substance_use_from=ages,
    )
