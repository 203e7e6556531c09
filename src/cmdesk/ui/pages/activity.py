"""The activity record: every act by kind, words and day; proved whole, and handed to a reviewer."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout

from cmdesk.casework import activity
from cmdesk.casework.activity import Act, Filter, Group
from cmdesk.exchange import activity_csv
from cmdesk.store import record
from cmdesk.ui import handing, icons, look, table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts.activity_words import GROUPS, ActivityWords
from cmdesk.ui.parts.two_lines import RowList, TwoLines
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note, NoteTone
from cmdesk.ui.widgets.wrap_row import wrap_row

if TYPE_CHECKING:
    from cmdesk.store.store import Store
    from cmdesk.words import Words

SHARES = (22, 44, 20, 14)
FIND, KINDS, DAY = 220, 220, 140  # pixels
PAUSE_MS = 200  # of typing
SHOWN = 3  # findings; an export lists them all


class ActivityPage(Page):
    """Reads on: nothing here changes the record, but an export is an act of its own."""

    concerns: ClassVar[frozenset[str]] = frozenset(activity.THINGS) | activity.PARTS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._says = ActivityWords(desk)
        self._asked = 0
        titles = (tr("When"), tr("What"), tr("Kind"), tr("Number, seal"))
        columns = [
            Column[Act](title, lambda act, at=place: self._says.cell(act, at).first)
            for place, title in enumerate(titles)
        ]
        self._model = Table(columns, partial(desk.ask, activity.acts), self._says.sentence, self)
        self.list = RowList(tr("Activity record"), SHARES)
        self.list.setModel(self._model)
        self.list.setItemDelegate(TwoLines(self._says.cell, self.list))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.refresh)
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        whole = column(self)
        head = QFrame()
        head.setProperty("kind", "head")
        lines = column(head, gap=12)
        lines.setContentsMargins(24, 20, 24, 12)
        self._make_head(lines)
        self._make_filters(lines)
        self.verdict = Note("")
        self.verdict.hide()
        lines.addWidget(self.verdict)
        whole.addWidget(head)
        self.show_all = Button(tr("Show everything"))
        self.show_all.clicked.connect(self.clear)
        self._empty = Empty(Icon.HISTORY, tr("No act matches"), "", [self.show_all])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        whole.addWidget(self._stack, 1)

    def _make_head(self, lines: QVBoxLayout) -> None:
        tr = self.desk.words.tr
        first = row()
        titles = column(gap=2)
        titles.addWidget(Label(tr("Activity record"), "title"))
        told = tr("Every act in these records, each sealed together with the one before it.")
        titles.addWidget(Label(told, "small", "text2"))
        first.addLayout(titles)
        first.addStretch(1)
        self.check = Button(tr("Check the record"), icon=Icon.SHIELD_CHECK)
        self.check.clicked.connect(self.check_record)
        self.export = Button(tr("Export …"), icon=Icon.FILE_OUTPUT)
        self.export.clicked.connect(self.export_record)
        for button in (self.check, self.export):
            first.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(first)

    def _make_filters(self, lines: QVBoxLayout) -> None:
        tr = self.desk.words.tr
        filters = wrap_row()
        self.kinds = Choice(self._options({}), tr("Kind of act"), kind="")
        look.hold_width(self.kinds, KINDS)
        self.kinds.chosen.connect(self.refresh)
        filters.addWidget(self.kinds)
        self.text = line_edit(tr("Find in the record"))
        self.text.setProperty("kind", "soft")
        look.hold_width(self.text, FIND)
        self.text.setClearButtonEnabled(True)
        glyph = icons.icon(Icon.SEARCH, "text3")
        self.text.addAction(glyph, QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(self._pause.start)
        filters.addWidget(self.text)
        self.first, self.last = (
            DateField(self.desk.today, show=self.desk.words.short_day, name=name)
            for name in (tr("From"), tr("Until"))
        )
        for field in (self.first, self.last):
            field.setPlaceholderText(field.accessibleName())
            field.setProperty("kind", "soft")
            look.hold_width(field, DAY)
            field.picked.connect(self.refresh)
            field.faulty.connect(self.refresh)
            filters.addWidget(field)
        filters.addStretch(1)
        self._count = Label("", "small", "text2")
        filters.addWidget(self._count)
        lines.addLayout(filters)

    def _options(self, counts: dict[Group | None, int]) -> list[tuple[object, str]]:
        words = self.desk.words
        titles: dict[Group | None, str] = {None: words.tr("Everything")}
        titles |= {group: words.tr(title) for group, title in GROUPS.items()}
        many = {group: words.number(counts.get(group, 0)) for group in titles}
        with_count = words.tr("{kind} ({n})")
        return [
            (group, with_count.format(kind=title, n=many[group]) if counts else title)
            for group, title in titles.items()
        ]

    # What is shown.

    @property
    def wanted(self) -> Filter:
        """What the fields above the list ask for."""
        group = self.kinds.value
        return Filter(
            group if isinstance(group, Group) else None,
            self.text.text().strip(),
            self.first.day,
            self.last.day,
        )

    def visit(self, route: Route) -> None:
        """Come here: what was viewed meanwhile has changed no record, so ask anew."""
        super().visit(route)
        self.mark_stale()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Ask for the numbers of all acts wanted; rows follow as they are looked at."""
        self._asked += 1
        asked, wanted = self._asked, self.wanted

        def show(found: tuple[list[int], dict[Group | None, int]]) -> None:
            if asked == self._asked:
                self._show(wanted, *found)

        self._says.forget_zone()
        self.desk.fetch(self, activity.find, wanted).then(show)

    def _show(self, wanted: Filter, ids: list[int], counts: dict[Group | None, int]) -> None:
        words = self.desk.words
        self.kinds.offer(self._options(counts))
        table.show(self.list, self._model, ids)
        if ids and table.selected_id(self.list, self._model) is None:
            table.select(self.list, self._model, ids[0])
        said = words.ntr("{n} act", "{n} acts", len(ids)).format(n=words.number(len(ids)))
        self._count.setText(said)
        self._stack.setCurrentIndex(0 if ids else 1)
        if not ids:
            self._empty.say(words.tr("No act matches"), self._instead(wanted, counts))

    def _instead(self, wanted: Filter, counts: dict[Group | None, int]) -> str:
        """Say which filter to drop, and how many would match."""
        words, others = self.desk.words, counts[None]
        if wanted.group is not None and others:
            said = words.ntr("{n} of another kind does.", "{n} of other kinds do.", others)
            return said.format(n=words.number(others))
        return words.tr("Try other words, or a longer time.")

    def clear(self) -> None:
        """Ask for everything again."""
        self.kinds.choose(None)
        self.text.clear()
        self.first.set_day(None)
        self.last.set_day(None)
        self._pause.stop()
        self.refresh()

    # What can be done.

    def check_record(self) -> None:
        """Prove the whole record, in the background."""
        words, rows = self.desk.words, self.desk.ask(activity.count)
        said = words.ntr("Checking {n} row …", "Checking {n} rows …", rows)
        self._tell(said.format(n=words.number(rows)), busy=True)
        outcome = self.desk.aside(self, record.verify)
        outcome.then(partial(self._on_checked, rows)).otherwise(self._on_failed)

    def _on_checked(self, rows: int, findings: list[str]) -> None:
        whole = activity.whole(self.desk.words, rows)
        said = " ".join(findings[:SHOWN]) or whole
        self._tell(said, "crit" if findings else "ok")
        self.desk.say.announce(said)

    def _on_failed(self, error: BaseException) -> None:
        self._tell("")
        self.desk.say.failure(error)

    def _tell(self, text: str, tone: NoteTone = "accent", *, busy: bool = False) -> None:
        """Say how far a check is or what it found; nothing, and the room goes to the list."""
        if busy:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # not to the next field
        self.verdict.setVisible(bool(text))
        self.verdict.say(text, tone)
        for button in (self.check, self.export):
            button.setEnabled(not busy)

    def export_record(self) -> None:
        """Write what is shown as a table, with what a check of the whole finds."""
        tr, today = self.desk.words.tr, self.desk.today()
        name = f"Activity record {today.isoformat()}.csv"
        kinds = tr("Tables") + " (*.csv)"
        target = handing.choose_save(self, tr("Where to put the record"), name, kinds)
        if target is None:
            return
        self._tell(tr("Checking and writing …"), busy=True)
        write = partial(_write, words=self.desk.words, wanted=self.wanted, target=target)
        self.desk.aside(self, write).then(partial(self._on_written, target)).otherwise(
            self._on_failed
        )

    def _on_written(self, target: Path, findings: list[str]) -> None:
        self._tell("")
        if findings:
            self._on_checked(0, findings)
        said = self.desk.words.tr("Saved to {place}").format(place=target)
        self.desk.say.toast(said)
        self.refresh()

    def focus_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.list
        return (
            Command("activity.find", tr("Find in the record"), self.focus_text, "Ctrl+F"),
            Command("activity.find_here", tr("Find"), self.focus_text, "/", within=within),
            Command("activity.check", tr("Check the record"), self.check_record),
            Command("activity.export", tr("Export the record …"), self.export_record),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        return (Hint(("↑ ↓",), tr("Move")), Hint(("/",), tr("Find")))


def _write(store: "Store", *, words: "Words", wanted: Filter, target: Path) -> list[str]:
    """Check, write and note it, in this order; return what the check found."""
    findings = record.verify(store)
    handing.write_privately(target, store.ask(activity_csv.make, words, wanted, findings))
    store.note(words.tr("Exported the activity record"), "export")
    return findings
