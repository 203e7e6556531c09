"""The letters that grow all week: what each reader's next one would say now, and what waits."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from cmdesk.casework import next_letter
from cmdesk.casework.next_letter import Growing
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, headed, line, row
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_, Words

MOST: Final = 3  # lines of each letter on the rail


def told(words: Words, each: Growing) -> str:
    """Say how much of the days can be shared, and what still waits."""
    if each.no_consent:
        return each.no_consent
    shared = words.ntr(
        "{told} of {n} entry can be shared", "{told} of {n} entries can be shared", each.entries
    ).format(told=each.told, n=each.entries)
    counts = (
        (len(each.waiting), N_("{n} waits for your choice"), N_("{n} wait for your choice")),
        (len(each.unwritten), N_("{n} has no line yet"), N_("{n} have no line yet")),
        (len(each.promises), N_("{n} promise to answer"), N_("{n} promises to answer")),
    )
    parts = [words.ntr(one, many, n).format(n=n) for n, one, many in counts if n]
    return phrases.BETWEEN.join(
        [shared if each.entries else words.tr("Nothing logged yet"), *parts]
    )


def tab_of(each: Growing) -> str:
    """Name the letter as the composer's route does."""
    ending = "" if each.template == "weekly" else f":{each.template}"
    return f"{each.party.key}:{each.first}:{each.last}{ending}"


class NextLetters(QWidget):
    """Out of sight while no plan holds; a name goes on with that letter."""

    def __init__(self, desk: Desk, *, most: int = MOST) -> None:
        """`most` lines of each letter are shown, the newest; 0 shows all."""
        super().__init__()
        self._desk, self._veil, self._most = desk, Veil(desk), most
        self._client_id = 0
        whole = column(self)
        if most:  # a part of the rail
            whole.addSpacing(12)
            whole.addWidget(line())
            whole.addSpacing(11)
        whole.addLayout(headed(desk.words.tr("Next letters")))
        self._place: QVBoxLayout = column(gap=10)
        whole.addSpacing(4)
        whole.addLayout(self._place)
        self.rows: list[QWidget] = []
        self._found: Sequence[Growing] = ()
        desk.privacy.changed.connect(self._on_privacy)
        self.hide()

    def show_client(self, client_id: int) -> None:
        """Ask off the page’s way: a chart is there first."""
        if client_id != self._client_id:
            self._show([])
        self._client_id = client_id
        asked = self._desk.fetch(self, next_letter.growing, client_id)
        asked.then(lambda found: self._show(found) if client_id == self._client_id else None)

    def _show(self, found: Sequence[Growing]) -> None:
        self._found = found
        for old in self.rows:
            old.hide()
            old.deleteLater()
        self.rows = [self._letter(each) for each in found]
        for each in self.rows:
            self._place.addWidget(each)
            each.show()  # now: a layout shows it one turn later, and has no room for it until then
        self.setVisible(bool(found))
        self._make_room()

    def _make_room(self) -> None:
        """Let all around it lay itself out at once: what comes late is squashed until then."""
        around: QWidget | None = self
        while around is not None:
            QApplication.sendPostedEvents(around, QEvent.Type.LayoutRequest)
            around = around.parentWidget()

    def _on_privacy(self) -> None:
        """Veil the names at once: what the records say now comes a moment later."""
        self._show(self._found)

    def _write(self, each: Growing) -> None:
        self._desk.go(Route("composer", self._client_id, tab_of(each)))

    def _letter(self, each: Growing) -> QWidget:
        words, today = self._desk.words, self._desk.today()
        name = self._desk.privacy.name(each.party.called)
        made = QWidget()
        whole = column(made, gap=2)
        head = row(gap=8)
        write = Button(words.tr("For {name}").format(name=name), "link", size="small")
        write.clicked.connect(lambda: self._write(each))
        head.addWidget(write)
        head.addStretch(1)
        due = phrases.due(words, each.due, today)
        head.addWidget(Label(due, "small", phrases.due_ink(each.due, today)))
        whole.addLayout(head)
        said = told(words, each)
        write.setAccessibleDescription(f"{due}. {said}")
        whole.addWidget(Label(said, "small", "warn" if each.no_consent else "text2", wrap=True))
        for one in each.lines[-self._most :]:
            day = words.near_day(one.day, today)
            text = f"{day}: {self._veil.text(one.text)}"
            whole.addWidget(Label(text, "small", "text3", wrap=True))
        return made
