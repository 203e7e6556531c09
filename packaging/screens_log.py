"""Pictures of the log: half written, asking back, and the lists around it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.casework.call_timer import Running
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.parts.call_timer import CallTimer

if TYPE_CHECKING:
    from screens import Studio

LINE = "maya call tess 24m fu mon ride home "
PLANNED = "call tess mar 20 4pm 240m ride"
TOLD = (
    "Maya wants Joel Stern to drive on the 20th; Tess agrees. Maya will tell Diane herself on "
    "Wednesday\u2019s call. Sleep is holding at seven hours."
)
TALK = timedelta(minutes=24, seconds=8)


def log_screens(studio: "Studio", now: datetime) -> Iterator[tuple[str, Callable[[], QWidget]]]:
    yield "05-quick-log", partial(quick_log, studio, now)
    yield "05-quick-log-asks", partial(asks, studio, now)


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
