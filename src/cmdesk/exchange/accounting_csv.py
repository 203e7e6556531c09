"""The sharing log as a table: every field that is kept of every row, corrections as rows of theirs.

45 CFR 164.528(b)(2), 42 CFR 2.25. For the practice and its reviewers.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import accounting
from cmdesk.casework.accounting import Told
from cmdesk.exchange.export import cell
from cmdesk.rules.codes import Channel, DisclosureBasis
from cmdesk.rules.disclosure_bases import SAID

HEADER: Final = (
    "Row", "Corrects row", "Counts", "When", "When (UTC)", "To whom", "Organization", "Address",
    "What", "Purpose", "Topics", "Ground", "Asked for by", "Consents", "Part 2", "Notice",
    "Notice version", "How it went", "Evidence of delivery", "Who told it",
    "Only what was needed, confirmed by", "Pages", "Document", "SHA-256 as handed over",
    "SHA-256 before locking", "Entries", "Check of restrictions", "Overrides", "Why corrected",
    *(name.replace("_", " ").capitalize() for name in SAID),
    "Due on",
)  # fmt: skip


def make(
    session: Session, client_id: int, first: date | None = None, last: date | None = None
) -> bytes:
    """Write the rows of a span of days, oldest first, each followed by what puts it right."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    for told in accounting.rows(session, client_id, first, last):
        for each in (told, *told.corrections):
            writer.writerow([cell(value) for value in _cells(each, counts=told.counts is each)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cells(told: Told, *, counts: bool) -> Iterator[object]:
    yield from (told.uid, told.corrects, "yes" if counts else "no")
    yield told.at.isoformat(timespec="seconds") if told.timed else told.at.date().isoformat()
    yield told.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    yield from (told.recipient_name, told.recipient_organisation, told.recipient_address)
    yield from (told.what, told.purpose, ", ".join(told.topics))
    yield _label(DisclosureBasis, told.basis)
    yield "; ".join(told.required) or "exempt"
    yield from ("; ".join(told.consents), "yes" if told.part2 else "no")
    yield from (told.notice_form, told.notice_version)
    yield _label(Channel, told.channel)
    yield from (told.delivery_evidence, told.discloser, told.needed_only)
    yield told.pages if told.pages is not None else ""
    yield from (told.document, told.sha256, told.content_sha256, ", ".join(told.entries))
    yield from (told.restriction_check, told.override_reason, told.why)
    yield from (str(told.said.get(name, "")) for name in (*SAID, "due_on"))


def _label(codes: type[DisclosureBasis] | type[Channel], code: str) -> str:
    """Give a code's words; one that another program wrote stands as it is."""
    return codes(code).label if code in set(codes) else code
