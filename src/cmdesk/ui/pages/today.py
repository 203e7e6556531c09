"""Today: what can't wait, computed from dates; every row says why it is there and has one verb."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from cmdesk.casework import today
from cmdesk.casework.today import TodayRow
from cmdesk.rules.agenda import Group
from cmdesk.ui import table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Count, Hint, Route
from cmdesk.ui.parts.agenda_rows import TITLES, AgendaDelegate
from cmdesk.ui.parts.day_acts import DayActs
from cmdesk.ui.parts.day_list import DayList
from cmdesk.ui.parts.today_rail import TodayRail
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

SECTIONS = 6  # Waiting stands at the side
URGENT = (Group.OVERDUE, Group.TODAY)


def waiting(desk: Desk) -> Count:
    """Count what is overdue or due today."""
    late, due = desk.ask(today.urgent)
    return Count(late + due, hot=late > 0)


class TodayPage(DayActs):
    """The list in the middle, and the day, the week and the waiting at the side."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"client", "person", "task", "follow_up", "entry", "update_plan", "family_update"}
        | {"update_copy", "consent", "consent_recipient", "episode", "engagement", "inquiry"}
        | {"cadence_rule", "snooze", "authorization", "policy", "medication", "safety_plan"}
        | {"practitioner", "setting", "entry_participant", "entry_wrong_chart", "circle_member"}
        | {"document"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._rows: dict[int, TodayRow] = {}
        self.model: Table[TodayRow] = Table(
            [Column("", lambda each: each.title)], self._fetch, self._sentence, self
        )
        self.delegate = AgendaDelegate(desk, self._row_at, self._size_of)
        self.list = DayList(tr("Today"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.acted.connect(self.act)
        self.list.opened.connect(self.open_client)
        self.side = TodayRail(desk)
        self.side.asked.connect(self.do_row)
        self.side.see_week.connect(self.see_week)
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        whole = column(self)
        head = QFrame()
        lines = column(head, gap=2)
        lines.setContentsMargins(24, 20, 24, 0)
        self._title = Label("", "title")
        self._summary = Label("", "body", "text2")
        lines.addWidget(self._title)
        lines.addWidget(self._summary)
        whole.addWidget(head)
        below = row(gap=0)
        left = QWidget()
        listed = column(left, gap=0)
        listed.setContentsMargins(16, 12, 8, 0)
        self._jumps: QHBoxLayout = wrap_row(gap=8, lead=0)
        listed.addLayout(self._jumps)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        tr = self.desk.words.tr
        self._stack.addWidget(
            Empty(
                Icon.CIRCLE_CHECK,
                tr("Nothing else for today."),
                tr("What has a date turns up here by itself."),
            )
        )
        add, bring = Button(tr("New client"), "primary"), Button(tr("Bring in a file"))
        add.clicked.connect(self.new_client)
        bring.clicked.connect(self.bring_in)
        self._stack.addWidget(
            Empty(Icon.USERS, tr("Nobody is here yet"), tr("Begin with a family."), [add, bring])
        )
        listed.addWidget(self._stack, 1)
        below.addWidget(left, 1)
        below.addWidget(self.side)
        whole.addLayout(below, 1)

    def refresh(self) -> None:
        """Ask in the background: with many families, each reader's consents are looked at."""
        self._title.setText(self.desk.words.full_day(self.desk.today()))
        self.desk.fetch(self, today.rows).then(self._show)
        self.side.show_week(self.desk.ask(today.week))

    def _show(self, found: Sequence[TodayRow]) -> None:
        listed = [each for each in found if each.group != Group.WAITING]
        self._rows = {each.id: each for each in listed}
        self._summary.setText(self._say(listed))
        table.show(self.list, self.model, list(self._rows))
        if listed and table.selected_id(self.list, self.model) is None:
            table.select(self.list, self.model, listed[0].id)
        nobody = not listed and not self.desk.ask(today.anybody)
        self._stack.setCurrentIndex(0 if listed else 2 if nobody else 1)
        self._show_jumps(listed)
        self.side.show_waiting([each for each in found if each.group == Group.WAITING])

    def _say(self, listed: Sequence[TodayRow]) -> str:
        words = self.desk.words
        urgent = sum(each.group in URGENT for each in listed)
        late = sum(each.group == Group.OVERDUE for each in listed)
        if not urgent:
            return words.tr("Nothing has to be done today.")
        said = words.ntr("One thing for today.", "{n} things for today.", urgent).format(n=urgent)
        if late:
            overdue = words.ntr("One is overdue.", "{n} are overdue.", late).format(n=late)
            said = f"{said} {overdue}"
        return said

    def _show_jumps(self, listed: Sequence[TodayRow]) -> None:
        while item := self._jumps.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        tr = self.desk.words.tr
        for group in Group:
            places = [each.id for each in listed if each.group == group]
            if places:
                jump = Button(f"{tr(TITLES[group])}  {len(places)}", "plain")
                jump.clicked.connect(partial(self.jump, places[0]))
                self._jumps.addWidget(jump)
        self._jumps.addStretch(1)

    def jump(self, place: int, _checked: object = None) -> None:
        """Go to the first row of a group."""
        table.select(self.list, self.model, place)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, ids: Sequence[int]) -> list[TodayRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _row_at(self, place: int) -> TodayRow | None:
        return self.model.row_at(place)

    def _size_of(self, group: Group) -> int:
        return sum(each.group == group for each in self._rows.values())

    def visit(self, route: Route) -> None:
        super().visit(route)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sentence(self, each: TodayRow) -> str:
        tr = self.desk.words.tr
        parts = (*self.delegate.cells(each), self.delegate.when(each)[0])
        words = tr("{group}: {row}. Enter: {verb}.")
        told = ", ".join(part for part in parts if part)
        group = tr(TITLES[each.group])
        return words.format(group=group, row=told, verb=self.delegate.verb(each))

    @property
    def shown(self) -> list[TodayRow]:
        return list(self._rows.values())

    @property
    def chosen(self) -> TodayRow | None:
        """The row one is on."""
        number = table.selected_id(self.list, self.model)
        return self._rows.get(number) if number is not None else None

    def fold(self, *, roomy: bool) -> None:
        self.side.setVisible(roomy)

    def jump_to(self, place: int) -> None:
        """Go to the first row of the section that stands at this place of the counts."""
        groups = [each.group for each in self._rows.values()]
        there = list(dict.fromkeys(groups))
        if place <= len(there):
            self.jump(list(self._rows)[groups.index(there[place - 1])])

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.list
        return (
            Command("today.open", tr("Open client"), self.open_client, "O", within=within),
            Command("today.done", tr("Done"), self.finish, "D", within=within),
            Command("today.later", tr("Until tomorrow"), self.put_off, "S", within=within),
            Command("today.until", tr("Put off …"), self.put_off_until, "Shift+S", within=within),
            Command("today.log", tr("Log for this client"), self.log, "L", within=within),
            Command("today.write", tr("Write to this family"), self.write, "U", within=within),
            Command("today.rhythm", tr("How often to reach whom …"), self.change_rhythm),
            Command("today.week", tr("Week in review"), self.see_week.emit),
            *(
                Command(
                    f"today.jump{place}",
                    tr("Go to section {n}").format(n=place),
                    partial(self.jump_to, place),
                    str(place),
                    within=within,
                )
                for place in range(1, SECTIONS + 1)
            ),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        return (
            Hint(("↑ ↓",), tr("Move")),
            Hint(("Enter",), tr("Do it")),
            Hint(("O",), tr("Open client")),
            Hint(("D",), tr("Done")),
            Hint(("S",), tr("Snooze")),
        )
