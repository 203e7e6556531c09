"""How a contact was made and what came of it: choices of the log, and figures as typed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Final, TypeVar

from PySide6.QtWidgets import QLineEdit

from cmdesk.casework.contacts import Someone
from cmdesk.errors import Problem
from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome, Part2, Purpose
from cmdesk.rules.log import ALONE, LogDraft, attempted
from cmdesk.ui.icons import Icon

T = TypeVar("T")
NOTE: Final = "note"
AN_AMOUNT: Final = "Write an amount like 14.50."
MILES: Final = "Write miles like 12 or 12.5."
MOST_DOLLARS: Final = 10_000_000
METHODS: Final[dict[str, tuple[str, Icon]]] = {
    Method.PHONE: ("Call", Icon.PHONE),
    Method.TEXT: ("Text", Icon.MESSAGE_SQUARE),
    Method.E_MAIL: ("E-mail", Icon.MAIL),
    Method.IN_PERSON: ("Visit", Icon.MAP_PIN),
    Method.VIDEO: ("Video", Icon.VIDEO),
    NOTE: ("Note", Icon.FILE_TEXT),
}
MADE: Final = (EntryKind.CONTACT, EntryKind.ATTEMPTED_CONTACT)
KINDS: Final = tuple(kind for kind in EntryKind if kind != EntryKind.ATTEMPTED_CONTACT)
OPTIONS: Final = {
    "kind": KINDS,
    "direction": tuple(Direction),
    "outcome": tuple(Outcome),
    "purposes": tuple(Purpose),
    "part2": (Part2.YES, Part2.NO, Part2.UNKNOWN),
}


def fresh(now: datetime, client_id: int | None) -> LogDraft:
    """Begin with what is nearly always right: this client, now."""
    return LogDraft(client_id=client_id, day=now.date(), at=time(now.hour, now.minute))


def matching(people: Sequence[Someone], text: str) -> list[Someone]:
    """Find those each typed word begins a word of; in the order given."""
    wanted = text.casefold().split()
    return [
        someone
        for someone in people
        if all(
            any(part.startswith(word) for part in someone.name.casefold().split())
            for word in wanted
        )
    ]


def with_kind(draft: LogDraft, method: str, kind: str) -> LogDraft:
    """Set method and kind together: a note is no contact, and nobody reached is an attempt."""
    kind = EntryKind.INTERNAL_NOTE if method == NOTE else EntryKind(kind)
    if kind in ALONE:
        return replace(draft, kind=kind, method="", direction="", outcome=Outcome.COMPLETED)
    if kind in MADE:
        kind = EntryKind.ATTEMPTED_CONTACT if attempted(draft) else EntryKind.CONTACT
    return replace(draft, kind=kind, method=method)


def read_miles(text: str) -> float | None:
    """Read 12 or 12.5; nothing typed is None. Raises Problem."""
    plain = text.strip().lower().removesuffix("miles").removesuffix("mi").strip()
    try:
        read = float(Decimal(plain)) if plain else None
    except (InvalidOperation, ValueError):  # of sNaN
        raise Problem(MILES) from None
    if read is not None and not isfinite(read):
        raise Problem(MILES)
    return read


def read_money(text: str) -> int | None:
    """Read $14.50 or 14 as cents; nothing typed is None. Raises Problem."""
    plain = text.strip().removeprefix("$").replace(",", "")
    try:
        read = Decimal(plain) if plain else None
    except InvalidOperation:
        raise Problem(AN_AMOUNT) from None
    if read is None:
        return None
    if not read.is_finite():
        raise Problem(AN_AMOUNT)
    if not -MOST_DOLLARS <= read <= MOST_DOLLARS:  # abs() fails where the exponent is too large
        raise Problem("This is more than ten million dollars.")
    return round(read * 100)


def money_typed(cents: int | None) -> str:
    """Write 14.50 as it is typed; empty when there is none."""
    return "" if cents is None else f"{cents / 100:.2f}".removesuffix(".00")


def miles_typed(miles: float | None) -> str:
    """Write 12 or 12.5 as it is typed; empty when there are none."""
    return "" if miles is None else f"{miles:g}"


def read_or_none(edit: QLineEdit, read: Callable[[str], T | None]) -> T | None:
    """Give what is typed, or None while it can't be read."""
    try:
        return read(edit.text())
    except Problem:
        return None
