"""Pictures of what guards the vault: Settings, its dialogs, and the ways at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cmdesk.casework import backup_runs
from cmdesk.casework.backup_runs import CHECKED, OPENED, Run
from cmdesk.store.anchor import Older
from cmdesk.ui import stuck
from cmdesk.ui.dialogs.change_passphrase import ChangePassphrase
from cmdesk.ui.dialogs.keychain_cost import KeychainCost
from cmdesk.ui.dialogs.letter_template import open_letter_template
from cmdesk.ui.dialogs.new_data_key import NewDataKey
from cmdesk.ui.dialogs.new_sheet import NewSheet
from cmdesk.ui.door_page import Working
from cmdesk.ui.doors import Doors
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.page import Route
from cmdesk.ui.restoring import RestorePage, Restoring
from cmdesk.ui.unlock import UnlockPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

    from cmdesk.ui.desk import Desk

T = TypeVar("T")
Draw = Callable[[], "QWidget"]
DRIVE, SAFE = "/media/nora/Travel drive/cmdesk-backups", "/media/nora/Office safe/cmdesk"
NIGHT = timedelta(hours=14, minutes=1)
HISTORY = (
    (timedelta(days=20), SAFE, 47_400_000, CHECKED),
    (timedelta(days=8, hours=4), SAFE, 47_600_000, OPENED),
    (timedelta(days=2) + NIGHT, DRIVE, 48_100_000, CHECKED),
    (timedelta(days=1) + NIGHT, DRIVE, 48_100_000, CHECKED),
    (NIGHT, DRIVE, 48_200_000, CHECKED),
)


def _nothing(*_: object) -> Any:
    return None


def _answer(answer: T, _folder: Path) -> T:
    return answer


def unlock_page(studio: Studio, now: datetime, *, locked: bool, chain: bool = False) -> QWidget:
    """Draw the door, with a backup made last night."""
    doors = Doors(
        unlock=_nothing,
        unlock_with_code=_nothing,
        set_passphrase=_nothing,
        prepare=_nothing,
        choose_file=_nothing,
        keychain_offers=partial(_answer, chain),
        unlock_with_keychain=_nothing,
        last_backup=partial(_answer, now - NIGHT),
    )
    facts = ((Icon.HARD_DRIVE, studio.words.tr("On this laptop")),)
    page = UnlockPage(
        studio.folder, doors, studio.tasks, studio.words, now=now, locked=locked, facts=facts
    )
    studio.window.show_door(page)
    return studio.window


def fill_history(studio: Studio, now: datetime) -> None:
    """Give the sample practice the backups of picture 12b."""
    for before, place, size, result in HISTORY:
        run = Run(now - before, place, size, result, "daily")
        studio.store.do("Sample", backup_runs.record, run)
    studio.settings.change(backup_folder=DRIVE, second_folder=SAFE)


def vault_screens(studio: Studio, now: datetime) -> Iterator[tuple[str, Draw]]:
    """Give every picture with its name."""
    fill_history(studio, now)
    for tab in ("practice", "security", "backups", "letters", "today", "appearance"):
        yield f"12-settings-{tab}", partial(_settings, studio, tab)
    yield "12-letter-template", partial(_kind_of_letter, studio)
    yield "12-passphrase", partial(_over, studio, ChangePassphrase)
    yield "12-sheet", partial(_over, studio, NewSheet)
    yield "12-keychain", partial(_over, studio, KeychainCost)
    yield "12-data-key", partial(_over, studio, NewDataKey)
    for name, make in (
        ("01-damaged", _damaged),
        ("01-older", _older),
        ("01-restore", _restore),
        ("01-new-key", _working),
    ):
        yield name, partial(_at_door, studio, partial(make, studio, now))
    yield "01-keychain", partial(unlock_page, studio, now, locked=False, chain=True)


def _settings(studio: Studio, tab: str) -> QWidget:
    return studio.open(Route("settings", tab=tab))


def _kind_of_letter(studio: Studio) -> QWidget:
    _settings(studio, "letters")
    open_letter_template(studio.desk, studio.window, "weekly")
    return studio.window


def _over(studio: Studio, make: Callable[[Desk], Dialog]) -> QWidget:
    _settings(studio, "security")
    open_over(studio.window, make(studio.desk))
    return studio.window


def _at_door(studio: Studio, make: Draw) -> QWidget:
    studio.window.show_door(make())
    return studio.window


def _damaged(studio: Studio, now: datetime) -> QWidget:
    told, last = "The records are damaged at page 212.", now - timedelta(hours=3)
    found = Path("backup"), now - NIGHT
    return stuck.damaged(studio.words, now, told, last, found, restore=_nothing, again=_nothing)


def _older(studio: Studio, now: datetime) -> QWidget:
    told = "The records end 12 entries before what this computer noted on March 8."
    error, found = Older(told, 12, now), (Path("backup"), now - NIGHT)
    ways = {"look": _nothing, "restore": _nothing, "accept": _nothing}
    return stuck.older(studio.words, now, error, found, **ways)


def _restore(studio: Studio, _now: datetime) -> QWidget:
    page = RestorePage(
        Restoring(_nothing, _nothing, _nothing, _no_fault),
        Path("/home/nora/Practice restored 2026-03-09.cmdesk"),
        studio.tasks,
        studio.words,
        file=Path(DRIVE) / "2026-03-08T234000Z-daily.cmbak",
    )
    page.passphrase.setText("seventeen letters")
    return page


def _working(studio: Studio, _now: datetime) -> QWidget:
    page = Working("Making a new data key", "Writing every record anew.", studio.words)
    page.progressed.emit(0.4)
    return page


def _no_fault(_place: Path) -> str:
    return ""
