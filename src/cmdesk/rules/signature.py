"""The seal of a signed entry: one hash over everything that signing makes final."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

# Columns of an entry as they stand in the table (domain.md 0.7). Other rows are named by their uid.
FROZEN: Final = (
    "occurred_at", "occurred_zone", "time_recorded", "ended_at", "entered_at", "minutes", "kind",
    "direction", "method", "location", "outcome", "purposes", "service_components", "narrative",
    "part2", "sensitivity", "source", "risk", "risk_action", "client_response", "next_contact_on",
    "no_follow_up", "billable", "service_code", "billed_minutes", "rate_cents", "miles",
    "expense_cents", "template", "late_reason", "signed_at", "signed_by",
)  # fmt: skip
LINKS: Final = ("entry", "client", "engagement", "episode", "copied_from")


class Participant(NamedTuple):
    """`person` is the uid."""

    person: str
    capacity: str
    reached: bool


def signature_hash(
    columns: Mapping[str, object],
    links: Mapping[str, str | None],
    participants: Iterable[Participant],
) -> str:
    """Return the SHA-256 of the frozen content, in hex.

    `columns` holds the FROZEN columns, times aware; `links` the uids of LINKS, the entry's own
    among them; `participants` stand in their order.
    """
    content = {
        **{name: _plain(columns[name]) for name in FROZEN},
        **{name: links.get(name) for name in LINKS},
        "participants": [list(participant) for participant in participants],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


__all__ = ["FROZEN", "LINKS", "Participant", "signature_hash"]
