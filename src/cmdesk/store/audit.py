"""The audit trail: one row per act, each sealed together with the one before it.

Who changes, removes or slips in a row without the vault's key breaks the chain; who cuts off its
end is seen against an anchor kept elsewhere. It is evidence, not a wall: the owner of the
passphrase could make the whole chain anew.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection

from cmdesk.store.journal import Change
from cmdesk.store.tables import AUDIT, DDL

__all__ = ["AUDIT_TABLE", "DDL", "Head", "append", "head", "mac_at", "verify"]

AUDIT_TABLE: Final = AUDIT
_LONGEST_LIST: Final = 200  # runs of ids; beyond it an act is told by its counts
_INSERT: Final = (
    "INSERT INTO audit (seq, at, act, kind, rows, digest, previous, mac) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row: what an anchor elsewhere is compared with."""

    seq: int
    mac: str


def append(
    connection: Connection,
    key: bytearray,
    at: datetime,
    act: str,
    kind: str,
    change: Change | None = None,
    digest: str = "",
) -> None:
    """Add one row, in the transaction of the act it tells of."""
    last = head(connection)
    rows = _told(change.rows if change else ())
    act = act.encode("utf-8", "backslashreplace").decode()  # a path may hold what is no text
    fields = (last.seq + 1, _utc(at), act, kind, rows, digest, last.mac)
    connection.exec_driver_sql(_INSERT, (*fields, _mac(key, fields)))


def head(connection: Connection) -> Head:
    row = connection.exec_driver_sql("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").first()
    return Head(row[0], row[1]) if row else Head(0, "")


def mac_at(connection: Connection, seq: int) -> str | None:
    """Return one row's seal: a single look-up, however long the trail is."""
    return connection.exec_driver_sql("SELECT mac FROM audit WHERE seq = ?", (seq,)).scalar()


def verify(connection: Connection, key: bytearray, anchor: Head | None = None) -> list[str]:
    """Walk the whole chain; 2 s for 100,000 rows. Returns what is wrong, in words."""
    found: list[str] = []
    last = Head(0, "")
    anchored = anchor is None or anchor.seq == 0
    rows = connection.exec_driver_sql(
        "SELECT seq, at, act, kind, rows, digest, previous, mac FROM audit ORDER BY seq"
    )
    for *fields, mac in rows:
        seq, previous = fields[0], fields[6]
        if seq != last.seq + 1:
            found.append(f"Rows {last.seq + 1} to {seq - 1} of the audit trail are missing.")
        elif previous != last.mac:
            found.append(f"Row {seq} of the audit trail does not follow the row before it.")
        if not hmac.compare_digest(str(mac), _mac(key, tuple(fields))):
            found.append(f"Row {seq} of the audit trail was changed.")
        anchored = anchored or anchor == Head(seq, mac)
        last = Head(seq, mac)
    if not anchored and anchor is not None:
        found.append(f"The audit trail ends at row {last.seq}; it once held row {anchor.seq}.")
    return found


def _told(rows: Iterable[tuple[str, int]]) -> str:
    """Return JSON such as {"person": [[3, 9], 12]} (ids 3 to 9, and 12) or {"person": 50000}."""
    ids: dict[str, list[int]] = {}
    for table, id_ in rows:
        ids.setdefault(table, []).append(id_)
    told = {table: _runs(sorted(ids[table])) for table in sorted(ids)}
    short = {t: r if len(r) <= _LONGEST_LIST else len(ids[t]) for t, r in told.items()}
    return json.dumps(short, separators=(",", ":"))


def _runs(ids: list[int]) -> list[int | list[int]]:
    runs: list[list[int]] = []
    for id_ in ids:
        if runs and runs[-1][-1] == id_ - 1:
            runs[-1][1:] = [id_]
        else:
            runs.append([id_])
    return [run[0] if len(run) == 1 else run for run in runs]


def _mac(key: bytearray, fields: tuple[object, ...]) -> str:
    return hmac.new(key, json.dumps(fields).encode(), hashlib.sha256).hexdigest()


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
