"""Throwing a begun letter away: gone from every list at once, and back by the toast's Undo."""

from functools import partial
from typing import Final

from cmdesk.casework import letter_drafts
from cmdesk.casework.drafts import Kept
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import last_try

# Drafts are outside the journal, and announce nothing: lists of letters ask again after this.
CHANGED: Final = Change(frozenset({("family_update", 0)}))


def throw_away(desk: Desk, key: str, reader: str) -> None:
    """Throw the draft of the letter to a reader away; the toast puts back what was typed."""
    tr = desk.words.tr
    last_try.let_be(desk, key)
    desk.letter_thrown.emit(key)
    told = tr("The letter for {name} is thrown away").format(name=desk.privacy.name(reader))

    def tell(thrown: list[Kept]) -> None:
        announce(desk)
        desk.say.toast(told, partial(_put_back, desk, thrown) if thrown else None)

    desk.do(desk, tr("Throw a letter away"), letter_drafts.throw_away, key).then(tell)


def _put_back(desk: Desk, thrown: list[Kept]) -> None:
    kept = desk.do(desk, desk.words.tr("Put a letter back"), letter_drafts.put_back, thrown)
    kept.then(lambda _: announce(desk))


def announce(desk: Desk) -> None:
    """Have lists of letters ask again: a draft came or went."""
    desk.changed.emit(CHANGED)
