"""Pictures of the day: its list with a calendar beside it, a week ahead, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.casework import calendar, rhythm, today
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.rules.agenda import Group
from cmdesk.store.journal import Label
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.week_review import open_week_review
from cmdesk.ui.page import Route
from cmdesk.ui.pages.today import TodayPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]
DAY = (
    ("090000", 30, "Write notes"),
    ("103000", 30, "Tess Holloway, LMFT"),
    ("130000", 45, "Camila Duarte, intake call"),
    ("150000", 60, "Okafor family meeting"),
    ("163000", 60, "Family updates"),
)


def today_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of the page of the day or over it."""

    def page() -> TodayPage:
        with_calendar(studio)
        studio.open(Route("today"))
        shown = studio.window.findChildren(TodayPage)[-1]
        studio.rest()
        while not shown.shown:
            studio.rest()
        return shown

    def seen(show: Callable[[TodayPage], object]) -> QWidget:
        show(page())
        return studio.window

    def rhythms(_shown: TodayPage) -> None:
        client = studio.client("c-maya")
        if not studio.store.ask(rhythm.rules_of, client):
            whom = studio.store.ask(rhythm.whom, client)
            own = CadenceDraft(client, None, "phone", times_a_week=2)
            mother = CadenceDraft(client, whom[1].person_id, "phone", weekday="monday")
            for each in (own, mother):
                studio.store.do("How often", rhythm.save, each)
        open_cadence(studio.desk, studio.window, client)

    def logged(shown: TodayPage) -> None:
        shown.do_row(next(row for row in shown.shown if row.kind == "follow_up"))

    yield "02-today", partial(seen, lambda _: None)
    yield "02-today-log", partial(seen, logged)
    yield "02-today-week", partial(seen, ahead)
    yield "02-today-cadence", partial(seen, rhythms)
    yield "02-today-snooze", partial(seen, lambda shown: shown.put_off_until())
    yield (
        "02-today-review",
        partial(seen, lambda _: open_week_review(studio.desk, studio.window)),
    )
    yield "02-today-put-off", partial(seen, partial(put_off, studio))


def ahead(shown: TodayPage) -> None:
    shown.head.span.choose("7")
    shown.refresh()


def put_off(studio: Studio, shown: TodayPage) -> None:
    """Put off what is late and two who are waited for, and look ahead to when they return."""
    soon = studio.desk.today() + timedelta(days=2)
    rows = studio.store.ask(today.rows)
    late = [row for row in rows if row.kind == "task" and row.group == Group.OVERDUE][:1]
    waiting = [row for row in rows if row.group == Group.WAITING][:2]
    if not studio.store.ask(rhythm.snoozed, studio.desk.today()):  # by an earlier picture
        until = (soon, soon, soon + timedelta(days=20))
        for each, day in zip((*late, *waiting), until, strict=True):
            studio.store.do("Put off", rhythm.snooze, each.kind, each.record, day)
    ahead(shown)
    studio.rest()


def with_calendar(studio: Studio) -> None:
    """Have the day read from a file, as somebody's calendar writes it."""
    file = Path(studio.folder).parent / "calendar.ics"
    if file.exists():
        return
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A calendar//EN"]
    for number, (begins, minutes, title) in enumerate(DAY):
        lines += [
            *("BEGIN:VEVENT", f"UID:{number}", f"DTSTART:20260309T{begins}"),
            *(f"DURATION:PT{minutes}M", f"SUMMARY:{title}", "END:VEVENT"),
        ]
    file.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), "utf-8")
    studio.store.do(Label("Choose a calendar file", undoable=False), calendar.choose, str(file))
