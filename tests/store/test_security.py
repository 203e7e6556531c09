"""What the owner may do to the ways into a vault, and the trace it leaves."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cmdesk.errors import Problem, WrongSecret
from cmdesk.store import keys, security, vault
from cmdesk.store.header import COPY, FLOOR, HEADER, Kdf
from cmdesk.store.security import SecurityFacts
from cmdesk.store.store import Store
from tests.store import small

pytestmark = pytest.mark.usefixtures("each_once")

NEW = "marble canyon whisper tulip"


@dataclass
class Kept:
    """A keychain, the outer edge."""

    name: str = "fake"
    kept: dict[str, bytes] = field(default_factory=dict[str, bytes])
    silent: bool = False

    def read(self, vault_id: str) -> bytes | None:
        return None if self.silent else self.kept.get(vault_id)

    def write(self, vault_id: str, secret: bytes) -> None:
        self._answer()
        self.kept[vault_id] = secret

    def remove(self, vault_id: str) -> None:
        self._answer()
        self.kept.pop(vault_id, None)

    def _answer(self) -> None:
        if self.silent:
            raise Problem("This computer's keychain did not answer.")


def ticking() -> Iterator[datetime]:
    at = small.NOON
    while True:
        yield at
        at += timedelta(minutes=1)


@pytest.fixture
def store(folder: Path, code: str, migrations: Path) -> Iterator[Store]:
    times = ticking()
    held = keys.unlock(folder, code=code)
    opened = vault.open_store(folder, held, small.SMALL, lambda: next(times), migrations=migrations)
    yield opened
    opened.close()


def acts(store: Store, *kinds: str) -> list[str]:
    return [act for act, kind, _ in store.ask(small.trail) if kind in kinds]


def refuse_audit_rows(store: Store, kind: str) -> None:
    """Make the audit trail refuse a kind of row, as a failing disk would."""
    trigger = (
        f"CREATE TRIGGER refuse BEFORE INSERT ON audit WHEN new.kind = '{kind}' "
        "BEGIN SELECT RAISE(ABORT, 'refused'); END"
    )
    store.do("Break", lambda session: session.execute(text(trigger)))


def test_nothing_was_done_yet(store: Store) -> None:
    assert security.facts(store) == SecurityFacts(None, None, recovery_owed=True, keychain=False)


def test_the_passphrase_is_changed_by_who_knows_it(store: Store) -> None:
    held = store.keys
    held.stronger = held.header.slot("passphrase")
    security.change_passphrase(store, small.PASSPHRASE, NEW, FLOOR)
    assert held.stronger is None
    assert keys.unlock(store.folder, NEW).dek == held.dek
    with pytest.raises(WrongSecret):
        keys.unlock(store.folder, small.PASSPHRASE)
    changed = security.facts(store).passphrase_changed
    assert changed is not None
    assert small.NOON < changed < small.NOON + timedelta(hours=1)
    assert acts(store, "passphrase") == ["Passphrase changed"]
    security.set_passphrase(store, NEW + " again", FLOOR)
    later = security.facts(store).passphrase_changed
    assert later is not None
    assert later > changed


def test_a_passphrase_changed_at_the_door_is_told_once_the_records_are_open(
    folder: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    keys.set_passphrase(folder, held, NEW, FLOOR)
    with closing(
        vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations)
    ) as store:
        assert security.facts(store).passphrase_changed == small.NOON
        assert acts(store, "passphrase") == ["Passphrase changed"]
        assert held.acts == []


def test_a_costlier_slot_is_written_when_the_vault_is_opened(
    folder: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    slot = keys.passphrase_slot(held, small.PASSPHRASE, Kdf(memory=FLOOR.memory + 1024))
    held.stronger = slot
    with closing(
        vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations)
    ) as store:
        assert held.stronger is None
        assert acts(store, "passphrase") == ["Passphrase made costlier to guess"]
        assert security.facts(store).passphrase_changed is None  # it is the same one
    again = keys.unlock(folder, small.PASSPHRASE)
    assert again.header.slot("passphrase") == slot


def test_who_does_not_know_the_passphrase_changes_nothing(store: Store) -> None:
    before = (store.folder / HEADER).read_bytes()
    with pytest.raises(WrongSecret):
        security.change_passphrase(store, small.PASSPHRASE + " ", NEW, FLOOR)
    assert (store.folder / HEADER).read_bytes() == before
    assert acts(store, "passphrase") == []


@pytest.mark.parametrize("weak", ["", "fourteen chars", "correct horse battery staple"])
def test_a_weak_passphrase_is_refused(store: Store, weak: str) -> None:
    before = (store.folder / HEADER).read_bytes()
    with pytest.raises(Problem, match="passphrase"):
        security.set_passphrase(store, weak, FLOOR)
    assert (store.folder / HEADER).read_bytes() == before


def test_a_new_recovery_code_is_owed_until_confirmed(store: Store, code: str) -> None:
    security.confirm_recovery(store)
    first = security.facts(store)
    assert not first.recovery_owed
    assert first.recovery_confirmed is not None
    new = security.new_recovery_code(store)
    assert keys.unlock(store.folder, code=new).dek == store.keys.dek
    with pytest.raises(WrongSecret):
        keys.unlock(store.folder, code=code)
    owed = security.facts(store)
    assert owed.recovery_owed
    assert owed.recovery_confirmed is None
    security.confirm_recovery(store)
    again = security.facts(store).recovery_confirmed
    assert again is not None
    assert again > first.recovery_confirmed
    made = ["Recovery code confirmed", "New recovery code made", "Recovery code confirmed"]
    assert acts(store, "recovery") == made


def test_the_keychain_opens_until_it_is_stopped(store: Store, code: str) -> None:
    keychain = Kept()
    vault_id = store.keys.header.vault_id
    security.use_keychain(store, keychain)
    assert security.facts(store).keychain
    assert keys.has_keychain(store.folder)
    secret = keychain.read(vault_id)
    assert keys.unlock(store.folder, secret=secret).dek == store.keys.dek
    security.use_keychain(store, keychain)  # anew: the secret before opens nothing
    with pytest.raises(WrongSecret, match="keychain"):
        keys.unlock(store.folder, secret=secret)
    newest = keychain.read(vault_id)
    security.stop_keychain(store, keychain)
    assert keychain.kept == {}
    assert not security.facts(store).keychain
    with pytest.raises(WrongSecret, match="keychain"):
        keys.unlock(store.folder, secret=newest)
    assert keys.unlock(store.folder, code=code).dek == store.keys.dek
    security.stop_keychain(store, keychain)  # it was stopped
    assert len(acts(store, "keychain")) == 3


def test_a_silent_keychain_is_not_used_but_can_be_stopped(store: Store) -> None:
    keychain = Kept(silent=True)
    before = (store.folder / HEADER).read_bytes()
    with pytest.raises(Problem, match="did not answer"):
        security.use_keychain(store, keychain)
    assert (store.folder / HEADER).read_bytes() == before
    keychain.silent = False
    security.use_keychain(store, keychain)
    keychain.silent = True
    security.stop_keychain(store, keychain)
    assert not security.facts(store).keychain
    keychain.silent = False
    assert keychain.kept != {}  # what is left there opens nothing
    with pytest.raises(WrongSecret, match="keychain"):
        keys.unlock(store.folder, secret=keychain.read(store.keys.header.vault_id))


def test_a_lost_keychain_can_be_stopped(store: Store) -> None:
    security.use_keychain(store, Kept())
    security.stop_keychain(store, None)
    assert not keys.has_keychain(store.folder)


def test_without_its_audit_row_nothing_is_changed(store: Store, code: str) -> None:
    keychain = Kept()
    header = store.keys.header
    attempts: dict[str, Callable[[], object]] = {
        "passphrase": lambda: security.set_passphrase(store, NEW, FLOOR),
        "recovery": lambda: security.new_recovery_code(store),
        "keychain": lambda: security.use_keychain(store, keychain),
    }
    for kind, attempt in attempts.items():
        refuse_audit_rows(store, kind)
        with pytest.raises(Exception, match="refused"):
            attempt()
        store.do("Mend", lambda session: session.execute(text("DROP TRIGGER refuse")))
        assert store.keys.header.slots == header.slots
        assert store.keys.header.recovery_owed == header.recovery_owed
    assert keychain.kept == {}
    assert keys.unlock(store.folder, code=code).header == store.keys.header
    assert (store.folder / HEADER).read_bytes() == (store.folder / COPY).read_bytes()


def test_a_vault_open_for_reading_keeps_its_ways_in(
    folder: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    opened = vault.open_store(
        folder, held, small.SMALL, small.noon, migrations=migrations, read_only=True
    )
    before = (folder / HEADER).read_bytes()
    try:
        with pytest.raises(Problem, match="reading only"):
            security.confirm_recovery(opened)
        assert not security.facts(opened).keychain
    finally:
        opened.close()
    assert (folder / HEADER).read_bytes() == before
