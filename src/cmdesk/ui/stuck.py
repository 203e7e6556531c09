"""When the records do not open as they are: what is known, with both dates, and the ways on."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk.errors import Problem
from cmdesk.store.header import RECORDS
from cmdesk.ui.door_page import Choices, Fact, Way
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.when import in_sentence, moment_said
from cmdesk.words import Words

if TYPE_CHECKING:
    from cmdesk.store.anchor import Older

Found = tuple[Path, datetime] | None
"""The newest backup and when it was made"""


def last_written(folder: Path) -> datetime | None:
    """Say when the records were last written, as far as the disk tells."""
    try:
        return datetime.fromtimestamp((folder / RECORDS).stat().st_mtime, UTC)
    except OSError:
        return None


def _backup_fact(words: Words, now: datetime, newest: Found) -> Fact:
    if newest is None:
        told = words.tr("No backup was found where backups are kept. Plug its drive in.")
        return Fact(Icon.TRIANGLE_ALERT, "warn", told)
    told = words.tr("The newest backup is from {when}. It was checked when it was made.")
    when = in_sentence(moment_said(words, newest[1], now))
    return Fact(Icon.CIRCLE_CHECK, "ok", told.format(when=when))


def damaged(
    words: Words,
    now: datetime,
    told: str,
    written: datetime | None,
    newest: Found,
    *,
    restore: Callable[[Path | None], object],
    again: Callable[[], object],
) -> Choices:
    """Offer a restore of the newest good backup; the damaged records stay as they are."""
    tr = words.tr
    facts = [Fact(Icon.CIRCLE_ALERT, "crit", told)]
    if written:
        when = in_sentence(moment_said(words, written, now))
        last = tr("They were last written {when}.").format(when=when)
        facts.append(Fact(Icon.HISTORY, "text2", last))
    facts.append(_backup_fact(words, now, newest))
    beside = tr("Into a new folder. The damaged records stay as they are.")
    ways: list[Way] = []
    if newest:
        file = newest[0]
        ways.append(Way(tr("Restore the newest backup"), beside, lambda: restore(file)))
    other = tr("Choose another backup") if newest else tr("Choose a backup")
    ways.append(Way(other, tr("From a drive you plug in."), lambda: restore(None)))
    ways.append(Way(tr("Try again"), tr("When a drive or a file is back in its place."), again))
    text = tr("Nothing was changed, and nothing is written over.")
    return Choices(tr("Your records can’t be read as they stand"), text, facts, ways)


def older(
    words: Words,
    now: datetime,
    error: "Older | Problem",
    newest: Found,
    *,
    look: Callable[[], object],
    restore: Callable[[Path | None], object],
    accept: Callable[[], object],
) -> Choices:
    """Explain that the records went back in time, and let the user decide."""
    tr = words.tr
    facts = [Fact(Icon.TRIANGLE_ALERT, "warn", error.message), _backup_fact(words, now, newest)]
    file = newest[0] if newest else None
    ways = [
        Way(tr("Open to read only"), tr("Look before you decide. Nothing is changed."), look),
        Way(
            tr("Restore a backup"),
            tr("Into a new folder. These records stay as they are."),
            lambda: restore(file),
        ),
        Way(
            tr("Go on with these records"),
            tr("What is missing stays missing. The activity record says that you chose this."),
            accept,
        ),
    ]
    text = tr(
        "This happens when a copy was put in their place, or a drive or a synced folder brought "
        "an older state back."
    )
    return Choices(tr("These records are older than when you last used them"), text, facts, ways)


def elsewhere(
    words: Words,
    error: Problem,
    *,
    again: Callable[[], object],
    look: Callable[[], object],
    accept: Callable[[], object],
) -> Choices:
    """Explain that another computer has the records open, and let the user decide."""
    tr = words.tr
    ways = [
        Way(tr("Try again"), tr("Once cmdesk is locked or closed there."), again),
        Way(tr("Open to read only"), tr("Nothing is changed, here or there."), look),
        Way(
            tr("Go on here"),
            tr("Only if nobody writes to them there. The activity record says you chose this."),
            accept,
        ),
    ]
    text = tr("Two computers that write to the same records would damage them.")
    facts = [Fact(Icon.TRIANGLE_ALERT, "warn", error.message)]
    return Choices(tr("Your records are open on another computer"), text, facts, ways)
