"""Today: what can't wait, computed from dates; every row says why it is there and has one verb."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import today, today_shares
from cmdesk.casework.today import Day, TodayRow
from cmdesk.casework.today_shares import Share
from cmdesk.errors import Locked
from cmdesk.rules.agenda import Group
from cmdesk.ui import table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.page import Hint, Route
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.agenda_rows import TITLES, AgendaDelegate
from cmdesk.ui.parts.day_acts import DayActs
from cmdesk.ui.parts.day_head import DayHead, Jumps
from cmdesk.ui.parts.day_list import DayList
from cmdesk.ui.parts.day_waits import DayWaits
from cmdesk.ui.parts.today_rail import TodayRail
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty

SECTIONS = 6  # that have a key
MOST = 60  # letters whose week is weighed


def fresh(each: TodayRow) -> bool:
    """Say whether a row is a letter nobody began: of another one the draft is told."""
    return each.kind == "update" and not each.begun


class TodayPage(DayActs):
    """The list in the middle, and the day, the week and the waiting at the side."""

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"placement_search", "placement_candidate"}
        | {"client", "person", "task", "follow_up", "entry", "update_plan", "family_update"}
        | {"update_copy", "consent", "consent_recipient", "episode", "engagement", "inquiry"}
        | {"cadence_rule", "snooze", "authorization", "policy", "medication", "safety_plan"}
        | {"practitioner", "setting", "entry_participant", "entry_wrong_chart", "circle_member"}
        | {"document", "goal", "goal_move", "entry_mark", "entry_wording", "restriction"}
        | {"appeal", "extension", "letter_event", "rights_request", "privacy_incident"}
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
        self.head, self.jumps = DayHead(desk), Jumps(desk)
        self.head.looked_ahead.connect(self._on_looked_ahead)
        self.head.task_asked.connect(self.new_task)
        self.jumps.jumped.connect(self.jump)
        self._asked, self._takes_keys, self._sideless = 0, False, False
        self.side = TodayRail(desk)
        self.side.asked.connect(self.do_row)
        self.side.see_week.connect(self.see_week)
        self.panes = (self.side,)
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addWidget(self.head)
        below = row(gap=0)
        left = QWidget()
        listed = column(left, gap=0)
        listed.setContentsMargins(16, 12, 8, 0)
        counts = row()
        counts.setContentsMargins(8, 0, 0, 0)
        counts.addWidget(self.jumps)
        listed.addLayout(counts)
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
        self._waits = DayWaits(self.desk, self._stack, self.refresh)
        listed.addWidget(self._stack, 1)
        below.addWidget(left, 1)
        below.addWidget(self.side)
        whole.addLayout(below, 1)

    def refresh(self) -> None:
        """Ask in the background: with many families, each reader's consents are looked at."""
        self.head.show_day()
        self._asked += 1
        ahead = self.head.ahead
        asking = self.desk.fetch(self, today.page, ahead)
        asking.then(partial(self._show, self._asked)).otherwise(self._waits.tell)

    def _on_looked_ahead(self, _days: int) -> None:
        self.refresh()

    def _show(self, asked: int, day: Day) -> None:
        if asked != self._asked:
            return  # asked again meanwhile
        found = day.rows
        listed = [each for each in found if self._sideless or each.group != Group.WAITING]
        self._rows = {each.id: each for each in listed}
        self.head.tell(listed)
        table.show(self.list, self.model, list(self._rows))
        if listed and table.selected_id(self.list, self.model) is None:
            table.select(self.list, self.model, listed[0].id)
        self._stack.setCurrentIndex(0 if listed else 1 if day.anybody else 2)
        self._take_keys()
        self.jumps.show_groups(listed)
        self.side.show_waiting(found, day.put_off)
        letters = sum(each.group == Group.UPDATES_DUE for each in listed)
        self.side.show_week(day.week, letters)
        self._weigh(asked, listed)

    def _take_keys(self) -> None:
        """Let the list have the keys once it is seen, unless something stands over the page."""
        if self._takes_keys and self.list.isVisible():
            self._takes_keys = False
            over = self.window().findChildren(Dialog)
            if not any(each.isVisible() for each in over):
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _weigh(self, asked: int, listed: Sequence[TodayRow]) -> None:
        """Ask, once the page stands, how much of each letter's week may be told."""
        due = [(each.client_id, each.letter.partition(":")[0]) for each in listed if fresh(each)]
        letters = [(client, reader) for client, reader in due if client is not None]
        if not letters:
            return
        try:
            told = self.desk.fetch(self, today_shares.shares, letters[:MOST])
        except Locked:  # while the page was read
            return
        told.then(partial(self._show_shares, asked))

    def _show_shares(self, asked: int, found: Mapping[tuple[int, str], Share]) -> None:
        if asked != self._asked:
            return
        words = self.desk.words.tr("{n} of {m} entries can be shared")
        for place, each in self._rows.items():
            share = found.get((each.client_id or 0, each.letter.partition(":")[0]))
            if share and share.entries and fresh(each):
                told = words.format(n=share.told, m=share.entries)
                why = phrases.BETWEEN.join((each.why, told))
                self._rows[place] = replace(each, why=why)
        self.model.refresh(self._rows)

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._takes_keys = not event.spontaneous()
        if self._takes_keys and not self.list.isVisible():
            self._waits.take_keys()
        self._take_keys()

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
        """Show whom one waits for in the list, where no rail tells of it."""
        self.side.setVisible(roomy)
        if self._sideless == roomy:
            self._sideless = not roomy
            self.mark_stale()

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
