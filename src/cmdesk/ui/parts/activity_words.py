"""How an act of the activity record is put into words."""

from zoneinfo import ZoneInfo

from cmdesk.casework import activity, clock
from cmdesk.casework.activity import Act, Group
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.two_lines import Cell
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.words import N_

GROUPS: dict[Group, str] = {
    Group.OPENED: N_("Opened"),
    Group.VIEWED: N_("Viewed"),
    Group.CHANGED: N_("Changed"),
    Group.SIGNED: N_("Signed"),
    Group.LEFT: N_("Exported or disclosed"),
    Group.BACKUP: N_("Backup or restore"),
    Group.SECURITY: N_("Security"),
    Group.UNDO: N_("Undone or redone"),
}
KINDS = {
    "unlock": N_("Unlocked"),
    "lock": N_("Locked"),
    "failed_unlock": N_("Wrong tries"),
    "export": N_("Exported"),
    "print": N_("Printed"),
    "disclosure": N_("Disclosed"),
    "backup": N_("Backup"),
    "restore": N_("Restore"),
    "restore_test": N_("Test restore"),
    "migration": N_("Upgrade"),
    "repair": N_("Repair"),
    "undo": N_("Undone"),
    "redo": N_("Redone"),
}
INKS: dict[str, Ink] = {"failed_unlock": "warn", "rollback": "warn", "repair": "warn"}


class ActivityWords:
    """Cells and sentences of one list; names are hidden in it like everywhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._words = desk, desk.words
        self._veil = Veil(desk)
        self._zone: ZoneInfo | None = None

    def cell(self, act: Act, place: int) -> Cell:
        return (self._when, self._what, self._kind, self._number)[place](act)

    def forget_zone(self) -> None:
        """Ask for the practice's zone again."""
        self._zone = None

    def _when(self, act: Act) -> Cell:
        if self._zone is None:
            self._zone = self._desk.ask(clock.zone)
        at = act.at.astimezone(self._zone)
        day = self._words.near_day(at.date(), self._desk.today())
        said = self._words.tr("{day}, {time}").format(day=day, time=self._words.time(at))
        return Cell(said, role="medium")

    def _what(self, act: Act) -> Cell:
        about = self._veil.text(act.about) or activity.told(self._words, act)
        return Cell(self._veil.text(act.act), about)

    def _kind(self, act: Act) -> Cell:
        said = KINDS.get(act.kind) or (GROUPS[act.group] if act.group else act.kind)
        return Cell(self._words.tr(said), ink=INKS.get(act.kind, "text2"))

    def _number(self, act: Act) -> Cell:
        return Cell(self._words.number(act.id), activity.mark(act), ink="text2", second_ink="text3")

    def sentence(self, act: Act) -> str:
        """Say the whole row."""
        cells = (self._when(act), self._what(act), self._kind(act))
        return ", ".join(part for cell in cells for part in (cell.first, cell.second) if part)
