"""The ten things that are hurt while they happen, each in steps that promise something."""

import base64
import hashlib
import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, time
from pathlib import Path
from random import Random
from threading import Event
from typing import ClassVar, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import documents, drafts, entries, parties, search
from cmdesk.errors import WrongSecret
from cmdesk.exchange import intake, nppes
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.result import Result
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry
from cmdesk.models.person import Address, Person
from cmdesk.models.provider import Organisation, Professional
from cmdesk.rules.log import LogDraft
from cmdesk.store import backup, restore, rotation, security
from cmdesk.store import keys as keyring
from cmdesk.store.header import FLOOR
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from cmdesk.ui import bringing_in
from tests.exchange import npi
from tests.exchange.workbooks import workbook
from tests.faults import scenes
from tests.faults.scenes import PASSPHRASE, Progress, Scene, Told


class Mixed(Exception):
    """Neither the state before a step nor the one after it."""


class Operation:
    """One operation: `act` promises `steps` things, one by one; `level` says how many are there."""

    name: ClassVar[str]
    steps: ClassVar[int]
    opening: ClassVar = False  # whether the opening itself is hurt, too
    leveled: ClassVar = True  # whether what is in the vault tells how many steps there were
    counted: ClassVar = True  # whether every table's rows are known at every step

    def prepare(self, scene: Scene) -> None:
        """Add to the scene what the operation needs."""

    def begin(self, scene: Scene) -> Store | None:
        return scene.open()

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        """Go on from `progress.count`."""
        raise NotImplementedError

    def unlock(self, scene: Scene, told: Told) -> Keys:
        """Unlock with the newest secret that was acknowledged, or one that was on its way."""
        return scene.keys()

    def level(self, scene: Scene, store: Store) -> int:
        """Return how many steps the opened vault holds. Raises Mixed."""
        raise NotImplementedError


def _opened(store: Store | None) -> Store:
    assert store is not None
    return store


def prefix(found: Iterable[int], what: str) -> int:
    """Return n where 1 to n were found and nothing else."""
    numbers = sorted(found)
    if numbers != list(range(1, len(numbers) + 1)):
        raise Mixed(f"{what} {numbers} are there")
    return len(numbers)


class Save(Operation):
    """Log and sign contacts, one after another; also the opening before and the lock after."""

    name, steps, opening = "save", 6, True

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        client = store.ask(parties.client_by_name, "c-maya")
        while progress.count < self.steps:
            draft = self.contact(client, progress.count + 1)
            store.do("Log a contact", entries.log, draft, sign=True)
            progress.done(store)

    @staticmethod
    def contact(client: int, number: int) -> LogDraft:
        return LogDraft(
            client_id=client,
            day=date(2026, 3, 10),
            at=time(9, number),
            minutes=10,
            narrative=_narrative(number),
            topics=("progress",),
            family_line="A good day.",
            follow_up=f"Call again about number {number}.",
        )

    def level(self, scene: Scene, store: Store) -> int:
        return prefix(store.ask(self._found), "contacts")

    def _found(self, session: Session) -> list[int]:
        query = select(Entry).where(Entry.narrative.startswith("Fault contact "))
        numbers: list[int] = []
        for entry in session.scalars(query):
            number = int(entry.narrative.split()[2])
            if entry.narrative != _narrative(number) or not entry.signature_hash:
                raise Mixed(f"contact {number} is not whole")
            numbers.append(number)
        if numbers and not search.search(session, f"zebra{max(numbers)}"):
            raise Mixed(f"contact {max(numbers)} is not found by its words")
        return numbers


def _narrative(number: int) -> str:
    draw = Random(number)  # noqa: S311 - words to read
    words = " ".join(f"word{draw.randrange(900)}" for _ in range(400))
    return f"Fault contact {number} zebra{number} {words}"


class Autosave(Operation):
    """Keep a draft again and again, as an editor does while somebody types."""

    name, steps = "autosave", 12
    _key: ClassVar = "log:fault"

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        while progress.count < self.steps:
            store.do("Typing", drafts.keep, self._key, self._body(progress.count + 1))
            progress.done(store)

    def _body(self, version: int) -> dict[str, object]:
        return {"version": version, "narrative": f"typed {version} " * 150 * version}

    def level(self, scene: Scene, store: Store) -> int:
        kept = store.ask(drafts.find, self._key)
        if kept is None:
            return 0
        version = int(kept.body["version"])
        if dict(kept.body) != self._body(version):
            raise Mixed("a draft is not whole")
        return version


class Import(Operation):
    """Take in a table of people, then an address book: a transaction each."""

    name, steps = "import", 2
    _rows: ClassVar = 150

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        for number, (data, name) in enumerate(((self._table(), "a.csv"), (self._cards(), "a.vcf"))):
            if progress.count == number:
                store.do("Import", intake.bring_in, data, name=name)
                progress.done(store)

    def _table(self) -> bytes:
        lines = ["given_name,family_name,organization,phone,email"]
        lines += [
            f"Table{n},Faultfirst,House {n % 7},+1 212 555 {n:04},t{n}@example.org"
            for n in range(self._rows)
        ]
        return "\n".join(lines).encode()

    def _cards(self) -> bytes:
        card = (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Faultsecond;Card{0};;;\r\nFN:Card{0} Faultsecond\r\n"
        )
        card += "TEL;TYPE=WORK:+1 917 555 {0:04}\r\nEMAIL:c{0}@example.org\r\nEND:VCARD\r\n"
        return "".join(card.format(n) for n in range(self._rows)).encode()

    def level(self, scene: Scene, store: Store) -> int:
        first, second = (store.ask(self._named, name) for name in ("Faultfirst", "Faultsecond"))
        whole = {(0, 0): 0, (self._rows, 0): 1, (self._rows, self._rows): 2}
        if (first, second) not in whole:
            raise Mixed(f"{first} people of the table and {second} of the address book are there")
        return whole[first, second]

    @staticmethod
    def _named(session: Session, family: str) -> int:
        return len(session.scalars(select(Person.id).where(Person.family_name == family)).all())


class ImportPrograms(Operation):
    """Take in a list, a workbook and NPPES: a transaction each; the last with a backup before."""

    name, steps = "directories", 3
    _rows: ClassVar = 200

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        if progress.count == 0:
            store.do("Import", intake.bring_in, self._list(), name="list.csv")
            progress.done(store)
        if progress.count == 1:
            store.do("Import", intake.bring_in, self._workbook(), name="directory.xlsx")
            progress.done(store)
        if progress.count == 2:
            job = bringing_in.Job("Import", self._national, bringing_in.UNDONE_UP_TO + 1)
            bringing_in.run(store, job, lambda _: None)
            progress.done(store)

    def _list(self) -> bytes:
        lines = ["name,street,city,state,zip,phone,email"]
        lines += [
            f"Faultlist {n},{n} Elm St,Albany,NY,12203,518 555 {n:04},p{n}@example.org"
            for n in range(self._rows)
        ]
        return "\n".join(lines).encode()

    def _workbook(self) -> bytes:
        header = ("name1", "street1", "city", "state", "zip", "phone", "service_code_info")
        rows = [
            (f"Faultbook {n}", f"{n} Oak St", "Troy", "NY", 12180, f"518-555-{n:04}", "SA*OIT")
            for n in range(self._rows)
        ]
        return workbook({"Directory 2025": [header, *rows]})

    def _national(self, session: Session, progress: Callable[[float], None], stop: Event) -> Result:
        shared = {"state": "NY", "zip": "10001", "taxonomy": "1041C0700X"}
        rows = [
            npi.row(npi=npi.npi(n), entity="1", given=f"Given{n}", family="Faultnational", **shared)
            for n in range(self._rows)
        ]
        data = (npi.HEADER + "".join(rows)).encode()
        chosen = Choice(frozenset({"NY"}))
        name = "npidata_pfile_20050523-20261109.csv"
        return nppes.bring_in(session, io.BytesIO(data), len(data), name, chosen, progress, stop)

    def level(self, scene: Scene, store: Store) -> int:
        for file in (scene.vault / "backups").glob("*.cmbak"):
            backup.verify(file, store.keys)
        there = tuple(store.ask(self._found))
        rows, none = self._rows, 0
        whole: dict[tuple[int, ...], int] = {
            (none, none, none, none): 0,
            (rows, none, none, none): 1,
            (rows, rows, none, none): 2,
            (rows, rows, rows, rows): 3,
        }
        if there not in whole:
            raise Mixed(f"{there} of the list, the workbook, and NPPES with its sides are there")
        return whole[there]

    @staticmethod
    def _found(session: Session) -> list[int]:
        def named(words: str) -> int:
            query = select(Organisation.id).where(Organisation.name.startswith(words))
            addresses = select(Address.id).where(Address.organisation_id.in_(query))
            programs, places = (len(session.scalars(each).all()) for each in (query, addresses))
            return programs if programs == places else -1

        people = select(Person.id).where(Person.family_name == "Faultnational")
        sides = select(Professional.id).where(Professional.person_id.in_(people))
        national = [len(session.scalars(each).all()) for each in (people, sides)]
        return [named("Faultlist "), named("Faultbook "), *national]


class Attach(Operation):
    """Keep files inside the vault."""

    name, steps = "attachment", 3

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        while progress.count < self.steps:
            number = progress.count + 1
            store.do(
                "Attach",
                documents.add,
                _scan(number),
                title=f"Fault scan {number}",
                file_name=f"scan-{number}.pdf",
                media_type="application/pdf",
            )
            progress.done(store)

    def level(self, scene: Scene, store: Store) -> int:
        return prefix(store.ask(self._found), "scans")

    @staticmethod
    def _found(session: Session) -> list[int]:
        query = select(Document).where(Document.title.startswith("Fault scan "))
        numbers: list[int] = []
        for document in session.scalars(query):
            number = int(document.title.split()[2])
            if documents.content(session, document.id) != _scan(number):
                raise Mixed(f"scan {number} is not what was attached")
            numbers.append(number)
        return numbers


def _scan(number: int) -> bytes:
    seed = hashlib.sha256(str(number).encode()).digest()
    return base64.b64encode(Random(seed).randbytes(120_000))  # noqa: S311 - a file to compare


class Backup(Operation):
    """Back up twice into a second place."""

    name, steps = "backup", 2

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        while progress.count < self.steps:
            backup.make(store, scene.backups)
            progress.done(store)

    def level(self, scene: Scene, store: Store) -> int:
        for file in scene.backups.glob("*.cmbak"):
            backup.verify(file, store.keys)  # raises Damaged: a bad file must not bear the name
        made = len(backup.listed(scene.backups, store.keys.header.vault_id))
        return min(made, self.steps)  # one more where the last sync failed and it was tried again


class Migration(Operation):
    """Open a vault of the first schema, which upgrades it."""

    name, steps = "migration", 1

    def prepare(self, scene: Scene) -> None:
        scenes.make_old(scene)

    def begin(self, scene: Scene) -> Store | None:
        return None

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        opened = scene.open()
        progress.done(opened)
        opened.close()

    def level(self, scene: Scene, store: Store) -> int:
        return 1  # opening upgrades; that a cut leaves one of the two schemas, the judge has seen


class Restore(Operation):
    """Restore a backup into a new vault, beside the one that is there."""

    name, steps = "restore", 1

    def prepare(self, scene: Scene) -> None:
        store = scene.open()
        backup.make(store, scene.backups)
        store.close()

    def begin(self, scene: Scene) -> Store | None:
        return None

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        if not scene.restored.exists():  # else it was whole, and only its folder was not synced
            held = restore.restore(
                self._file(scene), scene.restored, code=scenes.CODE, clock=scene.clock
            )
            held.forget()
        progress.done()

    @staticmethod
    def _file(scene: Scene) -> Path:
        return next(iter(scene.backups.glob("*.cmbak")))

    def level(self, scene: Scene, store: Store) -> int:
        backup.verify(self._file(scene), store.keys)
        if not scene.restored.exists():
            return 0
        opened = scene.open(scene.restored)
        try:
            if opened.ask(scenes.counted) != store.ask(scenes.counted):
                raise Mixed("the restored vault does not hold what the backup held")
        finally:
            opened.close()
        return 1


class ChangeSecrets(Operation):
    """Change the passphrase twice, then the recovery code."""

    name, steps, leveled = "passphrase", 3, False
    passphrases: Final = (
        PASSPHRASE,
        "copper bicycle seven lanterns",
        "willow harbour eleven trains",
    )

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        store = _opened(store)
        while progress.count < 2:
            security.set_passphrase(store, self.passphrases[progress.count + 1], FLOOR)
            progress.done(store)
        if progress.count == 2:
            progress.done(store, code=security.new_recovery_code(store))

    def unlock(self, scene: Scene, told: Told) -> Keys:
        """Unlock by the recovery code, which costs nothing; the passphrase is proved beside it."""
        try:
            keys = scene.keys(code=told.get("code", scenes.CODE))
        except WrongSecret:
            if told["n"] != 2:  # else a new code was on its way to the disk
                raise
            return keyring.unlock(scene.vault, self.passphrases[2])
        for passphrase in self.passphrases[min(told["n"], 2) :]:
            with suppress(WrongSecret):
                keyring.prove(keys, passphrase)
                return keys
        raise WrongSecret("No passphrase of the acknowledged or later ones opens the vault.")

    def level(self, scene: Scene, store: Store) -> int:
        return 0  # `unlock` has proved it


class Rotate(Operation):
    """Give the records a new data key, with its backup before."""

    name, steps = "rotation", 1

    def begin(self, scene: Scene) -> Store | None:
        return None

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        held = scene.keys()

        def back_up() -> object:
            return backup.copy(scene.vault, held, scene.backups, "before_rotation", scene.clock)

        try:
            rotation.rotate(scene.vault, held, scene.clock, backup=back_up)
        finally:
            held.forget()
        progress.done()

    def level(self, scene: Scene, store: Store) -> int:
        for file in scene.backups.glob("*.cmbak"):
            backup.verify(file, store.keys)
        rotated = store.ask(lambda session: session.connection().exec_driver_sql(_ROTATED).scalar())
        return int(bool(rotated))


_ROTATED: Final = f"SELECT count(*) FROM audit WHERE kind = '{rotation.KIND}'"

OPERATIONS: Final[dict[str, Operation]] = {
    one.name: one
    for one in (
        Save(), Autosave(), Import(), ImportPrograms(), Attach(), Backup(), Migration(), Restore(),
        ChangeSecrets(), Rotate(),
    )
}  # fmt: skip
