"""The large practice with a letter, a call and a step due for each client, young or old."""

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from cmdesk.models.base import Base
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.task import Task
from cmdesk.models.update import UpdatePlan
from cmdesk.store import engine, keys, migrate, vault
from cmdesk.store.header import FLOOR, RECORDS
from tests.bench import big_vault
from tests.bench.big_vault import CLIENTS, PLACE, Big, Row
from tests.records import MONDAY, PASSPHRASE, Clock

OPTIONAL = {"task": ("due",), "cadence_rule": ("person_id", "every_days")}


@cache
def busy_vault(entries: int) -> Big:
    """Return the practice with so many entries, made now if it was not made before."""
    source = Path(big_vault.__file__).read_bytes() + Path(__file__).read_bytes()
    source += migrate.newest(migrate.default_place()).encode()
    folder = PLACE / f"busy-{entries}-{hashlib.sha256(source).hexdigest()[:12]}.cmdesk"
    if not folder.is_dir():
        part = folder.with_name(f"busy-{entries}-part.cmdesk")
        for old in PLACE.glob(f"busy-{entries}-*.cmdesk"):
            shutil.rmtree(old)
        PLACE.mkdir(parents=True, exist_ok=True)
        vault.create(part, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)[0].close()
        held = keys.unlock(part, PASSPHRASE)
        made = Big(part, held)
        with pytest.MonkeyPatch.context() as other:
            other.setattr(big_vault, "ENTRIES", entries)
            other.setattr(big_vault, "OPTIONAL", big_vault.OPTIONAL | OPTIONAL)
            fresh = made.fresh_keys()
            big_vault._fill(engine.connect(part / RECORDS, fresh, foreign_keys=False))
            raw = engine.connect(part / RECORDS, made.fresh_keys(), foreign_keys=False)
            raw.execute("BEGIN IMMEDIATE")
            for model, rows in ((UpdatePlan, plans()), (CadenceRule, rhythms()), (Task, tasks())):
                big_vault._write(raw, model.__table__, rows)  # pyright: ignore[reportArgumentType] - each is a Table
            raw.execute("COMMIT")
            raw.execute("ANALYZE")
            raw.close()
        part.rename(folder)
    return Big(folder, keys.unlock(folder, PASSPHRASE))


def plans() -> Iterator[Row]:
    """Write to every mother on Mondays."""
    for number in range(CLIENTS):
        yield {"client_id": 1 + number, "recipient_id": 2 + 2 * number, "weekday": "monday"}


def rhythms() -> Iterator[Row]:
    """Call every mother once a week, and one in ten every three days."""
    for number in range(CLIENTS):
        common = {"client_id": 1 + number, "person_id": 2 + 2 * number}
        yield {**common, "method": "phone", "every_days": 7 if number % 10 else 3}


def tasks() -> Iterator[Row]:
    """Leave one thing open for every client, one in fifty for today."""
    for number in range(CLIENTS):
        due = MONDAY + timedelta(days=number % 50)
        yield {"client_id": 1 + number, "text": f"Call about matter {number}", "due": due}
