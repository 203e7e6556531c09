"""The ways into a vault: what each costs, and that none can be taken away or slipped in."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import pytest

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import header as headers
from cmdesk.store import keys, slots
from cmdesk.store.header import FLOOR, Kdf
from cmdesk.store.keys import Keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(32))
CHEAP = Kdf(memory=64, passes=1, lanes=1)  # the tests are of the slots, not of Argon2id


@contextmanager
def little_memory() -> Generator[None]:
    """Let this process have no more memory than it has now, and a little."""
    import resource  # noqa: PLC0415 - Windows has none

    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + (16 << 20), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Keys, str]:
    """Return a folder with a header alone."""
    held, code = keys.make("Zoë's long passphrase", vault_id="v-1", created="now", kdf=CHEAP)
    keys.write(tmp_path, held, held.header)
    return tmp_path, held, code


def argon2_runs(work: Callable[[], object]) -> int:
    """Count how often Argon2id runs, by watching every call into a library."""
    runs = 0

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal runs
        name = getattr(called, "__qualname__", "")
        runs += event == "c_call" and name == "Argon2id.derive_into"
        assert "connect" not in name  # no database is opened on the way to the keys

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(before)
    return runs


@pytest.mark.parametrize(
    "wrong",
    ["", " ", "Zoe's long passphrase", "Zoë's long passphrase ", " Zoë's long passphrase",
     "x" * 1_000_000, "\ud800", "\0"],
)  # fmt: skip
def test_every_try_costs_one_derivation(made: tuple[Path, Keys, str], wrong: str) -> None:
    folder, _, _ = made

    def attempt() -> None:
        with pytest.raises(WrongSecret):
            keys.unlock(folder, wrong, strengthen=True)

    assert argon2_runs(attempt) == 1
    assert argon2_runs(lambda: keys.unlock(folder, "Zoë's long passphrase")) == 1


def test_a_mistyped_code_costs_nothing_and_opens_nothing(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    letters = code.replace("-", "")

    def attempt() -> None:
        for place, right in enumerate(letters):
            for wrong in ALPHABET.replace(right, ""):
                with pytest.raises(WrongSecret, match="typing mistake"):
                    keys.unlock(folder, code=letters[:place] + wrong + letters[place + 1 :])
        with pytest.raises(WrongSecret, match="letters and digits"):
            keys.unlock(folder)

    assert argon2_runs(attempt) == 0
    assert keys.unlock(folder, code=letters).dek == held.dek  # the control


def with_keychain(folder: Path, held: Keys) -> None:
    slot = slots.for_keychain(held.header, held.vmk, bytearray(SECRET))
    keys.write(folder, held, held.header.with_slot(slot))


def test_the_keychains_secret_opens_the_same_keys(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    assert not keys.has_keychain(folder)
    with_keychain(folder, held)
    assert keys.has_keychain(folder)
    for opened in (
        keys.unlock(folder, secret=SECRET),
        keys.unlock(folder, code=code),
        keys.unlock(folder, "Zoë's long passphrase"),
    ):
        assert (opened.vmk, opened.dek) == (held.vmk, held.dek)


@pytest.mark.parametrize("wrong", [b"", b"\0" * 32, b"\0" * 31, b"\0" * 3000])
def test_a_wrong_secret_from_the_keychain_is_wrong(
    made: tuple[Path, Keys, str], wrong: bytes
) -> None:
    folder, held, _ = made
    with pytest.raises(WrongSecret, match="keychain"):
        keys.unlock(folder, secret=wrong)  # there is no such way in
    with_keychain(folder, held)
    with pytest.raises(WrongSecret, match="keychain"):
        keys.unlock(folder, secret=wrong)


@pytest.mark.parametrize(
    "kinds",
    [(), ("keychain",), ("passphrase",), ("recovery",), ("passphrase", "keychain"),
     ("recovery", "keychain"), ("passphrase", "recovery", "keychain", "keychain"),
     ("passphrase", "passphrase", "recovery")],
)  # fmt: skip
def test_a_header_always_has_passphrase_and_code(
    made: tuple[Path, Keys, str], kinds: tuple[str, ...]
) -> None:
    folder, held, code = made
    with_keychain(folder, held)
    found = {slot.kind: slot for slot in held.header.slots}
    header = replace(held.header, slots=tuple(found[kind] for kind in kinds))
    with pytest.raises(Damaged, match="altered"):
        keys.write(folder, held, header)  # nobody can write one
    headers.write(folder, replace(header, mac=keys._mac(header, held.vmk)))
    for secret in (
        {"passphrase": "Zoë's long passphrase"}, {"code": code}, {"secret": SECRET}
    ):  # fmt: skip
        with pytest.raises(Damaged):
            keys.unlock(folder, **secret)  # pyright: ignore[reportArgumentType] - one of three


@pytest.mark.parametrize("kind", ["passphrase", "recovery", "keychain"])
def test_only_the_passphrase_is_derived_slowly(made: tuple[Path, Keys, str], kind: str) -> None:
    folder, held, code = made
    with_keychain(folder, held)
    slot = held.header.slot(kind)
    assert slot
    kdf = None if slot.kdf else replace(CHEAP, salt=b"s" * 16)
    headers.write(folder, held.header.with_slot(replace(slot, kdf=kdf)))
    with pytest.raises(Damaged, match="altered"):
        keys.unlock(folder, code=code)


def test_a_weak_slot_is_sealed_anew_at_a_higher_cost(made: tuple[Path, Keys, str]) -> None:
    folder, held, _ = made
    assert keys.unlock(folder, "Zoë's long passphrase").stronger is None  # nobody asked
    opened = keys.unlock(folder, "Zoë's long passphrase", strengthen=True)
    slot = opened.stronger
    assert slot
    assert slot.kdf
    assert slot.kdf.memory >= FLOOR.memory
    assert slot.kdf.passes >= FLOOR.passes
    keys.write(folder, opened, opened.header.with_slot(slot))
    again = keys.unlock(folder, "Zoë's long passphrase")
    assert again.header.slot("passphrase") == slot
    assert again.dek == held.dek
    with pytest.raises(WrongSecret):
        keys.unlock(folder, "Zoë's long passphrase ")


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_where_memory_is_short_the_slot_stays_as_it_is(made: tuple[Path, Keys, str]) -> None:
    _, held, _ = made
    with little_memory():
        slot = slots.stronger(held.header, held.vmk, "Zoë's long passphrase", 0.0)
    assert slot is None
    assert slots.stronger(held.header, held.vmk, "Zoë's long passphrase", 60.0) is None


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_a_passphrase_that_needs_more_memory_than_there_is(
    made: tuple[Path, Keys, str], tmp_path: Path
) -> None:
    folder, held, _ = made
    slot = held.header.slot("passphrase")
    assert slot
    kdf = Kdf(memory=2 << 20, passes=1, lanes=1, salt=b"s" * 16)
    headers.write(folder, held.header.with_slot(replace(slot, kdf=kdf)))
    with little_memory(), pytest.raises(Problem, match="2048 MB of free memory"):
        keys.unlock(folder, "Zoë's long passphrase")
    with little_memory(), pytest.raises(Problem, match="64 MB of free memory"):
        keys.passphrase_slot(held, "another long passphrase")


def test_without_a_given_cost_this_computers_is_taken(made: tuple[Path, Keys, str]) -> None:
    folder, held, _ = made
    keys.set_passphrase(folder, held, "another long passphrase")
    opened = keys.unlock(folder, "another long passphrase")
    slot = opened.header.slot("passphrase")
    assert slot
    assert slot.kdf
    assert FLOOR.memory <= slot.kdf.memory <= Kdf().memory
    assert slot.kdf.passes == 3
    assert len(set(slot.kdf.salt)) > 4


def test_a_slower_computer_gets_what_fits(
    made: tuple[Path, Keys, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock, one of the four edges, says that every derivation takes ten seconds."""
    _, held, _ = made
    seconds = iter(range(0, 1000, 10))
    monkeypatch.setattr(slots, "perf_counter", lambda: float(next(seconds)))
    slot = keys.passphrase_slot(held, "another long passphrase")
    assert slot.kdf
    assert replace(slot.kdf, salt=b"") == FLOOR
