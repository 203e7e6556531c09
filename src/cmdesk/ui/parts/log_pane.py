"""The log of one client: filters, whose eyes to see it with, and the timeline itself."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.casework import milestones, timeline
from cmdesk.casework.timeline import TimelineRow
from cmdesk.rules.consent import Standing
from cmdesk.ui import icons, look, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.lens_bar import LensBar, WrongBar
from cmdesk.ui.parts.log_list import LogList
from cmdesk.ui.parts.proving import Proving
from cmdesk.ui.parts.reading_ahead import ReadingAhead
from cmdesk.ui.parts.timeline import GUESS, ROOM, TimelineDelegate
from cmdesk.ui.table import Column, Table
from cmdesk.ui.tasks import Outcome
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.long_list import BAR
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import N_

TYPING_MS = 150
PAGE = 12  # entries read at a time: each is judged for every reader
EDGE = 24
KINDS = (
    ("all", N_("All")), ("calls", N_("Calls")), ("meetings", N_("Meetings")),
    ("messages", N_("Messages")), ("milestones", N_("Milestones")),
)  # fmt: skip


class LogPane(QWidget):
    """Signals `opened(int)`: an entry, `goal_opened(int)`: a goal; `log_asked`: the first one.

    And `lens_turned(bool)`: it is seen with another's eyes; nothing else may be read beside it.
    """

    opened = Signal(int)
    goal_opened = Signal(int)
    log_asked = Signal()
    lens_turned = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._client_id = desk, 0
        self._standings: Sequence[Standing] = ()
        self._empty: Empty | None = None
        self._with_wrong = False
        self.model: Table[TimelineRow] = Table(
            [Column("", self._narrative)], self._fetch, self._sentence, self, page=PAGE
        )
        self.delegate = TimelineDelegate(desk, self.model.row_at)
        self.list = LogList(tr("Log"), look.px(GUESS))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.opened.connect(self._open)
        self.list.doubleClicked.connect(self._open)
        self.list.escaped.connect(self.leave_lens)
        self.ahead = ReadingAhead(self.list, self.model, PAGE, self._fetch_ahead)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.refresh)
        self.proving = Proving(desk, self)
        self.proving.found.connect(self.list.viewport().update)
        self.delegate.words.broken = self.proving.broken
        whole = column(self, gap=16)
        whole.addLayout(self._make_bar())
        whole.addLayout(self._make_bars())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        below = row(gap=0)
        below.setContentsMargins(EDGE, 0, EDGE - BAR - ROOM, 0)  # the frame has room beside words
        below.addWidget(self._stack)
        whole.addLayout(below, 1)

    def _make_bar(self) -> QHBoxLayout:
        tr = self._desk.words.tr
        bar = wrap_row()
        bar.setContentsMargins(EDGE, 0, EDGE, 0)
        self.kinds = Segmented(
            [Segment(code, tr(words)) for code, words in KINDS], tr("Kind"), small=True
        )
        self.kinds.chosen.connect(self.refresh)
        bar.addWidget(self.kinds)
        bar.addStretch(1)
        self.lens = Button(tr("See as: me"), size="small", icon=Icon.EYE, drops=True)
        self.lens.clicked.connect(self.open_lens)
        bar.addWidget(self.lens)
        self.text = line_edit(tr("Find in log"), size="small")
        self.text.setProperty("kind", "soft")
        look.hold_width(self.text, 128)
        self.text.addAction(
            icons.icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.text.textEdited.connect(self._typing.start)
        bar.addWidget(self.text)
        return bar

    def _make_bars(self) -> QVBoxLayout:
        bars = column(gap=8)
        bars.setContentsMargins(EDGE, 0, EDGE, 0)
        self.lens_bar, self.wrong_bar = LensBar(self._desk), WrongBar(self._desk)
        self.lens_bar.left.connect(self.leave_lens)
        self.wrong_bar.turned.connect(self.show_wrong)
        bars.addWidget(self.lens_bar)
        bars.addWidget(self.wrong_bar)
        return bars

    # What the model asks for.

    def _fetch(self, ids: Sequence[int]) -> Sequence[TimelineRow]:
        self.proving.read(number for number in ids if number > 0)
        return self._desk.ask(milestones.log_rows, ids, self._standings)

    def _fetch_ahead(self, ids: Sequence[int]) -> Outcome[Sequence[TimelineRow]]:
        self.proving.read(number for number in ids if number > 0)
        return self._desk.fetch(self, milestones.log_rows, ids, self._standings)

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
            self._with_wrong = False
            self.proving.forget()
            self._turn_lens(None)
            self.model.forget()
        self.refresh()

    def refresh(self) -> None:
        """Ask again, keeping the entry chosen and the place."""
        self._take_readers(self._desk.ask(timeline.standings, self._client_id))
        kind, text = self.kinds.current, self.text.text()
        own_eyes = self.delegate.reader is None
        wrong = self._with_wrong and own_eyes
        ids = self._desk.ask(
            milestones.find, self._client_id, kind, text, wrong=wrong, own_eyes=own_eyes
        )
        strayed = len(self._desk.ask(timeline.in_wrong_chart, self._client_id))
        self.wrong_bar.show_count(0 if self.delegate.reader is not None else strayed, shown=wrong)
        self.delegate.forget()
        self.ahead.forget()
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
        self._turn_lens(keys.index(was) if was in keys else None)
        self.delegate.family = sum(not stand.recipient.tpo for stand in self._standings)

    def _reader_key(self) -> str:
        reader = self.delegate.reader
        return "" if reader is None else self._standings[reader].recipient.ref

    def _name_lens(self) -> None:
        words, reader = self._desk.words, self.delegate.reader
        who = words.tr("me")
        if reader is not None:
            who = self._desk.privacy.name(self._standings[reader].recipient.called)
        self.lens_bar.show_reader("" if reader is None else who)
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
        self._turn_lens(reader)
        self.refresh()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_lens(self) -> None:
        """See with one's own eyes again."""
        if self.delegate.reader is not None:
            self.see_as(None)

    def _turn_lens(self, reader: int | None) -> None:
        """Take a reader's eyes: the words one searches for are not theirs to match."""
        turned = (reader is None) != (self.delegate.reader is None)
        self.delegate.reader = reader
        self._name_lens()
        if turned:
            self.text.clear()
            self.text.setEnabled(reader is None)
            self.lens_turned.emit(reader is not None)

    def show_wrong(self, shown: bool) -> None:  # noqa: FBT001 - a signal's own argument
        """Show the entries of the wrong chart, struck out, or hide them again."""
        self._with_wrong = shown
        self.refresh()

    def focus_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def copy(self) -> None:
        """Copy the entry chosen, as it is shown; the clipboard forgets it soon."""
        if (entry := self._chosen) is not None:
            self._desk.clipboard.copy(self._sentence(entry))

    @property
    def _chosen(self) -> TimelineRow | None:
        index = self.list.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def _open(self) -> None:
        """Open an entry in full, which a reader's eyes may not."""
        shown = self._chosen if self.delegate.reader is None else None
        if shown is not None and shown.milestone is not None:
            self.goal_opened.emit(shown.milestone.goal_id)
        elif shown is not None:
            self.opened.emit(shown.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text.hasFocus():
            self.clear_filters()
            return
        super().keyPressEvent(event)
