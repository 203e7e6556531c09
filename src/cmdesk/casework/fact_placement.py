"""What a letter may say of a search for a place: the programs, how each stands, and our ties.

Each line is judged like a signed entry by the mark of the search. That a place is looked at is
`treatment` as well; what it costs is `financial`; what the place must have, and what ties there
are, counts by the topics its own words speak of besides. Nothing is told before the statement of
ties was looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, placement_ties, placements
from cmdesk.casework.fact import NAMED, Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.casework.placement_candidates import Candidate
from cmdesk.casework.placements import Board
from cmdesk.models.placement import PlacementSearch
from cmdesk.rules.letter import PartKind, Step
from cmdesk.rules.placement import Met
from cmdesk.rules.placement_draft import Per
from cmdesk.rules.placement_words import money
from cmdesk.rules.topic_words import suggested
from cmdesk.rules.topics import Topic

PLACES: Final = "places"  # the section of a letter that tells of a search
FINANCIAL: Final = frozenset({Topic.FINANCIAL})


def tells_of_places(about: Case) -> bool:
    """Whether a kind of letter has the section; its dates are the programs then, and no others."""
    return any(part.key == PLACES and part.kind is PartKind.DATES for part in about.template.parts)


def places(session: Session, about: Case) -> list[Fact]:
    """Return the lines of every search; only those of one under way are offered."""
    query = select(PlacementSearch.id, PlacementSearch.closed_on).where(
        PlacementSearch.client_id.in_(merged.own_ids(session, about.client_id))
    )
    found: list[Fact] = []
    for number, closed_on in session.execute(query.order_by(PlacementSearch.id)).all():
        offered = tells_of_places(about) and closed_on is None
        offered = offered and placement_ties.stated(session, number)
        found += _of(about, placements.board(session, number), offered=offered)
    return found


def _of(about: Case, board: Board, *, offered: bool) -> Iterator[Fact]:
    for each in board.candidates:
        what, tell = f"place {each.id}", offered and each.going
        needs, price = _needs(about, board, each), _price(about, each)
        name = _name(about, each)
        ways = [
            (_said(name, needs, price), NAMED | FINANCIAL | _topics(needs)),
            (_said(name, needs), NAMED | _topics(needs)),
            (_said(name, _counted(about, each)), NAMED),
        ]
        known: set[str] = set()
        for text, topics in ways:
            if text not in known:
                known.add(text)
                yield _fact(about, board, what, text, topics, each.since, offered=tell)
    for at, line in enumerate(filter(None, board.conflict_statement.splitlines())):
        topics = NAMED | _topics(line)
        yield _fact(
            about, board, f"tie {board.id} {at}", line.strip(), topics, None, offered=offered
        )


def _fact(
    about: Case,
    board: Board,
    what: str,
    text: str,
    topics: frozenset[Topic],
    day: date | None,
    *,
    offered: bool,
) -> Fact:
    when = about.words.weekday_date(day) if day else about.words.tr("First")
    verdict = judged(about, topics, board.form.part2, text)
    due = day or date.min  # our ties stand above the programs
    return Fact(what, text, verdict, PartKind.DATES, due, Step(when, text, ""), offered)


def _topics(words: str) -> frozenset[Topic]:
    return frozenset(suggested(words)) if words else frozenset()


def _said(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _name(about: Case, each: Candidate) -> str:
    name = each.known.name
    where = f"{name}, {each.known.where}" if each.known.where else name
    return f"{where}: {about.words.tr(each.column.label).lower()}."


def _counted(about: Case, each: Candidate) -> str:
    met, of = each.met
    return about.words.tr("{met} of {of} must-haves.").format(met=met, of=of) if of else ""


def _needs(about: Case, board: Board, each: Candidate) -> str:
    """Name what a place lacks and what is still asked, beside how many it has."""
    tr, counted = about.words.tr, _counted(about, each)
    lacks = _named(board, each, Met.NO)
    open_ones = _named(board, each, Met.UNKNOWN)
    said = [counted]
    said += [tr("Not met: {what}.").format(what=about.words.listed(lacks))] if lacks else []
    said += (
        [tr("Still asked: {what}.").format(what=about.words.listed(open_ones))] if open_ones else []
    )
    return _said(*said)


def _named(board: Board, each: Candidate, met: Met) -> Sequence[str]:
    pairs = zip(board.needs, each.findings, strict=True)
    return [need.text for need, found in pairs if need.must and found.met is met]


def _price(about: Case, each: Candidate) -> str:
    form, place = each.form, each.known.place
    quoted = form.quoted_cents is not None
    cents, per = (form.quoted_cents, form.quoted_per) if quoted else (place.cents, place.per)
    if cents is None:
        return ""
    known = per in {each.value for each in Per}
    rate = about.words.tr(Per(per).label) if known else ""
    return about.words.tr("Cost: {amount}.").format(amount=_said(money(cents), rate))
