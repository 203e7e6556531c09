"""Entries that wait for a signature: what each still lacks, and one key for the next."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import worklist
from cmdesk.casework.worklist import Unsigned
from cmdesk.rules.contact_codes import EntryKind, Method
from cmdesk.store.journal import Label as Act
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_foot import FINAL
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label

WIDE = 824
SHOWN = 60  # rows at once; signing these brings the next


class Waiting(QWidget):
    """One entry. Signals: `open_asked(int)`, `sign_asked(int)`."""

    open_asked = Signal(int)
    sign_asked = Signal(int)

    def __init__(self, desk: Desk, entry: Unsigned) -> None:
        super().__init__()
        tr, words = desk.words.tr, desk.words
        self.entry = entry
        whole = row(self, gap=12)
        whole.setContentsMargins(0, 8, 0, 8)
        texts = column(gap=2)
        how = Method(entry.method).label if entry.method else EntryKind(entry.kind).label
        when = words.near_day(entry.at.date(), desk.today())
        at = f"{when}, {words.time(entry.at)}" if entry.time_recorded else when
        length = words.minutes(entry.minutes) if entry.minutes is not None else ""
        said = " \u00b7 ".join(filter(None, (tr(how), at, length)))
        client = desk.privacy.name(entry.client)
        texts.addWidget(Label(said, "body", lead=client))
        opening = "" if desk.privacy.hidden else entry.opening
        texts.addWidget(Label(opening or tr("Nothing written yet"), "small", "text2", elide=True))
        if entry.missing:
            lacking = " ".join(tr(each) for each in entry.missing)
            texts.addWidget(Label(lacking, "small", "warn", wrap=True))
        whole.addLayout(texts, 1)
        name = f"{client}, {at}"
        self.open = Button(tr("Open"), size="small")
        self.open.setAccessibleDescription(name)
        self.open.clicked.connect(self._on_open)
        whole.addWidget(self.open)
        self.sign = Button(tr("Sign"), size="small")
        self.sign.setToolTip(tr(FINAL))
        self.sign.setAccessibleDescription(name)
        self.sign.setEnabled(not entry.missing)
        self.sign.clicked.connect(self._on_sign)
        whole.addWidget(self.sign)
        self.setMinimumHeight(look.px(50))

    def _on_open(self) -> None:
        self.open_asked.emit(self.entry.entry_id)

    def _on_sign(self) -> None:
        self.sign_asked.emit(self.entry.entry_id)


class Worklist(Sheet):
    """Signal `opened(int)`: an entry is to be opened. The oldest stands first."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.tr("Unsigned entries"), width=WIDE)
        self._told = Label("", "small", "text2")
        self._whole = self.lay(QWidget())
        self._whole.addWidget(self._told)
        self._list = column()
        self._whole.addLayout(self._list)
        self._whole.addStretch(1)
        self.rows: list[Waiting] = []
        self.sign_ready = Button(self.tr_("Sign all that lack nothing"))
        self.sign_ready.setToolTip(self.tr_(FINAL))
        self.sign_ready.clicked.connect(self._on_sign_ready)
        self.first_open = Button(self.tr_("Open the first"), "primary", keys="Ctrl+Return")
        self.first_open.clicked.connect(self._on_first)
        self.foot.addStretch(1)
        self.foot.addWidget(self.sign_ready)
        self.foot.addWidget(self.first_open)
        self.on_finish(self._on_first)
        self.show_all()

    def show_all(self) -> None:
        """Ask again what waits."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        waiting = self.desk.ask(worklist.unsigned)
        self.rows = [Waiting(self.desk, each) for each in waiting[:SHOWN]]
        for place, made in enumerate(self.rows):
            if place:
                self._list.addWidget(line())
            made.open_asked.connect(self.opened)
            made.sign_asked.connect(self._on_sign)
            self._list.addWidget(made)
        self._tell(len(waiting))

    def _tell(self, count: int) -> None:
        some = self.desk.words.ntr("{n} entry waits", "{n} entries wait", count).format(n=count)
        self._told.setText(some if count else self.tr_("Nothing waits for your signature."))
        ready = [each for each in self.rows if not each.entry.missing]
        self.sign_ready.setVisible(len(ready) > 1)
        self.first_open.setVisible(bool(count))

    def following(self, entry: int) -> int | None:
        """Give the entry to go on with after this one."""
        return self.desk.ask(worklist.next_unsigned, entry)

    def _on_first(self) -> None:
        if self.rows:
            self.opened.emit(self.rows[0].entry.entry_id)

    def _on_sign(self, entry: int) -> None:
        self._sign([entry])

    def _on_sign_ready(self) -> None:
        self._sign([each.entry.entry_id for each in self.rows if not each.entry.missing])

    def _sign(self, entries: list[int]) -> None:
        act = Act(self.tr_("Sign"), undoable=False, kind="sign")
        signing = self.desk.do(self, act, worklist.sign, entries)
        signing.then(partial(self._on_signed, len(entries))).otherwise(self.say_failed)

    def _on_signed(self, count: int, _nothing: None) -> None:
        words = self.desk.words.ntr("{n} entry signed", "{n} entries signed", count)
        self.desk.done(words.format(n=count))
        self.show_all()


def open_worklist(desk: Desk, parent: QWidget) -> Worklist:
    """Open the worklist over the window `parent` is in."""
    standing = standing_open(parent, Worklist)
    if standing is not None:
        return standing
    dialog = Worklist(desk)
    first = next((each.sign for each in dialog.rows if each.sign.isEnabled()), None)
    opens = dialog.rows[0].open if dialog.rows else dialog.close_button
    open_over(parent, dialog, first or opens)
    return dialog
