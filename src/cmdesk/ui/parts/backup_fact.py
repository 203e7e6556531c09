"""The backup as one fact: when the last one was, or that it is time for one."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from cmdesk.store.journal import Change
from cmdesk.ui.backing_up import Standing
from cmdesk.ui.clock_face import local
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.backup_place import back_up
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.places import drive_or_cloud
from cmdesk.ui.parts.when import WEEK, ago, day_said, in_sentence, near_date
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words


def title(words: Words, state: Standing, now: datetime) -> str:
    """Write Backed up last night; No backup for 9 days."""
    if state.last is None:
        return words.tr("Not backed up yet")
    if state.failed:
        return words.tr("The last backup did not work")
    days = (local(now).date() - local(state.last).date()).days
    if state.old(now):
        return words.tr("No backup for {n} days").format(n=days)
    day = day_said(words, state.last, now)
    if 1 < days < WEEK:
        day = words.tr("on {day}").format(day=day)
    said = words.tr("Backed up {day}")
    if state.here:
        said = words.tr("Backed up {day}, on this laptop only")
    return said.format(day=in_sentence(day))


def details(words: Words, state: Standing, now: datetime) -> str:
    """Write 11:40 PM to Travel drive. Restore tested March 1."""
    if state.last is None:
        return words.tr("A copy on a drive you can unplug survives a lost laptop.")
    if state.failed:
        return words.tr("The last good one is from {ago}.").format(ago=ago(words, state.last, now))
    at = words.time(local(state.last))
    if state.place:
        place = drive_or_cloud(Path(state.place))
        said = words.tr("{time} to {place}") if place else words.tr("{time} on this laptop")
        at = said.format(time=at, place=place)
    if state.drilled is None:
        return f"{at}."
    day = near_date(words, local(state.drilled).date(), local(now).date())
    return words.tr("{at}. Restore tested {day}.").format(at=at, day=day)


class BackupFact(QWidget):
    """Stands at the right of Today; its verb shows only when something should be done."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("ring", True)  # noqa: FBT003 - a Qt property
        whole = row(self, gap=8)
        self._mark = Glyph(Icon.CIRCLE_CHECK, "ok", 16)
        whole.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column()
        self.title = Label("", "medium", wrap=True)
        self.details = Label("", "body", "text2", wrap=True)
        self.verb = Button(desk.words.tr("Back up now"), "link")
        self.verb.clicked.connect(self._on_verb)
        words.addWidget(self.title)
        words.addWidget(self.details)
        words.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(words, 1)
        desk.changed.connect(self._on_changed)
        desk.backing_up.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask how the backups stand, and say it."""
        desk, now = self._desk, self._desk.clock()
        words, doing = desk.words, desk.backing_up.doing
        state = desk.backing_up.standing()
        amber = state.amber(now)
        if doing:
            self._mark.show_as(Icon.HARD_DRIVE, "text2")
            self.title.setText(words.tr("Backing up"))
        else:
            self._mark.show_as(
                Icon.TRIANGLE_ALERT if amber else Icon.CIRCLE_CHECK, "warn" if amber else "ok"
            )
            self.title.setText(title(words, state, now))
        self.details.setText(details(words, state, now))
        offered = amber and not doing and not desk.read_only
        if self.verb.hasFocus() and not offered:
            self.setFocus()  # or it would go to whatever comes next
        self.verb.setVisible(offered)
        self.setAccessibleName(f"{self.title.text()}. {self.details.text()}")

    def _on_verb(self) -> None:
        back_up(self.window(), self._desk)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("backup_run"):
            self.refresh()
