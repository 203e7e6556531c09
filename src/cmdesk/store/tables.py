"""The two tables that belong to the store itself and stand in every vault beside the records."""

from typing import Final

from sqlalchemy import Column, Index, Integer, MetaData, String, Table
from sqlalchemy.schema import CreateTable

METADATA: Final = MetaData()

META: Final = Table(
    "meta",
    METADATA,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
    info={"journal": False},
)

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),  # UTC, 2026-11-22T10:15:00.000Z
    Column("act", String, nullable=False),  # in the user's words
    Column("kind", String, nullable=False),  # write, undo, redo, unlock, view, export, ...
    Column("rows", String, nullable=False),  # JSON: table -> ids, or how many
    Column("digest", String, nullable=False),  # SHA-256 of the rows before and after; "" if none
    Column("previous", String, nullable=False),  # mac of the row before; "" for the first
    Column("mac", String, nullable=False),  # HMAC-SHA256 of all the others, in this order
    Index("ix_audit_kind", "kind"),  # the newest of a kind, among ten years; made by migration 0003
    info={"journal": False},
)

# Triggers stop accidents; what an intruder does, the chain shows.
_ONLY_ADDED: Final = "BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"

DDL: Final[tuple[str, ...]] = (
    str(CreateTable(META, if_not_exists=True)),
    str(CreateTable(AUDIT, if_not_exists=True)),
    f"CREATE TRIGGER IF NOT EXISTS audit_never_changes BEFORE UPDATE ON audit {_ONLY_ADDED}",
    f"CREATE TRIGGER IF NOT EXISTS audit_never_shrinks BEFORE DELETE ON audit {_ONLY_ADDED}",
)
"""Run when a vault is made, before its migrations."""
