"""What is said once the records are open: what the opening noticed, and what is still owed."""

from typing import TYPE_CHECKING

from cmdesk.errors import Problem
from cmdesk.ui.dialogs.new_sheet import tell_owed
from cmdesk.ui.widgets.card import column, grounded
from cmdesk.ui.widgets.note import Note

if TYPE_CHECKING:
    from cmdesk.store.store import Store
    from cmdesk.ui.desk import Desk
    from cmdesk.ui.window import Window


def tell(window: "Window", desk: "Desk", store: "Store", *, owed: bool) -> None:
    """Say it in one bar, with the button that pays what is owed; reading only stays in sight."""
    if store.read_only:
        _pin_read_only(window, desk)
    told, store.told[:] = list(store.told), []
    if owed and not store.read_only:
        tell_owed(desk, window, told)
    elif told:
        desk.say.problem(Problem(" ".join(told)))


def _pin_read_only(window: "Window", desk: "Desk") -> None:
    tr = desk.words.tr
    text = tr("You can look at everything. Nothing you type is kept.")
    bar = grounded("bg")
    inside = column(bar)
    inside.setContentsMargins(24, 8, 24, 8)
    inside.addWidget(Note(text, "warn", lead=tr("Opened to read only.")))
    if window.shell:
        window.shell.pin(bar)
