"""Where the search leads: to whatever was found, and what is done there."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from cmdesk.casework import consents, parties, provider_index, rhythm
from cmdesk.casework.jump_hits import Hit
from cmdesk.ui import overlay
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.client_ways import ClientWays
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.palette import Palette
from cmdesk.ui.place_ways import PlaceWays
from cmdesk.ui.task_ways import TaskWays
from cmdesk.ui.window import Window


class House(Protocol):
    """What the search asks of the house."""

    chart_ways: ChartWays
    client_ways: ClientWays
    task_ways: TaskWays
    place_ways: PlaceWays

    def open_log(self, client: int | None, entry: int | None) -> None: ...
    def log_contact(self, client: int | None) -> None: ...
    def log_line(self, line: str) -> None: ...
    def open_consent(self, client: int, consent: object) -> None: ...
    def open_document(self, document: int) -> None: ...
    def see_letter(self, letter: int) -> None: ...
    def new_client(self) -> None: ...


class Jumps(QObject):
    """Opens the search, and does what its rows say."""

    def __init__(self, window: Window, desk: Desk, house: House) -> None:
        super().__init__(desk)
        self._window, self._desk, self._house = window, desk, house

    def search(self) -> None:
        """Open the search; asked again while it is open, close it."""
        standing = self._window.findChild(Palette)
        if standing is not None and standing.isVisible():
            standing.close_dialog()
            return
        palette = Palette(self._desk, self._window.commands, self)
        overlay.open_over(self._window, palette, palette.line)

    def open_hit(self, hit: Hit) -> None:
        house = self._house
        tabs = {"client": "", "goal": f"care_plan:{hit.id}"}
        dialogs: dict[str, Callable[[int], object]] = {
            "policy": house.chart_ways.open_coverage,
            "authorization": house.chart_ways.open_coverage,
            "safety": self.crisis_plan,
            "medicine": house.chart_ways.open_medicines,
        }
        ways: dict[str, Callable[[], object]] = {
            "person": partial(self.before_call, hit),
            "organisation": partial(self.open_house, hit),
            "inquiry": partial(house.client_ways.open_inquiry, hit.id),
            "entry": partial(house.open_log, None, hit.id),
            "document": partial(house.open_document, hit.id),
            "letter": partial(house.see_letter, hit.id),
            "task": partial(house.task_ways.open_number, hit.id),
        }
        if hit.kind in ways:
            ways[hit.kind]()
        elif hit.client_id is not None and hit.kind in dialogs:
            dialogs[hit.kind](hit.client_id)
        elif hit.client_id is not None:
            self._desk.go(Route("chart", hit.client_id, tabs[hit.kind]))

    def open_house(self, hit: Hit) -> None:
        """Show a provider on its page; of a payer or a school there is only a number."""
        if self._desk.ask(provider_index.one, hit.id) is not None:
            self._house.place_ways.open_provider(hit.id)
        else:
            self.copy_number(hit)

    def log_for(self, hit: Hit) -> None:
        self._house.log_contact(hit.client_id)

    def log_line(self, line: str) -> None:
        self._house.log_line(line)

    def write_for(self, hit: Hit) -> None:
        """Write to the one who was named; about a client, the letter due first."""
        reader = parties.person_key(hit.id) if hit.kind == "person" else ""
        self._desk.go(Route("composer", hit.client_id, reader))

    def crisis_plan(self, client_id: int) -> None:
        self._house.chart_ways.open_safety(client_id)

    def crisis_notice(self, hit: Hit) -> None:
        """Begin the letter that tells of a crisis, to the one who was named."""
        if hit.client_id is not None:
            reader = parties.person_key(hit.id) if hit.kind == "person" else ""
            self._house.chart_ways.crisis_notice(hit.client_id, reader)

    def edit_person(self, hit: Hit) -> None:
        """Open what is on record of somebody; of a client, their status and terms."""
        if hit.kind == "client":
            self._house.chart_ways.open_client(hit.id)
        elif hit.client_id is not None:
            self._house.chart_ways.open_person(hit.client_id, hit.id)

    def consent_of(self, hit: Hit) -> None:
        """Open the newest consent that names somebody, else begin one; a client has a list."""
        if hit.client_id is None:
            return
        if hit.kind == "client":
            self._desk.go(Route("chart", hit.client_id, "consents"))
            return
        signed = self._desk.ask(consents.rows, hit.client_id)
        key = parties.person_key(hit.id)
        named = next((each.id for each in signed if key in each.keys), None)
        self._house.open_consent(hit.client_id, named)

    def open_tab(self, client_id: int, tab: str) -> None:
        self._desk.go(Route("chart", client_id, tab))

    def coverage_of(self, client_id: int) -> None:
        self._house.chart_ways.open_coverage(client_id)

    def task_for(self, client_id: int) -> None:
        self._house.task_ways.new_for(client_id)

    def before_call(self, hit: Hit) -> None:
        """Show what to know before a call; of someone in nobody's circle there is only a number."""
        if hit.client_id is not None:
            own = self._desk.ask(rhythm.own_person, hit.id) if hit.kind == "client" else hit.id
            self._house.chart_ways.open_pre_call(hit.client_id, own)
        elif self._desk.ask(provider_index.one, -hit.id) is not None:
            self._house.place_ways.open_provider(-hit.id)
        else:
            self.copy_number(hit)

    def copy_number(self, hit: Hit) -> None:
        """Copy the number, marked as a secret and cleared like any other copy."""
        tr = self._desk.words.tr
        if hit.phone:
            self._desk.clipboard.copy(hit.phone)
            self._desk.say.toast(tr("Number copied"))
        else:
            self._desk.say.toast(tr("No number on record for {name}").format(name=self._shown(hit)))

    def _shown(self, hit: Hit) -> str:
        return self._desk.privacy.name(hit.title)

    def new_client(self) -> None:
        self._house.new_client()
