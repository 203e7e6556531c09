"""Today: the calendar file it shows, and when a silence or a standstill is brought up."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from cmdesk.casework import calendar, rhythm
from cmdesk.store.journal import Label
from cmdesk.ui.desk import Desk
from cmdesk.ui.handing import choose_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.setting_row import SettingGroup, SettingRow, widen
from cmdesk.ui.settings.section import Section
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.choice import Choice

DAYS: Final = (7, 10, 14, 21, 30, 60)


class DaySection(Section):
    """What the page of the day is told beside the records."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "today", desk.words.tr("Today"), Icon.SUN)
        tr = self.tr_
        self.silence = Choice(self._offers(), tr("Nobody reached"), kind="")
        self.silence.chosen.connect(self._on_silence)
        self.standstill = Choice(self._offers(), tr("No goal moved"), kind="")
        self.standstill.chosen.connect(self._on_standstill)
        self.file = Button(tr("Choose a file …"))
        self.file.clicked.connect(self._on_file)
        self.calendar = SettingRow(tr("Calendar file"), "", self.file)
        self.none = Button(tr("Show none"))
        self.none.clicked.connect(partial(self._read, ""))
        self.stop = SettingRow(
            tr("Without a calendar"), tr("The file itself stays as it is"), self.none
        )
        told = tr("After so long it stands under Time to reassess")
        self.add_group(
            SettingGroup(
                tr("The page of the day"),
                [
                    SettingRow(tr("Nobody of a family reached"), told, widen(self.silence)),
                    SettingRow(tr("No goal of a client moved"), told, widen(self.standstill)),
                    self.calendar,
                    self.stop,
                ],
            )
        )

    def _offers(self, kept: int | None = None) -> list[tuple[object, str]]:
        """Offer some spans, and the one that is set, whatever it is."""
        words = self.desk.words
        days: list[int] = sorted({*DAYS, *(() if kept is None else (kept,))})
        return [(each, words.ntr("{n} day", "{n} days", each).format(n=each)) for each in days]

    def refresh(self) -> None:
        for choice, read in (
            (self.silence, rhythm.silence_days),
            (self.standstill, rhythm.standstill_days),
        ):
            kept = self.desk.ask(read)
            choice.offer(self._offers(kept))
            choice.choose(kept)
        source, tr = self.desk.ask(calendar.source), self.tr_
        told = tr("None. An .ics file of yours is only read")
        if source.path:
            name = "" if self.desk.privacy.hidden else Path(source.path).name
            told = phrases.BETWEEN.join(filter(None, (name, tr("only read, never written"))))
        self.calendar.tell(told)
        self.file.setText(tr("Another file …") if source.path else tr("Choose a file …"))
        self.stop.offered = bool(source.path)
        self.stop.setVisible(bool(source.path))

    def _on_silence(self, days: object) -> None:
        if isinstance(days, int):
            label = self.tr_("Change when a silence is told")
            self.desk.do(self, label, rhythm.set_silence_days, days).then(self._told_after(days))

    def _on_standstill(self, days: object) -> None:
        if isinstance(days, int):
            label = self.tr_("Change when a standstill is told")
            self.desk.do(self, label, rhythm.set_standstill_days, days).then(self._told_after(days))

    def _told_after(self, days: int) -> Callable[[None], None]:
        words = self.desk.words
        told = words.ntr("Told after {n} day", "Told after {n} days", days)
        return partial(self._done, told.format(n=days))

    def _done(self, words: str, _nothing: None) -> None:
        self.refresh()
        self.desk.done(words)

    def _on_file(self) -> None:
        tr = self.tr_
        kinds = tr("Calendars") + " (*.ics)"
        chosen = choose_open(self.window(), tr("Show a calendar file"), kinds)
        if chosen is not None:
            self._read(str(chosen))

    def _read(self, path: str, _checked: object = None) -> None:
        """Read this file from now on; Today does so when it is next seen."""
        label = Label(self.tr_("Choose a calendar file"), undoable=False)
        self.desk.do(self, label, calendar.choose, path).then(lambda _: self.refresh())
