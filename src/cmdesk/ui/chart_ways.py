"""Where the wishes of a chart lead: the plan for hard hours, coverage, people and the client."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import composing, next_letter
from cmdesk.rules.periods import last_full_week
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.coverage import open_coverage
from cmdesk.ui.dialogs.crisis_reader import begin_notice
from cmdesk.ui.dialogs.goal import open_goal
from cmdesk.ui.dialogs.goal_move import open_goal_move
from cmdesk.ui.dialogs.measure import open_measure
from cmdesk.ui.dialogs.medicines import open_medicines
from cmdesk.ui.dialogs.parity import open_parity
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.pre_call import open_pre_call
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.told_ledger import open_ledger
from cmdesk.ui.dialogs.update_plan import open_update_plan
from cmdesk.ui.map_ways import MapWays
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.service_ways import ServiceWays

TWO: Final = 2  # readers, for there to be something to compare


class ChartWays(QObject):
    """Opens what a chart asks for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk
        self.map_ways = MapWays(window, desk, self)
        self.service_ways = ServiceWays(window, desk, self)

    def attach(self, page: ChartPage) -> None:
        """Answer the signals of this page."""

        def plan_asked(plan: object) -> None:
            self.open_update_plan(page.client_id, plan)

        page.safety.connect(self.open_safety)
        page.cover.connect(self.open_coverage)
        page.edit_client.connect(self.open_client)
        page.cadence.connect(self.open_cadence)
        page.edit_person.connect(self.open_person)
        page.pre_call.connect(self.open_pre_call)
        page.edit_goal.connect(self.open_goal)
        page.move_goal.connect(self.open_goal_move)
        page.goals.measure_asked.connect(partial(self._ask_measure, page))
        page.updates.plan_asked.connect(plan_asked)
        page.updates.told_asked.connect(lambda: self.open_ledger(page.client_id))
        page.updates.compare_asked.connect(lambda: self.compare(page.client_id))
        page.head.notice_asked.connect(lambda: self.crisis_notice(page.client_id))
        self.map_ways.attach(page)
        self.service_ways.attach(page)
        page.head.medicines_asked.connect(lambda: self.open_medicines(page.client_id))

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what is found from everywhere; `here` answers whose chart is in front, if one is."""
        tr = self._desk.words.tr

        def in_a_chart() -> bool:
            return here() is not None

        def command(name: str, words: str, run: Callable[[int], object], also: str) -> Command:
            def run_here() -> None:
                if (client := here()) is not None:
                    run(client)

            return Command(name, words, run_here, menu="client", enabled=in_a_chart, also=also)

        return [
            command(
                *("medicines", tr("Medicines"), self.open_medicines),
                tr("medication supply refill prescription"),
            ),
            command(
                *("measure", tr("Add a measure"), partial(self.open_measure, score=None)),
                tr("score questionnaire phq gad outcome"),
            ),
            command(
                *("update_plan", tr("Agree on letters"), partial(self.open_update_plan, plan=None)),
                tr("update plan cadence template language tone weekly"),
            ),
            command(
                *("told", tr("What was told"), self.open_ledger),
                tr("ledger statements shared said in letters"),
            ),
            command(
                *("compare", tr("Compare letters"), self.compare),
                tr("parity side by side two readers differ consent"),
            ),
            *self.map_ways.commands(here),
            *self.service_ways.commands(here),
        ]

    def crisis_notice(self, client: int, reader: str = "") -> None:
        """Begin the letter that tells of a crisis; without a reader, ask which of them."""
        begin_notice(self._desk, self._window, client, reader)

    def open_medicines(self, client: int) -> None:
        open_medicines(self._desk, self._window, client)

    def open_safety(self, client: int) -> None:
        open_safety_plan(self._desk, self._window, client)

    def open_coverage(self, client: int) -> None:
        open_coverage(self._desk, self._window, client)

    def open_client(self, client: int) -> None:
        open_client(self._desk, self._window, client)

    def open_cadence(self, client: int) -> None:
        open_cadence(self._desk, self._window, client)

    def open_person(self, client: int, person: object) -> None:
        number = person if isinstance(person, int) else None
        open_person(self._desk, self._window, client, number)

    def open_pre_call(self, client: int, person: int) -> None:
        open_pre_call(self._desk, self._window, client, person)

    def open_update_plan(self, client: int, plan: object) -> None:
        number = plan if isinstance(plan, int) else None
        open_update_plan(self._desk, self._window, client, number)

    def open_ledger(self, client: int) -> None:
        open_ledger(self._desk, self._window, client)

    def compare(self, client: int) -> None:
        """Lay the letters of the plan due first beside another's; without one, of last week."""
        desk = self._desk
        readers = desk.ask(composing.readers, client)
        if len(readers) < TWO:
            desk.say.toast(desk.words.tr("Comparing takes two people you may write to"))
            return
        growing = desk.ask(next_letter.growing, client)[:1]
        days = [(each.first, each.last) for each in growing] or [last_full_week(desk.today())]
        party = growing[0].party if growing else readers[0].party
        open_parity(desk, self._window, client, party.key, *days[0])

    def open_goal(self, client: int, goal: object) -> None:
        open_goal(self._desk, self._window, client, goal if isinstance(goal, int) else None)

    def open_goal_move(self, client: int, goal: int) -> None:
        open_goal_move(self._desk, self._window, client, goal)

    def _ask_measure(self, page: ChartPage, score: object) -> None:
        self.open_measure(page.client_id, score)

    def open_measure(self, client: int, score: object) -> None:
        open_measure(self._desk, self._window, client, score if isinstance(score, int) else None)
