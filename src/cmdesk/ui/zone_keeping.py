"""The practice's time zone: settled when a vault is new, followed, and remembered for the door."""

from PySide6.QtCore import QObject, QTimeZone, Slot

from cmdesk.casework import clock, practice
from cmdesk.store.journal import Change, Label
from cmdesk.ui import clock_face
from cmdesk.ui.desk import Desk


def computers() -> str:
    """Name the zone this computer is set to, as America/New_York."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode()


class ZoneKeeping(QObject):
    """Lives as long as the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        if not desk.read_only and not desk.ask(practice.settled):
            label = Label(desk.words.tr("Set the time zone"), undoable=False)
            desk.do(self, label, practice.settle_zone, computers())
        self._follow()
        desk.changed.connect(self._on_changed)

    def _follow(self) -> None:
        zone = self._desk.ask(clock.zone).key
        clock_face.follow(zone)
        if self._desk.settings.now.time_zone != zone:
            self._desk.settings.change(time_zone=zone)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("practice"):
            self._follow()
