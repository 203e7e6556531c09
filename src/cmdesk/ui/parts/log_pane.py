"""The log of one client: filters, whose eyes to see it with, and the timeline itself."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QWidget

from cmdesk.casework import timeline
from cmdesk.casework.timeline import TimelineRow
from cmdesk.rules.consent import Standing
from cmdesk.ui import icons, look, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.timeline import GUESS, TimelineDelegate
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.long_list import BAR, LongList
from cmdesk.ui.widgets.segmented import Segment, Segmented

TYPING_MS = 150
PAGE = 25  # entries read at a time: each is judged for every reader
EDGE = 24


class _Log(LongList):
    """The timeline. Signal `opened`: Enter on an entry."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class LogPane(QWidget):
    """Signals `opened(int)`: the entry to show; `log_asked`: to write the first one."""

    opened = Signal(int)
    log_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._client_id = desk, 0
        self._standings: Sequence[Standing] = ()
        self._empty: Empty | None = None
        self.model: Table[TimelineRow] = Table(
            [Column("", self._narrative)], self._fetch, self._sentence, self, page=PAGE
        )
        self.delegate = TimelineDelegate(desk, self._row_at)
        self.list = _Log(tr("Log"), look.px(GUESS))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.opened.connect(self._open)
        self.list.doubleClicked.connect(self._open)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.refresh)
        whole = column(self, gap=16)
        whole.addLayout(self._make_bar())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        below = row(gap=0)
        below.setContentsMargins(EDGE, 0, EDGE - BAR, 0)
        below.addWidget(self._stack)
        whole.addLayout(below, 1)

    def _make_bar(self) -> QHBoxLayout:
        tr = self._desk.words.tr
        bar = row()
        bar.setContentsMargins(EDGE, 0, EDGE, 0)
        kinds = (
            ("all", tr("All")),
            ("calls", tr("Calls")),
            ("meetings", tr("Meetings")),
            ("messages", tr("Messages")),
        )
        self.kinds = Segmented([Segment(*kind) for kind in kinds], tr("Kind"), small=True)
        self.kinds.chosen.connect(self.refresh)
        bar.addWidget(self.kinds)
        bar.addStretch(1)
        self.lens = Button(tr("See as: me"), size="small", icon=Icon.EYE, drops=True)
        self.lens.clicked.connect(self.open_lens)
        bar.addWidget(self.lens)
        self.text = line_edit(tr("Find in log"), size="small")
        self.text.setProperty("kind", "soft")
        self.text.setFixedWidth(look.px(152))
        self.text.addAction(
            icons.icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.text.textEdited.connect(self._typing.start)
        bar.addWidget(self.text)
        return bar

    # What the model asks for.

    def _fetch(self, ids: Sequence[int]) -> Sequence[TimelineRow]:
        return self._desk.ask(timeline.rows, ids, self._standings)

    def _row_at(self, place: int) -> TimelineRow | None:
        return self.model.row_at(place)

    def _narrative(self, entry: TimelineRow) -> str:
        return entry.narrative if self.delegate.reader is None else self._sentence(entry)

    def _sentence(self, entry: TimelineRow) -> str:
        words, reader = self.delegate.words, self.delegate.reader
        if reader is None:
            return words.sentence(entry)
        return words.sentence_for_reader(entry, reader)

    # What the page asks for.

    def show_client(self, client_id: int) -> None:
        """Begin with the whole log, seen with one's own eyes."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.text.clear()
            self.kinds.choose("all")
            self.delegate.reader = None
            self.model.forget()
        self.refresh()

    def refresh(self) -> None:
        """Ask again, keeping the entry chosen and the place."""
        standings = self._desk.ask(timeline.standings, self._client_id)
        self._take_readers(standings)
        kind, text = self.kinds.current, self.text.text()
        ids = self._desk.ask(timeline.find, self._client_id, kind, text)
        self.delegate.forget()
        top = self.list.verticalScrollBar().value()
        table.show(self.list, self.model, ids)
        self.list.measure_again()
        self.list.verticalScrollBar().setValue(top)
        self._show_emptiness(found=bool(ids), filtered=kind != "all" or bool(text))

    def _take_readers(self, standings: Sequence[Standing]) -> None:
        """Put family first: they are who is asked about. A reader who is gone is not seen as."""
        was = self._reader_key()
        self._standings = sorted(standings, key=lambda stand: stand.recipient.tpo)
        keys = [stand.recipient.ref for stand in self._standings]
        self.delegate.reader = keys.index(was) if was in keys else None
        self.delegate.family = sum(not stand.recipient.tpo for stand in self._standings)
        self._name_lens()

    def _reader_key(self) -> str:
        reader = self.delegate.reader
        return "" if reader is None else self._standings[reader].recipient.ref

    def _name_lens(self) -> None:
        words, reader = self._desk.words, self.delegate.reader
        who = words.tr("me")
        if reader is not None:
            who = self._desk.privacy.name(self._standings[reader].recipient.called)
        self.lens.setText(words.tr("See as: {name}").format(name=who))

    def _show_emptiness(self, *, found: bool, filtered: bool) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if found:
            self._stack.setCurrentWidget(self.list)
        else:
            self._empty = self._nothing_found() if filtered else self._nothing_logged()
            self._stack.addWidget(self._empty)
            self._stack.setCurrentWidget(self._empty)

    def _nothing_logged(self) -> Empty:
        tr = self._desk.words.tr
        log = Button(tr("Log a contact"), "primary", icon=Icon.PLUS)
        log.clicked.connect(self.log_asked)
        hint = tr("Calls, meetings and messages stand here, the newest first.")
        return Empty(Icon.PHONE, tr("Nothing logged yet"), hint, [log])

    def _nothing_found(self) -> Empty:
        tr = self._desk.words.tr
        clear = Button(tr("Clear filters"))
        clear.clicked.connect(self.clear_filters)
        count = len(self._desk.ask(timeline.find, self._client_id))
        hint = tr("{n} entries without filters.").format(n=count)
        return Empty(Icon.SEARCH, tr("No entry matches"), hint, [clear])

    def clear_filters(self) -> None:
        self.text.clear()
        self.kinds.choose("all")
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Whose eyes.

    def open_lens(self) -> None:
        menu = self.lens_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.lens.mapToGlobal(QPoint(0, self.lens.height() + 4)))

    def lens_menu(self) -> QMenu:
        """Offer oneself and every reader whom a consent names."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        names = [self._desk.words.tr("me")]
        names += [self._desk.privacy.name(stand.recipient.called) for stand in self._standings]
        for number, name in enumerate(names):
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(self.delegate.reader == (number - 1 if number else None))
            group.addAction(action)
            action.setData(number)
        group.triggered.connect(self._on_lens)
        return menu

    def _on_lens(self, action: QAction) -> None:
        number = int(action.data())
        self.see_as(number - 1 if number else None)

    def see_as(self, reader: int | None) -> None:
        """Show what a reader may read; None is oneself, who sees all."""
        self.delegate.reader = reader
        self._name_lens()
        self.delegate.forget()
        self.list.measure_again()

    def focus_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def copy(self) -> None:
        """Copy the entry chosen, as it is shown; the clipboard forgets it soon."""
        current = self.list.currentIndex()
        entry = self.model.row_at(current.row()) if current.isValid() else None
        if entry is not None:
            self._desk.clipboard.copy(self._sentence(entry))

    def _open(self) -> None:
        entry_id = table.selected_id(self.list, self.model)
        if entry_id is not None:
            self.opened.emit(entry_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text.hasFocus():
            self.clear_filters()
            return
        super().keyPressEvent(event)
