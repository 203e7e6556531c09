"""One row by its number, or a plain sentence that it is gone."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.models.base import Record

R = TypeVar("R", bound=Record)
LOOK_AGAIN = "Close the dialog and look again."


def stored(session: Session, model: type[R], number: int, what: str, hint: str = LOOK_AGAIN) -> R:
    """Return a row; `what` names it as "task" does. Raises Problem if it is no longer there."""
    row = session.get(model, number)
    if row is None:
        raise Problem(f"This {what} is no longer there.", hint)
    return row


def refuse_changed(now: object, opened: object, what: str = "") -> None:
    """Refuse to write over a change made since a row was opened; both are its versions.

    Raises Problem; `what` names the row as "task" does.
    """
    if now != opened:
        named = f"This {what}" if what else "This"
        raise Problem(f"{named} was changed elsewhere.", "Open it again to see how.")


def copy_typed(form: object, names: Iterable[str], row: Record) -> None:
    """Write what was typed into its row, words without the space around them."""
    for name in names:
        value = getattr(form, name)
        setattr(row, name, value.strip() if type(value) is str else value)
