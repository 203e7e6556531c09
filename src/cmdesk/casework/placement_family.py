"""What the client and the family say of a place: their words, with who and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, parties
from cmdesk.models.client import CircleMember
from cmdesk.models.person import Person
from cmdesk.models.placement import FamilyWord, PlacementSearch
from cmdesk.rules.codes import Relationship
from cmdesk.rules.leak_text import folded
from cmdesk.rules.placement_draft import Leaning

TWO: Final = 2
OTHERS: Final = "somebody else’s words about a place"
PARENTS: Final = frozenset(
    tie.label.lower()
    for tie in (Relationship.MOTHER, Relationship.FATHER, Relationship.STEP_PARENT)
)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said. `theirs`: the client’s own; `who` is how they stand, such as mother."""

    id: int
    candidate_id: int | None
    person_id: int | None
    called: str
    who: str
    theirs: bool
    said_on: date | None
    words: str
    leaning: str

    @property
    def said(self) -> str:
        return self.words or (Leaning(self.leaning).value if self.leaning else "")


def words_of(session: Session, search_id: int, own_person: int) -> tuple[Word, ...]:
    """Return all that was said in a search, oldest first."""
    query = select(FamilyWord).where(FamilyWord.search_id == search_id)
    rows = session.scalars(query.order_by(FamilyWord.said_on.nulls_first(), FamilyWord.id)).all()
    if not rows:
        return ()
    ties, own = _ties(session, search_id), set(merged.person_ids(session, own_person))
    return tuple(_word(session, row, ties, own) for row in rows)


def of_others(
    session: Session, clients: Collection[int], reader: int | None
) -> list[tuple[str, str]]:
    """Return what others than a reader said in the searches of a chart, each with why it stays.

    What one parent says of a place is not told to the other, nor what the client says of it; what
    the reader said as well is the reader’s own.
    """
    query = (
        select(FamilyWord.person_id, FamilyWord.words)
        .join(PlacementSearch, PlacementSearch.id == FamilyWord.search_id)
        .where(PlacementSearch.client_id.in_(clients), FamilyWord.words != "")
        .order_by(FamilyWord.id)
    )
    rows = session.execute(query).all()
    own = {folded(words) for who, words in rows if who is not None and who == reader}
    return [(words, OTHERS) for _, words in rows if folded(words) not in own]


def _word(session: Session, row: FamilyWord, ties: dict[int, str], own: set[int]) -> Word:
    person = session.get(Person, row.person_id) if row.person_id else None
    called = parties.called(person) if person else ""
    return Word(
        id=row.id,
        candidate_id=row.candidate_id,
        person_id=row.person_id,
        called=called,
        who=ties.get(row.person_id or 0, "") or called,
        theirs=row.person_id in own,
        said_on=row.said_on,
        words=row.words,
        leaning=row.leaning,
    )


def _ties(session: Session, search_id: int) -> dict[int, str]:
    """Map people of the circle to how they stand to the client, in lower case."""
    query = (
        select(CircleMember.person_id, CircleMember.relationship)
        .join(PlacementSearch, PlacementSearch.client_id == CircleMember.client_id)
        .where(PlacementSearch.id == search_id, CircleMember.relationship != "")
    )
    return {person: Relationship(tie).label.lower() for person, tie in session.execute(query).all()}


def told(words: Sequence[Word], *, theirs: bool) -> str:
    """Sum up in one line what the client, or the others, last said; alike for two is `both`."""
    newest: dict[int | None, Word] = {}
    for word in words:
        if word.theirs is theirs:
            newest.pop(word.person_id, None)
            newest[word.person_id] = word
    last = sorted(newest.values(), key=lambda each: each.id)
    if theirs or not last:
        return _sentence(last[-1].said) if last else ""
    said = {word.said.casefold() for word in last}
    if len(last) == TWO and len(said) == 1 and all(word.who in PARENTS for word in last):
        return f"Both {_within(last[0].said)}"
    return _sentence(", ".join(f"{word.who} {_within(word.said)}" for word in last))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _within(words: str) -> str:
    """Write words as they go on within a line; what stands in quotes stays as it is."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]
