"""A large practice for measuring: 500 clients, 200,000 signed entries. Made once, kept in build."""

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import JSON, Table, insert
from sqlalchemy.dialects import sqlite

from cmdesk.models.base import Base
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant, EntryWording
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules.codes import Statement
from cmdesk.store import engine, keys, migrate, vault
from cmdesk.store.engine import Raw
from cmdesk.store.header import FLOOR, RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, PASSPHRASE, Clock

CLIENTS: Final = 500
ENTRIES: Final = 200_000
PLACE: Final = Path(__file__).parents[2] / "build" / "bench"
TOPICS: Final = ("progress", "attendance", "legal", "medication", "substance_use", "housing")
COMMON: Final = (
    *("called", "about", "the", "week", "and", "said", "that", "group", "went", "well", "today"),
)
RARE: Final = "Xanthippe"  # in three narratives
MIDDLING: Final = "ferry"  # in one of two hundred
VERY_COMMON: Final = "called"  # in all
PHRASE: Final = "night ferry"  # two words that often stand together

Row = dict[str, Any]


@dataclass(frozen=True)
class Big:
    """The closed vault; everything that opens it takes a copy of the keys."""

    folder: Path
    keys: Keys

    def fresh_keys(self) -> Keys:
        made = self.keys
        return Keys(made.header, bytearray(made.vmk), bytearray(made.dek))

    def copied(self, to: Path) -> "Big":
        return Big(Path(shutil.copytree(self.folder, to)), self.keys)

    def store(self) -> Store:
        return vault.open_store(self.folder, self.fresh_keys(), Base.metadata, Clock())

    def raw(self) -> Raw:
        """Connect as the store does, without anything on top."""
        return engine.connect(self.folder / RECORDS, self.fresh_keys())


@cache
def big_vault() -> Big:
    """Return the practice, made now if this version of it was not made before."""
    source = Path(__file__).read_bytes() + migrate.newest(migrate.default_place()).encode()
    folder = PLACE / f"big-{hashlib.sha256(source).hexdigest()[:12]}.cmdesk"
    if not folder.is_dir():
        part = folder.with_name("big-part.cmdesk")
        for old in PLACE.glob("big-*.cmdesk"):
            shutil.rmtree(old)
        PLACE.mkdir(parents=True, exist_ok=True)
        vault.create(part, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)[0].close()
        _fill(engine.connect(part / RECORDS, keys.unlock(part, PASSPHRASE), foreign_keys=False))
        part.rename(folder)
    return Big(folder, keys.unlock(folder, PASSPHRASE))


def _fill(raw: Raw) -> None:
    """Write the rows bare, then build the search index over all of them at once."""
    triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    raw.execute("BEGIN IMMEDIATE")
    for name, _ in triggers:
        raw.execute(f"DROP TRIGGER {name}")
    for model, rows in (
        (Practice, [{"name": "Large Practice", "time_zone": "America/New_York"}]),
        (Practitioner, [{"name": "Nora Whitlock"}]),
        (Person, people()),
        (Client, ({"person_id": 1 + 2 * number} for number in range(CLIENTS))),
        (Engagement, ({"client_id": 1 + number, "began_on": MONDAY} for number in range(CLIENTS))),
        (CircleMember, circle()),
        (Consent, consents()),
        (ConsentRecipient, consent_recipients()),
        (Entry, entries()),
        (EntryParticipant, participants()),
        (EntryWording, wordings()),
    ):
        _write(raw, model.__table__, rows)  # pyright: ignore[reportArgumentType] - each is a Table
    raw.execute("INSERT INTO search(search) VALUES ('rebuild')")
    raw.execute("INSERT INTO search_names(search_names) VALUES ('rebuild')")
    for _, sql in triggers:
        raw.execute(str(sql))
    raw.execute("COMMIT")
    raw.execute("ANALYZE")
    raw.close()


def _write(raw: Raw, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows with the columns' own defaults, a statement for each."""
    now = MONDAY_NOON.replace(tzinfo=None)
    defaults: Row = {}
    for column in table.columns:
        default = column.default
        if default is not None and default.is_scalar:
            defaults[column.name] = default.arg  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - it is scalar
        elif isinstance(column.type, JSON):
            defaults[column.name] = "[]"
    made = [name for name in ("created_at", "updated_at", "entered_at") if name in table.columns]
    defaults |= dict.fromkeys(made, str(now))
    names = [
        column.name for column in table.columns if not column.nullable or column.name in defaults
    ]
    names = list(dict.fromkeys([*names, *OPTIONAL.get(table.name, ())]))
    statement = insert(table).values(dict.fromkeys(names)).compile(dialect=sqlite.dialect())
    order = statement.positiontup or []
    for number, row in enumerate(rows, 1):
        values = defaults | {"id": number, "uid": f"{table.name}-{number}"} | row
        raw.execute(str(statement), tuple(_plain(values.get(name)) for name in order))


OPTIONAL: Final[dict[str, tuple[str, ...]]] = {
    "engagement": ("began_on",),
    "consent": ("signed_on", "begins_on", "expires_on"),
    "consent_recipient": ("person_id",),
    "entry": ("minutes",),
    "person": ("born",),
}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | None) else str(value)


def _list(codes: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{code}"' for code in codes) + "]"


def people() -> Iterator[Row]:
    """Give each client and, after each, the mother."""
    for number in range(CLIENTS):
        family = f"Family{number}"
        yield {"given_name": f"Client{number}", "family_name": family, "born": "1995-05-05"}
        yield {"given_name": f"Mother{number}", "family_name": family}


def circle() -> Iterator[Row]:
    for number in range(CLIENTS):
        tie = {"relationship": "mother", "roles": "[]"}
        yield {"client_id": 1 + number, "person_id": 2 + 2 * number, **tie}


def consents() -> Iterator[Row]:
    for number in range(CLIENTS):
        yield {
            "client_id": 1 + number,
            "kind": "part2_specific",
            "topics": _list(TOPICS[:4]),
            "purpose": "Planning",
            "signed_on": "2026-01-01",
            "begins_on": "2026-01-01",
            "expires_on": "2026-12-31",
            "signer": "client",
            "capacity": "has",
            "form_on_file": 1,
            "statements": _list(statement.value for statement in Statement),
            "channels": _list(["encrypted_pdf"]),
        }


def consent_recipients() -> Iterator[Row]:
    for number in range(CLIENTS):
        yield {"consent_id": 1 + number, "person_id": 2 + 2 * number}


def entries() -> Iterator[Row]:
    """Some four years of log, a contact every ten minutes or so, client after client in turn."""
    draw = Random(20260309)  # noqa: S311 - a log to read, not a secret
    vocabulary = [f"word{draw.randrange(30_000)}" for _ in range(30_000)]
    for number in range(ENTRIES):
        at = MONDAY_NOON - timedelta(minutes=10 * (ENTRIES - number))
        words = draw.choices(COMMON, k=40) + draw.choices(vocabulary, k=20)
        draw.shuffle(words)
        words.insert(0, VERY_COMMON)
        if number % 200 == 0:
            words[30:30] = PHRASE.split() if number % 400 else [MIDDLING]
        if number % (ENTRIES // 3) == 1000:
            words.append(RARE)
        yield {
            "client_id": 1 + number % CLIENTS,
            "occurred_at": str(at.replace(tzinfo=None)) + ".000000",
            "occurred_zone": "America/New_York",
            "minutes": draw.randrange(5, 90),
            "method": draw.choice(["phone", "video", "in_person", "e_mail"]),
            "direction": "outbound",
            "outcome": "reached",
            "purposes": _list(["monitoring"]),
            "narrative": " ".join(words) + ".",
            "part2": draw.choice(["yes", "no", "unknown"]),
            "status": "signed",
        }


def participants() -> Iterator[Row]:
    for number in range(ENTRIES):
        yield {"entry_id": 1 + number, "person_id": 2 + 2 * (number % CLIENTS)}


def wordings() -> Iterator[Row]:
    draw = Random(20260310)  # noqa: S311 - a log to read, not a secret
    for number in range(ENTRIES):
        at = MONDAY_NOON - timedelta(minutes=10 * (ENTRIES - number))
        yield {
            "entry_id": 1 + number,
            "at": str(at.replace(tzinfo=None)) + ".000000",
            "topics": _list(draw.sample(TOPICS, draw.randint(1, 2))),
            "family_line": "A good week in group.",
            "short_line": "A good week.",
            "short_topics": _list(["progress"]),
        }
