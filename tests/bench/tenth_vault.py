"""A tenth of the large practice: 50 clients, 20,000 entries, each chart as long as in the large."""

import hashlib
import shutil
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from cmdesk.models.base import Base
from cmdesk.store import engine, keys, migrate, vault
from cmdesk.store.header import FLOOR, RECORDS
from tests.bench import big_vault
from tests.bench.big_vault import PLACE, Big
from tests.records import PASSPHRASE, Clock

TENTH: Final = 10


@cache
def tenth_vault() -> Big:
    """Return the practice, made now if this version of it was not made before."""
    source = Path(big_vault.__file__).read_bytes() + Path(__file__).read_bytes()
    source += migrate.newest(migrate.default_place()).encode()
    folder = PLACE / f"tenth-{hashlib.sha256(source).hexdigest()[:12]}.cmdesk"
    if not folder.is_dir():
        part = folder.with_name("tenth-part.cmdesk")
        for old in PLACE.glob("tenth-*.cmdesk"):
            shutil.rmtree(old)
        PLACE.mkdir(parents=True, exist_ok=True)
        vault.create(part, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)[0].close()
        raw = engine.connect(part / RECORDS, keys.unlock(part, PASSPHRASE), foreign_keys=False)
        with pytest.MonkeyPatch.context() as smaller:
            smaller.setattr(big_vault, "CLIENTS", big_vault.CLIENTS // TENTH)
            smaller.setattr(big_vault, "ENTRIES", big_vault.ENTRIES // TENTH)
            big_vault._fill(raw)
        part.rename(folder)
    return Big(folder, keys.unlock(folder, PASSPHRASE))
