"""One empty practice is made per run and copied for every test; Maya's case is one file away."""

import copy
import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

import cmdesk.models
from cmdesk.casework import consents, entries, parties
from cmdesk.casework.parties import Party
from cmdesk.exchange import practice_import
from cmdesk.models.base import Base, Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, Restriction
from cmdesk.models.entry import Entry
from cmdesk.models.provider import Organisation
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.log import LogDraft
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.copies import copied, knowing

assert cmdesk.models  # complete metadata needs every table imported

PASSPHRASE: Final = "lantern river oatmeal crooked"
MONDAY_NOON: Final = datetime(2026, 3, 9, 16, tzinfo=UTC)  # noon in New York
MONDAY: Final = date(2026, 3, 9)
WEEK: Final = (date(2026, 3, 2), date(2026, 3, 8))
PRACTICE_FILE: Final = Path(__file__).parent / "acceptance" / "example.json"

State = dict[str, list[tuple[object, ...]]]


class Clock:
    """Stands until a test moves it."""

    def __init__(self) -> None:
        self.now = MONDAY_NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Template:
    """A closed vault, and its keys: a copy opens without deriving them again."""

    folder: Path
    keys: Keys

    def fresh_keys(self) -> Keys:
        return replace(self.keys, vmk=bytearray(self.keys.vmk), dek=bytearray(self.keys.dek))


def closed(made: Store) -> Template:
    kept = Template(made.folder, Template(made.folder, made.keys).fresh_keys())
    made.close()
    return kept


@cache
def _template(base: Path) -> Template:
    folder = base / "empty.cmdesk"
    return closed(vault.create(folder, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)[0])


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return _template(tmp_path_factory.getbasetemp())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(
    request: pytest.FixtureRequest, template: Template, clock: Clock, tmp_path: Path
) -> Generator[Store]:
    """Open an empty practice, or one with Maya's case where a test asks for `maya`."""
    asked: tuple[Template, Maya] | None = None
    if "mayas_case" in request.fixturenames:
        asked = request.getfixturevalue("mayas_case")
    opened = open_copy(asked[0] if asked else template, clock, tmp_path / "practice.cmdesk")
    yield opened
    opened.close()


def open_copy(made: Template, clock: Callable[[], datetime], folder: Path) -> Store:
    """Open a copy of a closed vault, which knows the statements compiled for others."""
    copied(made.folder, folder)
    return knowing(vault.open_store(folder, made.fresh_keys(), Base.metadata, clock))


@dataclass(frozen=True)
class Maya:
    """Maya Brenner's case by its numbers; the week's one entry was on Friday the 6th, at 11."""

    client: int
    entry: int
    consent: int
    episode: int
    still: int  # Stillwater Ridge, a program under Part 2
    diane: Party  # her mother, whom the consent names
    tess: Party  # her therapist


Change = Callable[[dict[str, Any]], object]


def example(*changes: Change) -> dict[str, Any]:
    """Return the contract's practice file, without the correction that holds its entry back."""
    practice: dict[str, Any] = copy.deepcopy(json.loads(PRACTICE_FILE.read_text("utf-8")))
    del practice["clients"][0]["entries"][0]["addenda"]
    for change in changes:
        change(practice)
    return practice


def settle(store: Store, *changes: Change) -> Maya:
    """Bring Maya's case in, changed as a test wants it; nothing can be undone then."""
    practice = practice_import.checked(example(*changes))
    store.do("Import", practice_import.bring_in, practice)
    store._steps.clear()
    return store.ask(_numbers)


def tell_all(store: Store, maya: Maya, *readers: str) -> None:
    """Let Diane, and readers by key, hear how the treatment goes; no wish keeps it from her."""

    def widen(session: Session) -> None:
        form = consents.draft(session, maya.consent)
        topics, recipients = (*form.topics, "treatment"), (*form.recipients, *readers)
        consents.save(session, replace(form, topics=topics, recipients=recipients), maya.consent)
        session.execute(delete(Restriction))

    store.do("Widen", widen)


def _numbers(session: Session) -> Maya:
    return Maya(
        client=number(session, Client, "c-maya"),
        entry=number(session, Entry, "e-1"),
        consent=number(session, Consent, "k-diane"),
        episode=number(session, Episode, "ep-1"),
        still=number(session, Organisation, "o-still"),
        diane=parties.party_by_name(session, "p-diane"),
        tess=parties.party_by_name(session, "p-tess"),
    )


def number(session: Session, kind: type[Record], ref: str) -> int:
    found = session.scalars(select(kind).where(kind.ref == ref)).first()
    return found.id if found else 0


@pytest.fixture(scope="session")
def mayas_case(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Template, Maya]:
    """Bring Maya's case in once; every test that asks for `maya` opens a copy."""
    opened = open_copy(template, Clock(), tmp_path_factory.mktemp("case") / "practice.cmdesk")
    found = settle(opened)
    return closed(opened), found


@pytest.fixture
def maya(mayas_case: tuple[Template, Maya], store: Store) -> Maya:
    return mayas_case[1]


def contact(maya: Maya, **changes: Any) -> LogDraft:
    """Return a sound contact of Thursday the 5th, which Diane's consent covers."""
    drafted = LogDraft(
        client_id=maya.client,
        day=date(2026, 3, 5),
        at=time(15, 30),
        minutes=20,
        participants=(maya.tess.person_id or 0,),
        narrative="Tess called: group went well.",
        topics=("progress",),
        part2=Part2.NO,
        family_line="Maya had a good day in group.",
    )
    return replace(drafted, **changes)


def log(store: Store, maya: Maya, **changes: Any) -> int:
    """Log and sign a contact; return the entry."""
    return store.do("Log", entries.log, contact(maya, **changes), sign=True)


def state(store: Store, *left_out: str) -> State:
    """Return all that is kept, table by table, but for what undo leaves alone."""
    tables = [
        table
        for table in Base.metadata.sorted_tables
        if table.info.get("journal") is not False and table.name not in left_out
    ]

    def read(session: Session) -> State:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by("id"))]
            for table in tables
        }

    return store.ask(read)


def audited(store: Store) -> int:
    """Return how many rows the audit trail has."""
    return store.ask(lambda session: session.scalar(text("SELECT count(*) FROM audit")) or 0)
