"""To whom a crisis notice goes: asked where more than one may read it, answered with one key."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from cmdesk.casework import composing
from cmdesk.casework.composing import Reader
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDTH = 480
MOST = 6  # choices in sight


def begin_notice(desk: Desk, window: QWidget, client: int, reader: str = "") -> None:
    """Open the notice with its clock running; `reader` is a party, empty to ask which."""
    readers = [each for each in desk.ask(composing.readers, client) if not each.no_consent]
    if not reader and len(readers) == 1:
        reader = readers[0].party.key
    if reader or not readers:
        desk.go(_route(client, reader))
        return
    dialog = CrisisReader(desk, client, readers)
    open_over(window, dialog, dialog.choices[0])


def _route(client: int, reader: str) -> Route:
    return Route("composer", client, f"{reader}:::crisis")


class CrisisReader(Dialog):
    """Offers everybody a consent lets hear of it; nobody is taken without being named."""

    def __init__(self, desk: Desk, client: int, readers: Sequence[Reader]) -> None:
        tr = desk.words.tr
        title = tr("Crisis notice: to whom?")
        super().__init__(title, width=WIDTH, close_word=tr("Close"))
        self._desk, self._client = desk, client
        why = tr("Each reader gets a notice of their own, as far as the consent goes.")
        self.body.addWidget(Label(why, "body", "text2", wrap=True))
        self.choices: list[Button] = []
        agreed = [each for each in readers if each.due_on]
        near = readers if len(readers) <= MOST else (agreed or readers)[:MOST]
        self._elsewhere = [each for each in readers if each not in near]
        for number, each in enumerate(near, start=1):
            keys = str(number)
            name = desk.privacy.name(each.party.full_name)
            choice = Button(name, icon=Icon.MAIL, keys=keys, spread=True)
            choice.clicked.connect(partial(self._write, each.party.key))
            QShortcut(QKeySequence(keys), self).activated.connect(choice.click)
            self.choices.append(choice)
            self.body.addWidget(choice)
        self.others = Button(tr("Someone else"), "plain", size="small", drops=True)
        self.others.clicked.connect(self._open_others)
        self.others.setVisible(bool(self._elsewhere))
        self.body.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_others(self) -> None:
        menu = QMenu(self.others)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._elsewhere:
            name = self._desk.privacy.name(each.party.full_name)
            menu.addAction(name).triggered.connect(partial(self._write, each.party.key))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def _write(self, reader: str, *_: object) -> None:
        self.close_dialog()
        self._desk.go(_route(self._client, reader))


__all__ = ["CrisisReader", "begin_notice"]
