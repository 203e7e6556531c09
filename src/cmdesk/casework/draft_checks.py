"""Whether a letter as it was typed may leave: its paragraphs, and the lines the program wrote."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import verdicts
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.fact import Fact
from cmdesk.casework.occasion import Case
from cmdesk.casework.released import Findings, Line
from cmdesk.errors import NothingToShare, Problem
from cmdesk.models.entry import EntryWording
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import PartKind
from cmdesk.rules.letter_entries import LATER, UNWRITTEN


def need_a_line(about: Case, found: Findings) -> None:
    """Raise NothingToShare while no entry of the period may be told to this reader."""
    if found.shared:
        return
    if not (found.unwritten or found.kept_back):
        raise NothingToShare("There is no entry in this period.", "Look at its dates.")
    raise NothingToShare(
        f"Nothing of this period may be shared with {about.party.full_name}.",
        "Look at the reasons with `cmdesk verdicts`, or log what may be told.",
    )


def need_a_consent(about: Case, draft: LetterDraft) -> None:
    """Raise NothingToShare unless typed words may go to this reader, and there are any.

    A consent must name them, and no wish of the client may hold back everything.
    """
    stand = about.standing
    wishes = (wish for wish in stand.restrictions if not (wish.topics or wish.entries))
    held = next(wishes, None)
    asked = f"{about.name.called} asked to keep this from {about.party.called}"
    why = stand.no_consent or (held and (held.reason.strip() or asked))
    if why:
        raise NothingToShare(f"Nothing may be shared with {about.party.full_name}.", f"{why}.")
    rows = (draft.clock, draft.stays, draft.goals, draft.steps, draft.dates, draft.closed)
    if not (draft.paragraphs() or any(rows)):
        raise NothingToShare(
            f"The letter to {about.party.called} says nothing yet.", "Write what it is about."
        )


def as_drafted(session: Session, found: Findings, draft: LetterDraft) -> Findings:
    """Keep the lines the draft uses; refuse one whose verdict is narrower than when written."""
    allowed = {line.entry_id: line for line in found.shared}
    used = [passage for passage in draft.passages if passage.entry_id is not None]
    gone = _lines_gone(session, {passage.entry_id or 0 for passage in used}, allowed)
    for passage in used:
        line = allowed.get(passage.entry_id or 0)
        if line is None or (passage.outcome == Outcome.SHARE and line.verdict != Outcome.SHARE):
            raise Problem(
                "A paragraph of this letter may no longer be shared.",
                "Open the letter again: the list on the left says which entry, and why.",
            )
        if (passage.entry_id, passage.text.strip()) in gone:
            raise Problem(
                "A paragraph of this letter has a line that no longer holds for this reader.",
                "Open the letter again, and it follows; or say it in your own words.",
            )
    ids = {passage.entry_id for passage in used}
    return Findings(
        tuple(line for line in found.shared if line.entry_id in ids),
        found.unwritten,
        found.kept_back,
        tuple(_left_out(found, ids, draft.later) if _tells(draft) else ()),
    )


def _tells(draft: LetterDraft) -> bool:
    """Whether the letter has a section for entries: without one it decides about none."""
    return any(part.kind is PartKind.LINES for part in draft.parts)


def _left_out(
    found: Findings, used: set[int | None], later: Collection[int]
) -> Iterator[tuple[str, str]]:
    for line in found.shared:
        if line.entry_id not in used:
            yield line.entry, LATER if line.entry_id in later else line.verdict
    for entry in found.unwritten:
        yield entry, UNWRITTEN


def _lines_gone(
    session: Session, ids: set[int], allowed: Mapping[int, Line]
) -> set[tuple[int, str]]:
    """Return the lines these entries once had, or have and may not tell this reader."""
    query = select(EntryWording.entry_id, EntryWording.family_line, EntryWording.short_line)
    rows = session.execute(query.where(EntryWording.entry_id.in_(ids)))
    known = {(number, line) for number, *lines in rows for line in lines if line}
    now = {(number, line.text) for number, line in allowed.items()}
    shorter = {
        (number, word.short_line)
        for number, word in verdicts.newest_wording(session, [*ids]).items()
        if number in allowed
    }
    return known - now - shorter


def own_lines(known: Sequence[Fact], draft: LetterDraft) -> list[Fact]:
    """Return the facts of the program's own that the draft tells; refuse one it no longer may.

    Words that another fact lets out to this reader, sign for sign, are not held against a letter.
    """
    told = [fact for fact in known if fact.told(draft)]
    let_out = {text for fact in told if fact.allowed for text in fact.said}
    used = [fact for fact in told if fact.allowed or not let_out.issuperset(fact.found_by)]
    for fact in used:
        if not fact.allowed:
            raise Problem(
                "A line about where things stand may no longer be shared.",
                f"Open the letter again, or take it out where it was typed: “{fact.text}”.",
            )
    return used
