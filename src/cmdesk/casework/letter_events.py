"""What became of a letter that left. Rows are only ever added; the newest says where it stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, disclosures, drafts
from cmdesk.errors import Problem
from cmdesk.models.consent import Disclosure
from cmdesk.models.update import LetterEvent, UpdateCopy
from cmdesk.rules.days import near
from cmdesk.rules.letter_state import CLOSED, REACHED, TOLD, LetterState

LEFT: Final = "left"  # of one that is withdrawn: it went out, though nobody confirmed that
STAYED: Final = "stayed"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one letter stands, since which day, why, and which copy took its place."""

    state: LetterState = LetterState.HANDED_OVER
    on: date | None = None
    note: str = ""
    other: int | None = None

    @property
    def closed(self) -> bool:
        return self.state in CLOSED

    @property
    def told(self) -> bool:
        """Whether it reached its way to the reader, so that sending it anew is telling anew."""
        return self.state in TOLD


def state_of(session: Session, copy_id: int) -> Stand:
    return states(session, [copy_id]).get(copy_id, Stand())


def states(session: Session, copy_ids: Collection[int]) -> Mapping[int, Stand]:
    """Return where letters stand; one that nothing became of is left out."""
    newest = (
        select(func.max(LetterEvent.id))
        .where(LetterEvent.update_copy_id.in_(copy_ids))
        .group_by(LetterEvent.update_copy_id)
    )
    rows = session.scalars(select(LetterEvent).where(LetterEvent.id.in_(newest)))
    return {row.update_copy_id: _stand(row) for row in rows}


def _stand(row: LetterEvent) -> Stand:
    return Stand(LetterState(row.kind), row.happened_on, row.note, row.other_copy_id)


@dataclass(frozen=True, slots=True)
class Became:
    """What is typed of it: the day, a word of why, and whether one that is withdrawn went out."""

    day: date | None = None
    note: str = ""
    left: str = ""


def become(
    session: Session, copy_id: int, state: LetterState, typed: Became, draft_key: str = ""
) -> None:
    """Put down what became of a letter, and let its typing go. Raises Problem."""
    on = typed.day or clock.today(session)
    match state:
        case LetterState.CAME_BACK:
            bounced(session, copy_id, on, typed.note)
        case LetterState.WITHDRAWN:
            if not typed.left and asks_whether_it_left(session, copy_id):
                raise Problem("Say whether the letter left.", "If it did, it stays told.")
            withdrawn(session, copy_id, on, typed.note, left=typed.left == LEFT)
        case LetterState.ACKNOWLEDGED:
            acknowledged(session, copy_id, on, typed.note)
        case _:
            confirm_sent(session, copy_id, on)
    if draft_key:
        drafts.discard(session, draft_key)


def confirm_sent(session: Session, copy_id: int, on: date) -> int:
    """Say that a letter was sent on a day. Raises Problem."""
    return _add(session, copy_id, LetterState.SENT, on)


def acknowledged(session: Session, copy_id: int, on: date, note: str = "") -> int:
    """Say that its reader has read it. Raises Problem."""
    return _add(session, copy_id, LetterState.ACKNOWLEDGED, on, note)


def bounced(session: Session, copy_id: int, on: date, note: str) -> int:
    """Say that a letter came back; the accounting gets a row that it was not delivered."""
    number = _add(session, copy_id, LetterState.CAME_BACK, on, note)
    why = f"Came back {near(on, clock.today(session))}, not delivered"
    _correct(session, copy_id, f"{why}: {note.strip()}" if note.strip() else f"{why}.")
    return number


def asks_whether_it_left(session: Session, copy_id: int) -> bool:
    """Whether nobody said yet what became of a letter: it may have gone out, or not."""
    return state_of(session, copy_id).state is LetterState.HANDED_OVER


def withdrawn(session: Session, copy_id: int, on: date, why: str, *, left: bool = False) -> int:
    """Withdraw a letter: it counts as written no longer.

    What was sent, or is said to have `left`, stays told (42 CFR 2.25): its row of the accounting
    counts on, with the reason beside it. One that was not sent, or came back, is taken out of what
    counts. Raises Problem, also without a reason.
    """
    if not why.strip():
        raise Problem("Say why the letter is withdrawn.", "One sentence is enough.")
    before = state_of(session, copy_id)
    number = _add(session, copy_id, LetterState.WITHDRAWN, on, why)
    day = near(on, clock.today(session))
    out = before.state in REACHED or (left and before.state is LetterState.HANDED_OVER)
    said = f"Withdrawn {day}, {_when(before.state, out=out)}: {why.strip()}"
    disclosed = newest_disclosure(session, copy_id)
    if out and disclosed is not None:
        disclosures.note(session, disclosed.uid, said)
    else:
        _correct(session, copy_id, said)
    return number


def _when(before: LetterState, *, out: bool) -> str:
    if out:
        return "after it was sent"
    back = before is LetterState.CAME_BACK
    return "after it came back" if back else "before it was known to be sent"


def reissued(session: Session, old: int, new: int) -> int:
    """Say that a corrected copy took a letter's place. Raises Problem."""
    return _add(session, old, LetterState.REPLACED, clock.today(session), other=new)


def handed_again(session: Session, copy_id: int) -> int:
    """Say that a letter that had gone out, or came back, was handed over once more."""
    return _add(session, copy_id, LetterState.HANDED_OVER, clock.today(session))


def stands_as(session: Session, copy_id: int, stand: Stand) -> int:
    """Say that a letter stands as it stood before: it was not handed over again after all."""
    return _add(session, copy_id, stand.state, clock.today(session), stand.note)


def _add(
    session: Session,
    copy_id: int,
    state: LetterState,
    on: date,
    note: str = "",
    other: int | None = None,
) -> int:
    copy, now = _copy(session, copy_id), state_of(session, copy_id)
    if now.closed:
        raise Problem(f"This letter was {now.state.label.lower()}.", "Nothing can follow that.")
    if on > clock.today(session):
        raise Problem("That day has not come yet.", "Give today, or a day before.")
    if on < handed_over_on(session, copy):
        raise Problem("The letter was not handed over yet on that day.", "Give a later day.")
    row = LetterEvent(
        update_copy_id=copy_id,
        kind=state.value,
        happened_on=on,
        note=note.strip(),
        other_copy_id=other,
    )
    session.add(row)
    session.flush()
    return row.id


def _copy(session: Session, copy_id: int) -> UpdateCopy:
    copy = session.get(UpdateCopy, copy_id)
    if copy is None:
        raise Problem("This letter is no longer there.", "Close the page and open it again.")
    return copy


def handed_over_on(session: Session, copy: UpdateCopy) -> date:
    """Return the local day a letter left."""
    return (copy.sent_at or copy.created_at).astimezone(clock.zone(session)).date()


def _correct(session: Session, copy_id: int, why: str) -> None:
    """Add the accounting's row; a letter that came with a file has none of its own."""
    disclosed = newest_disclosure(session, copy_id)
    if disclosed is not None:
        disclosures.correct(session, disclosed.uid, why)


def newest_disclosure(session: Session, copy_id: int) -> Disclosure | None:
    """Return the row of the last time a letter was told: the first, or the one since.

    One that was taken back did not happen; where all were, the first stands for the letter.
    """
    copy = _copy(session, copy_id)
    if copy.disclosure_id is None:
        return None
    first = session.get(Disclosure, copy.disclosure_id)
    if copy.document_id is None:
        return first
    again = (
        select(Disclosure)
        .where(
            Disclosure.document_id == copy.document_id,
            Disclosure.correction_of_id.is_(None),
        )
        .order_by(Disclosure.id.desc())
    )
    rows = session.scalars(again).all()
    return next((row for row in rows if not disclosures.taken_back(session, row)), first)
