"""The activity record as a table for a reviewer: each act, then what the check of it found."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import activity, clock
from cmdesk.casework.activity import Act, Filter
from cmdesk.exchange.export import cell
from cmdesk.words import Words

HEADER: Final = ("Number", "When", "When (UTC)", "What was done", "Kind", "Rows", "Seal")


def make(session: Session, words: Words, wanted: Filter, findings: Sequence[str]) -> bytes:
    """Write the acts asked for, oldest first; `findings` is what a check of the whole found.

    The last lines are each month's end, its number and the beginning of its seal. Printed, they are
    an anchor that nobody with the file alone can move.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    zone = clock.zone(session)
    for each in _oldest_first(session, wanted):
        row = (
            each.id,
            each.at.astimezone(zone).isoformat(timespec="seconds"),
            each.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            each.act,
            each.kind,
            activity.told(words, each),
            each.mac,
        )
        writer.writerow([cell(value) for value in row])
    for line in _foot(session, words, findings):
        writer.writerow([cell(value) for value in line])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _oldest_first(session: Session, wanted: Filter) -> list[Act]:
    found: list[Act] = []
    before: int | None = None
    while page := activity.page(session, wanted, before, 1_000):
        found += page
        before = page[-1].id
    return found[::-1]


def _foot(session: Session, words: Words, findings: Sequence[str]) -> list[tuple[str, ...]]:
    tr, zone = words.tr, clock.zone(session)
    verdict = findings or [activity.whole(words, activity.count(session))]
    lines: list[tuple[str, ...]] = [(), *((tr("Checked"), each) for each in verdict), ()]
    lines.append((tr("To be printed and kept"),))
    for each in activity.month_ends(session):
        month = words.month_year(each.at.astimezone(zone).date())
        lines.append((month, str(each.id), activity.mark(each)))
    return lines
