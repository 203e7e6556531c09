"""Backups: how they stand, when and where they are made, how long they are kept, and each try."""

from datetime import date, datetime
from pathlib import Path

from cmdesk.casework import backup_runs
from cmdesk.errors import Problem
from cmdesk.rules import backup_keeping
from cmdesk.ui import handing
from cmdesk.ui.backing_up import Standing, daily_at
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.backup_place import back_up, folder_title
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.places import place_said, same_disk
from cmdesk.ui.parts.setting_row import SettingGroup, SettingRow, widen
from cmdesk.ui.parts.when import ago
from cmdesk.ui.settings.backup_card import BackupCard
from cmdesk.ui.settings.backup_history import FEW, MOST, BackupHistory
from cmdesk.ui.settings.section import Section
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.checks import Switch
from cmdesk.ui.widgets.choice import Choice


class BackupsSection(Section):
    """What runs belongs to `Desk.backing_up`; this shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "backups", desk.words.tr("Backups"), Icon.HARD_DRIVE)
        self._limit = FEW
        self.card = BackupCard(desk)
        self.card.backup_asked.connect(lambda: back_up(self.window(), desk))
        self.card.drill_asked.connect(desk.backing_up.drill)
        self.card.stop_asked.connect(self._on_stop)
        self.card.place_asked.connect(self._on_place)
        self.add_plain(self.card)
        self.add_group(self._settings())
        self.history = BackupHistory(desk)
        self.history.all_asked.connect(self._on_all)
        self.add_plain(self.history)
        desk.backing_up.changed.connect(self._on_running)
        desk.backing_up.progressed.connect(self.card.progress)
        desk.backing_up.failed.connect(self._on_failed)

    def _settings(self) -> SettingGroup:
        tr = self.tr_
        self.daily = Switch(tr("Back up every day"))
        self.daily.clicked.connect(self._on_daily)
        self.daily_row = SettingRow(tr("Back up every day"), "", self.daily)
        self.first = Button(tr("Change"))
        self.first.clicked.connect(self._on_place)
        self.first_row = SettingRow(tr("Where to"), "", self.first)
        self.first.setAccessibleName(tr("Change where backups go"))
        self.second = Button(tr("Change"))
        self.second.clicked.connect(self._on_second)
        self.second_row = SettingRow(tr("A second place"), "", self.second)
        self.second.setAccessibleName(tr("Change the second place"))
        self.keep = Choice(
            [
                ("usual", tr("14 daily, 12 monthly")),
                ("longer", tr("30 daily, 12 monthly")),
                ("longest", tr("30 daily, 36 monthly")),
            ],
            tr("Keep"),
            kind="",
        )
        self.keep.chosen.connect(self._on_keep)
        effect = tr("Older ones are removed after a newer one is checked")
        keep_row = SettingRow(tr("Keep"), effect, widen(self.keep))
        rows = [self.daily_row, self.first_row, self.second_row, keep_row]
        return SettingGroup(tr("Backups"), rows)

    def refresh(self) -> None:
        desk, now = self.desk, self.desk.settings.now
        self.daily.setChecked(now.daily_backup)
        at = desk.words.time(datetime.combine(date.min, daily_at(now)))
        told = self.tr_("At {time}, or the next time you open cmdesk").format(time=at)
        off = self.tr_("Only when you lock or quit, and by hand")
        self.daily_row.tell(told if now.daily_backup else off)
        self.keep.choose(now.keep)
        state = desk.backing_up.standing()
        self._show_places(state)
        runs = desk.ask(backup_runs.recent, self._limit)
        self.history.show_runs(runs, state.runs)
        if not desk.backing_up.doing:
            self.card.show_state(state)

    def _show_places(self, state: Standing) -> None:
        tr, desk, settings = self.tr_, self.desk, self.desk.settings.now
        place, second = desk.backing_up.place, desk.backing_up.second
        name = desk.privacy.file(place_said(desk.words, place))
        if not settings.backup_folder:
            self.first_row.tell(tr("On this laptop only. A drive survives a lost laptop"), "warn")
        elif not place.is_dir():
            self.first_row.tell(tr("{place}, not plugged in").format(place=name), "warn")
        elif same_disk(desk.folder, place):
            told = tr("{place}, on the same disk as your records")
            self.first_row.tell(told.format(place=name), "warn")
        else:
            self.first_row.tell(name)
        if second is None:
            self.second_row.tell(tr("None yet. Once a week is enough"))
            return
        name = desk.privacy.file(place_said(desk.words, second))
        due = backup_keeping.due_second_place(desk.clock(), state.second)
        if second == place:
            self.second_row.tell(tr("{place}, the same as the first").format(place=name), "warn")
        elif due and not second.is_dir():  # it may be unplugged all week
            told = tr("{place}: plug it in for its weekly backup")
            self.second_row.tell(told.format(place=name), "warn")
        else:
            self.second_row.tell(self._second_words(name, state))

    def _second_words(self, name: str, state: Standing) -> str:
        if state.second is None:
            return self.tr_("{place}, next time you back up").format(place=name)
        last = ago(self.desk.words, state.second, self.desk.clock())
        return self.tr_("{place}, last backup {ago}").format(place=name, ago=last)

    def _on_running(self) -> None:
        doing = self.desk.backing_up.doing
        self.card.tell(doing)
        if not doing:
            self.refresh()

    def _on_failed(self, problem: Problem) -> None:
        fine = self.tr_("Your records on this laptop are fine.")
        self.card.say_trouble(f"{problem} {fine}")

    def _on_stop(self) -> None:
        self.card.say_stopping()
        self.desk.backing_up.cancel()

    def _on_all(self) -> None:
        self._limit = MOST
        self.refresh()

    def _on_daily(self) -> None:
        self.desk.settings.change(daily_backup=self.daily.isChecked())
        self.refresh()

    def _on_keep(self, value: object) -> None:
        self.desk.settings.change(keep=str(value))

    def _on_place(self) -> None:
        chosen = self._ask(folder_title(self.desk.words))
        if chosen:
            self.desk.settings.change(backup_folder=str(chosen))
            self.refresh()

    def _on_second(self) -> None:
        chosen = self._ask(self.tr_("Choose a second place"))
        if chosen:
            self.desk.settings.change(second_folder=str(chosen))
            self.refresh()

    def _ask(self, title: str) -> Path | None:
        return handing.choose_folder(self.window(), title)
