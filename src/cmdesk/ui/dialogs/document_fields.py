"""The fields that describe a file, for one that is taken in and for one that is there."""

from collections.abc import Sequence

from cmdesk.rules.contact_codes import DocumentType, Part2
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import options
from cmdesk.ui.form import Bound


def rows(desk: Desk) -> list[Bound | Sequence[Bound]]:
    """Give the fields of a `DocumentForm`, row by row."""
    words, today = desk.words, desk.today
    tr = words.tr
    part2 = tr("Part 2: substance use treatment record")
    return [
        form.line("title", tr("Title")),
        [
            form.choice("type", tr("What it is"), options(tr, DocumentType)),
            form.line("correspondent", tr("From, or to")),
        ],
        [
            form.day("dated", tr("Dated"), today, words.short_day),
            form.day("received_on", tr("Received"), today, words.short_day),
            form.day("expires_on", tr("Valid until"), today, words.short_day),
        ],
        form.choice("part2", part2, options(tr, Part2), hint=tr("Unknown counts as yes.")),
    ]
