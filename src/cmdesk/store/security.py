"""What the owner of an open vault may do to the ways into it; each act leaves an audit row."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.store import keys as keyring
from cmdesk.store import passphrases, slots
from cmdesk.store.header import Header, Kdf
from cmdesk.store.keychain import Keychain
from cmdesk.store.sealing import fresh, zero
from cmdesk.store.store import Store
from cmdesk.store.tables import AUDIT
from cmdesk.store.troubles import files_plainly

_REPLACED: Final = ("New recovery code made", "recovery")
_CONFIRMED: Final = ("Recovery code confirmed", "recovery")
_KEPT: Final = ("Vault opens by this computer's keychain, too", "keychain")
_DROPPED: Final = ("Vault no longer opens by the keychain", "keychain")


@dataclass(frozen=True, slots=True)
class SecurityFacts:
    """What Settings says of the ways into the vault. A time is None where none was written."""

    passphrase_changed: datetime | None
    recovery_confirmed: datetime | None
    recovery_owed: bool
    keychain: bool


def facts(store: Store) -> SecurityFacts:
    header = store.keys.header
    return SecurityFacts(
        passphrase_changed=store.ask(_latest, *keyring.CHANGED),
        recovery_confirmed=(None if header.recovery_owed else store.ask(_latest, *_CONFIRMED)),
        recovery_owed=header.recovery_owed,
        keychain=header.slot(slots.KEYCHAIN) is not None,
    )


def change_passphrase(store: Store, current: str, new: str, kdf: Kdf | None = None) -> None:
    """Replace the passphrase by someone who knows it. Takes two derivations, about a second.

    Raises WrongSecret if `current` is not the passphrase, Problem if `new` is a weak one.
    """
    keyring.prove(store.keys, current)
    set_passphrase(store, new, kdf)


def set_passphrase(store: Store, new: str, kdf: Kdf | None = None) -> None:
    """Replace the passphrase by someone who has just proved a way in. Raises Problem."""
    fault = passphrases.faults(new)
    if fault:
        raise Problem(fault)
    slot = keyring.passphrase_slot(store.keys, new, kdf)
    store.keys.stronger = None  # of the passphrase that goes
    with store.still():
        _write(store, store.keys.header.with_slot(slot), *keyring.CHANGED)


def new_recovery_code(store: Store) -> str:
    """Return a new recovery code, owed until confirmed; the old one opens nothing any more."""
    with store.still():
        code, header = keyring.with_new_code(store.keys)
        _write(store, header, *_REPLACED)
    return code


def confirm_recovery(store: Store) -> None:
    """Note that the user holds the recovery code."""
    with store.still():
        header = replace(store.keys.header, recovery_owed=False)
        _write(store, header, *_CONFIRMED)


def use_keychain(store: Store, keychain: Keychain) -> None:
    """Let this computer's keychain open the vault as well. Raises Problem; nothing has changed.

    Whoever is signed in to the computer can then open the vault without typing anything.
    """
    secret, vault_id = fresh(), store.keys.header.vault_id
    try:
        keychain.write(vault_id, bytes(secret))
        try:
            with store.still():
                held = store.keys
                header = held.header.with_slot(slots.for_keychain(held.header, held.vmk, secret))
                _write(store, header, *_KEPT)
        except BaseException:
            with suppress(Problem):  # what is left there opens nothing
                keychain.remove(vault_id)
            raise
    finally:
        zero(secret)


def stop_keychain(store: Store, keychain: Keychain | None) -> None:
    """Let passphrase and recovery code alone open the vault again, whatever the keychain says."""
    with store.still():
        if store.keys.header.slot(slots.KEYCHAIN) is not None:
            _write(store, slots.without_keychain(store.keys.header), *_DROPPED)
    if keychain is not None:
        with suppress(Problem):  # what is left there opens nothing
            keychain.remove(store.keys.header.vault_id)


def _write(store: Store, header: Header, act: str, kind: str) -> None:
    """Write header and audit row, or neither: the old header comes back if the row fails."""
    if store.read_only:
        raise Problem("This vault is open for reading only.", "Lock it, then unlock it to change.")
    before = store.keys.header
    with files_plainly(store.folder):
        keyring.write(store.folder, store.keys, header)
        try:
            store.note(act, kind)
        except BaseException:
            generation = store.keys.header.generation
            keyring.write(store.folder, store.keys, replace(before, generation=generation))
            raise


def _latest(session: Session, act: str, kind: str) -> datetime | None:
    newest = select(AUDIT.c.at).where(AUDIT.c.kind == kind, AUDIT.c.act == act)
    at = session.scalar(newest.order_by(AUDIT.c.seq.desc()).limit(1))
    return None if at is None else datetime.fromisoformat(at)
