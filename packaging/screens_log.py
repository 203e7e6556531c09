"""Pictures of the log: half written, asking back, and the lists around it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.casework import entries, snippets, worklist
from cmdesk.casework.call_timer import Running
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.log import LogDraft
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.snippets import open_snippets
from cmdesk.ui.dialogs.worklist import open_worklist
from cmdesk.ui.parts.call_timer import CallTimer

if TYPE_CHECKING:
    from screens import Studio

LINE = "maya call tess 24m fu mon ride home "
PLANNED = "call tess mar 20 4pm 240m ride"
TOLD = (
    "Maya wants Joel Stern to drive on the 20th; Tess agrees. Maya will tell Diane herself on "
    "Wednesday\u2019s call. Sleep is holding at seven hours."
)
FEW = 2  # entries that wait in the picture
TALK = timedelta(minutes=24, seconds=8)


def log_screens(studio: "Studio", now: datetime) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    yield "05-quick-log", partial(quick_log, studio, now)
    yield "05-quick-log-asks", partial(asks, studio, now)
    yield "05-log-names-hidden", partial(covered, studio, now)
    yield "05-unsigned", partial(studio.over_chart, partial(unsigned, studio))
    yield "05-snippets", partial(studio.over_chart, partial(kept_words, studio))


def begun(studio: "Studio", now: datetime, line: str) -> LogDialog:
    """Open the log with a line in it and a call under way."""
    timer = CallTimer(studio.desk)
    timer.running = Running(now - TALK, studio.client("c-maya"))
    client = studio.client("c-maya")
    dialog = open_log(studio.desk, studio.window, client, timer=timer)
    if not isinstance(dialog, LogDialog):
        raise SystemExit("the log did not open")
    dialog.start_over.click()
    dialog.line.edit.setText(line)
    dialog.line.read_now()
    return dialog


def quick_log(studio: "Studio", now: datetime) -> QWidget:
    def write(_client: int) -> None:
        dialog = begun(studio, now, LINE)
        dialog.narrative.insertPlainText(TOLD)
        for topic in ("progress", "housing"):
            dialog.wording.topics.chip(topic).click()
        dialog.keeper.throw_away()

    return studio.over_chart(write)


def asks(studio: "Studio", now: datetime) -> QWidget:
    """Draw it in doubt: a day to come, four hours, and all fields unfolded."""

    def write(_client: int) -> None:
        dialog = begun(studio, now, PLANNED)
        dialog.parts.fold(away=False)
        dialog.keeper.throw_away()

    return studio.over_chart(write)


def covered(studio: "Studio", now: datetime) -> QWidget:
    """Draw it as names are hidden while it stands open; shown again once it is drawn."""

    def write(_client: int) -> None:
        dialog = begun(studio, now, LINE)
        dialog.keeper.throw_away()
        studio.rest()
        studio.desk.privacy.toggle()

    return studio.over_chart(write)


def unsigned(studio: "Studio", client: int) -> None:
    """Show the worklist, with one more entry in it that lacks something."""
    bare = LogDraft(client_id=client, day=studio.desk.today(), minutes=24, part2=Part2.NO)
    if len(studio.store.ask(worklist.unsigned)) < FEW:
        studio.store.do("Log", entries.log, bare, sign=False)
    open_worklist(studio.desk, studio.window)


def kept_words(studio: "Studio", _client: int) -> None:
    if not studio.store.ask(snippets.all_snippets):
        studio.store.do("Keep", snippets.add, "vm", "Left a message asking for a call back.")
    dialog = open_snippets(studio.desk, studio.window)
    dialog.which.choose(next(each.id for each in studio.store.ask(snippets.all_snippets)))
    dialog.which.chosen.emit(dialog.which.value)
