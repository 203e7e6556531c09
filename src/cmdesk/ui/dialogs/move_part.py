"""What every dialog over a part of a move does: save, take away, keep the draft, say failures."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from PySide6.QtWidgets import QWidget

from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
P = TypeVar("P", bound="MoveSheet[Any]")
WIDE: Final = 640


class Said(NamedTuple):
    """The words of the acts: `save` and `remove` for undo, `saved` and `removed` once done."""

    save: str
    saved: str
    remove: str = ""
    removed: str = ""


class MoveSheet(RecordSheet[D]):
    """A part of a move, new or one there is. `kind` begins the key its draft is kept under."""

    first = ""  # the field typing begins in

    def __init__(self, desk: Desk, title: str, kind: str, wish: Wish, said: Said) -> None:
        key = f"{kind}:{wish.record}" if wish.record else f"{kind}:{wish.move_id}:new"
        super().__init__(desk, title, key, width=WIDE, client_id=wish.client_id)
        self.wish, self._said, self._veil = wish, said, Veil(desk)
        self.away = Button(said.remove, "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(desk.words.tr("Save"), "primary", keys="Ctrl+Return")

    def end(self, saved: D) -> None:
        """Fill the foot, and show what is saved or was typed before."""
        there = self.wish.record is not None and bool(self._said.remove)
        self.foot_buttons((self.away,) if there else (), self.save_button, self.save)
        self.begin(saved)

    def say_trouble(self, words: str) -> None:
        """Say it as it may be shown: a wish of the client may stand in it."""
        super().say_trouble(self._veil.text(words))

    def translated(self, found: Mapping[str, str]) -> Mapping[str, str]:
        return {name: self.tr_(text) for name, text in found.items()}

    # What each of them writes.

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        """Give the function that keeps the draft, and what it is handed."""
        raise NotImplementedError

    def take(self) -> Callable[..., object]:
        """Give the function that takes the part away by its number."""
        raise NotImplementedError

    def save(self) -> None:
        """Keep it as typed."""
        if not self.ready(self.save_button):
            return
        work, args = self.keep()
        doing = self.desk.do(self, Act(self._said.save), work, *args)
        self.close_after(doing, self.save_button, self._said.saved)

    def _take_away(self) -> None:
        doing = self.desk.do(self, Act(self._said.remove), self.take(), self.wish.record)
        self.close_after(doing, self.away, self._said.removed, saved=False)


def open_part(desk: Desk, window: QWidget, wish: Wish, kind: type[P]) -> P:
    """Open a dialog over the window; where one of its kind is open already, give that."""
    standing = standing_open(window, kind)
    if standing is not None:
        return standing
    make: Callable[[Desk, Wish], P] = kind  # pyright: ignore[reportAssignmentType] - each takes these two
    dialog = make(desk, wish)
    again = Wish(wish.wants, wish.client_id, wish.move_id, wish.record)  # numbers alone
    dialog.again = lambda desk, window: open_part(desk, window, again, kind)
    open_over(window, dialog, dialog.keeper.place(dialog.field(dialog.first).editor))
    return dialog
