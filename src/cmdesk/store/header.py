"""The vault's header.json: wrapped keys and parameters, parsed as if an enemy had written it.

One canonical spelling exists for every header (sorted keys, ASCII, hex), so a single changed bit
either breaks that spelling, the `sum` (damage) or the `mac` (tampering; see keys.py).
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cmdesk.errors import Damaged, Problem
from cmdesk.store.canonical import (
    COUNT,
    LONGEST,
    Json,
    a_number,
    a_text,
    an_object,
    canonical,
    checksum,
    hex_bytes,
    loaded,
    unless_none,
)
from cmdesk.store.files import atomic_write

MAGIC: Final = "CMDESK-VAULT"
FORMAT: Final = 1
CIPHER_MAJOR: Final = 4
PAGE_SIZE: Final = 4096
HEADER: Final = "header.json"
COPY: Final = "header.json.bak"
DAMAGED: Final = "header.json.damaged"  # kept as evidence until a way in is replaced
RECORDS: Final = "records.db"
_ONE_BIT_FROM_FORMAT_1: Final = (3, 5, 9)

_DAMAGED = "The vault's header is damaged."
_RESTORE = "Restore the newest backup, or put back header.json from the recovery sheet."


@dataclass(frozen=True, slots=True)
class Kdf:
    """Argon2id parameters: memory in KiB, passes, lanes, and the slot's salt."""

    memory: int = 262_144
    passes: int = 3
    lanes: int = 4
    salt: bytes = b""


FLOOR: Final = Kdf(memory=65_536)  # RFC 9106's second choice; nothing weaker is ever made


@dataclass(frozen=True, slots=True)
class Slot:
    """The vault master key, wrapped by one secret: `passphrase`, `recovery` or `keychain`."""

    kind: str
    kdf: Kdf | None
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """The audit trail's head when it was last noted here."""

    audit_seq: int
    audit_mac: bytes
    saves: int
    utc: str


@dataclass(frozen=True, slots=True)
class OpenBy:
    """The computer that has the vault open, since when (UTC); gone when it is closed."""

    host: str
    since: str


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in header.json. `dek` and `pending` are nonce + wrapped data key."""

    vault_id: str
    created: str
    salt: bytes
    dek: bytes
    slots: tuple[Slot, ...]
    app_schema: str
    recovery_owed: bool
    generation: int = 0
    pending: bytes | None = None
    anchor: Anchor | None = None
    open_by: OpenBy | None = None
    mac: bytes = b""

    @property
    def core(self) -> dict[str, Json]:
        """What never changes in the life of a vault; every slot is bound to it."""
        named: dict[str, Json] = {"vault_id": self.vault_id, "created": self.created}
        return {"magic": MAGIC, "format": FORMAT, **named}

    def slot(self, kind: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def with_slot(self, new: Slot) -> "Header":
        others = tuple(slot for slot in self.slots if slot.kind != new.kind)
        return replace(self, slots=(new, *others))


def kdf_fields(kdf: Kdf | None) -> Json:
    if kdf is None:
        return None
    numbers: dict[str, Json] = {"m": kdf.memory, "t": kdf.passes, "p": kdf.lanes}
    return {"alg": "argon2id", "salt": kdf.salt.hex(), **numbers}


def signed_part(header: Header) -> bytes:
    """Return the bytes the MAC is over: everything but `mac` and `sum`."""
    return canonical(_fields(header))


def write_out(header: Header) -> bytes:
    fields = _fields(header)
    fields["mac"] = header.mac.hex()
    fields["sum"] = checksum(fields)
    return canonical(fields)


def parse(raw: bytes) -> Header:
    """Read a header. Raises Damaged, or Problem if a newer cmdesk made it; never anything else."""
    try:
        fields = loaded(raw)
        _refuse_newer(fields)
        header = _header(fields)
        same = write_out(header) == raw
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Damaged(_DAMAGED, _RESTORE) from error
    if not same:
        raise Damaged(_DAMAGED, _RESTORE)
    return header


def read(folder: Path) -> tuple[Header, bool]:
    """Return the folder's header, and whether its copy had to stand in for a damaged one."""
    try:
        return parse(_bytes(folder / HEADER)), False
    except (Damaged, FileNotFoundError) as first:
        try:
            return parse(_bytes(folder / COPY)), True
        except (FileNotFoundError, PermissionError):
            if isinstance(first, Damaged):
                raise first from None
            if (folder / RECORDS).exists():
                raise Damaged("The vault's header is missing.", _RESTORE) from None
            what = "is not a cmdesk vault" if folder.exists() else "does not exist"
            raise Problem(f"{folder} {what}.", "Choose a folder made by cmdesk.") from None
    except NotADirectoryError:
        raise Problem(f"{folder} is not a cmdesk vault.", "Choose a folder, not a file.") from None
    except PermissionError:
        raise Problem(f"{folder} can't be read.", "Check who may open this folder.") from None
    except OSError:
        raise Problem(
            f"The disk of {folder} did not answer.", "Check its cable, then try again."
        ) from None


def write(folder: Path, header: Header) -> None:
    """Write header, then copy: never both torn, and no replaced secret lives on in the copy."""
    data = write_out(header)
    atomic_write(folder / HEADER, data)
    atomic_write(folder / COPY, data)


def _bytes(path: Path) -> bytes:
    """Read a header. What the disk does not give back, or is no file at all, is damaged."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST + 1)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        raise
    except OSError as error:
        raise Damaged(_DAMAGED, _RESTORE) from error


def _refuse_newer(fields: dict[str, Json]) -> None:
    number = an_object(fields["core"])["format"]
    if (
        an_object(fields["core"])["magic"] != MAGIC
        or not isinstance(number, int)
        or number <= FORMAT
    ):
        return
    if number in _ONE_BIT_FROM_FORMAT_1 and fields.get("sum") != checksum(fields):
        return  # a flipped bit in the digit 1; every format keeps `sum`
    raise Problem(
        f"This vault was made by a newer cmdesk (vault format {number}).", "Install that version."
    )


def _fields(header: Header) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "core": header.core,
        "generation": header.generation,
        "slots": [_slot_fields(slot) for slot in header.slots],
        "dek": header.dek.hex(),
        "pending": None if header.pending is None else header.pending.hex(),
        "db": {
            "file": RECORDS,
            "cipher_major": CIPHER_MAJOR,
            "page_size": PAGE_SIZE,
            "salt": header.salt.hex(),
            "app_schema": header.app_schema,
        },
        "anchor": None if header.anchor is None else anchor_fields(header.anchor),
        "recovery_owed": header.recovery_owed,
    }
    if header.open_by is not None:  # headers from before there were marks stay as they are
        fields["open_by"] = {"host": header.open_by.host, "since": header.open_by.since}
    return fields


def _slot_fields(slot: Slot) -> Json:
    kdf, nonce, wrapped = kdf_fields(slot.kdf), slot.nonce.hex(), slot.wrapped.hex()
    return {"kind": slot.kind, "kdf": kdf, "nonce": nonce, "ct": wrapped}


def anchor_fields(anchor: Anchor) -> Json:
    seq, mac = anchor.audit_seq, anchor.audit_mac.hex()
    return {"audit_seq": seq, "audit_mac": mac, "saves": anchor.saves, "utc": anchor.utc}


def _header(fields: dict[str, Json]) -> Header:
    # What is not read here (magic, names, sum) `parse` proves by writing the header out again.
    core, db = an_object(fields["core"]), an_object(fields["db"])
    slots = fields["slots"]
    owed = fields["recovery_owed"]
    if not isinstance(slots, list) or not 1 <= len(slots) <= 8 or not isinstance(owed, bool):
        raise ValueError
    return Header(
        vault_id=a_text(core["vault_id"]),
        created=a_text(core["created"]),
        salt=hex_bytes(db["salt"], 16),
        dek=hex_bytes(fields["dek"], 60),
        slots=tuple(_slot(an_object(slot)) for slot in slots),
        app_schema=a_text(db["app_schema"]),
        recovery_owed=owed,
        generation=a_number(fields["generation"], 0, COUNT),
        pending=unless_none(fields["pending"], lambda value: hex_bytes(value, 60)),
        anchor=unless_none(fields["anchor"], anchor_from),
        open_by=unless_none(fields.get("open_by"), _open_by),
        mac=hex_bytes(fields["mac"], 32),
    )


def _slot(fields: dict[str, Json]) -> Slot:
    return Slot(
        kind=a_text(fields["kind"]),
        kdf=unless_none(fields["kdf"], _kdf),
        nonce=hex_bytes(fields["nonce"], 12),
        wrapped=hex_bytes(fields["ct"], 48),
    )


def _kdf(value: Json) -> Kdf:
    """Bounded before anything is allocated: 2 GiB, 20 passes, 16 lanes."""
    fields = an_object(value)
    lanes = a_number(fields["p"], 1, 16)
    return Kdf(
        memory=a_number(fields["m"], 8 * lanes, 2 << 20),
        passes=a_number(fields["t"], 1, 20),
        lanes=lanes,
        salt=hex_bytes(fields["salt"], 16),
    )


def anchor_from(value: Json) -> Anchor:
    fields = an_object(value)
    return Anchor(
        audit_seq=a_number(fields["audit_seq"], 0, COUNT),
        audit_mac=hex_bytes(fields["audit_mac"], 32),
        saves=a_number(fields["saves"], 0, COUNT),
        utc=a_text(fields["utc"]),
    )


def _open_by(value: Json) -> OpenBy:
    fields = an_object(value)
    return OpenBy(host=a_text(fields["host"]), since=a_text(fields["since"]))
