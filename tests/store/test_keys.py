import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import header as headers
from cmdesk.store import keys
from cmdesk.store.header import COPY, DAMAGED, FLOOR, HEADER, Kdf
from cmdesk.store.keys import Keys
from cmdesk.store.sealing import derive
from tests.store import small

CHEAP = Kdf(memory=64, passes=1, lanes=1)  # the tests are of the header, not of Argon2id


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Keys, str]:
    """Return a folder with a header alone."""
    held, code = keys.make("Zoë's long passphrase", vault_id="v-1", created="now", kdf=CHEAP)
    keys.write(tmp_path, held, held.header)
    return tmp_path, held, code


def test_both_secrets_open_the_same_keys(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    for opened in (
        keys.unlock(folder, "Zoë's long passphrase"),
        keys.unlock(folder, "Zoe\u0308's long passphrase"),
        keys.unlock(folder, code=code),
        keys.unlock(folder, code=code.lower().replace("-", " ").replace("0", "o")),
    ):
        assert (opened.vmk, opened.dek) == (held.vmk, held.dek)


@pytest.mark.parametrize(
    "wrong", ["", "zoë's long passphrase", "Zoë's long passphrase ", "x" * 1_000_000, "\ud800"]
)
def test_a_wrong_passphrase_is_wrong(made: tuple[Path, Keys, str], wrong: str) -> None:
    with pytest.raises(WrongSecret):
        keys.unlock(made[0], wrong)


def test_another_vaults_code_is_wrong(made: tuple[Path, Keys, str]) -> None:
    with pytest.raises(WrongSecret, match="does not open this vault"):
        keys.unlock(made[0], code=keys.new_code())


def test_every_flipped_bit_of_the_header_is_refused(made: tuple[Path, Keys, str]) -> None:
    raw = (made[0] / HEADER).read_bytes()
    kinds: dict[str, int] = {}
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Problem) as caught:
            headers.parse(bytes(flipped))
        kinds[type(caught.value).__name__] = kinds.get(type(caught.value).__name__, 0) + 1
    assert kinds == {"Damaged": len(raw) * 8}
    assert headers.parse(raw)  # the control


def test_a_changed_header_with_a_right_sum_is_seen_by_its_mac(
    made: tuple[Path, Keys, str],
) -> None:
    folder, held, _ = made
    lowered = replace(held.header, recovery_owed=False)
    headers.write(folder, lowered)  # the sum is right, the mac is the old one
    with pytest.raises(Damaged, match="altered"):
        keys.unlock(folder, "Zoë's long passphrase")


def test_a_slot_opens_with_its_own_parameters_only(made: tuple[Path, Keys, str]) -> None:
    folder, held, _ = made
    slot = held.header.slot("passphrase")
    assert slot
    assert slot.kdf
    weaker = replace(slot, kdf=replace(slot.kdf, passes=2))
    headers.write(folder, held.header.with_slot(weaker))
    with pytest.raises(WrongSecret):
        keys.unlock(folder, "Zoë's long passphrase")


def test_hostile_parameters_are_refused_before_memory_is_asked_for(
    made: tuple[Path, Keys, str],
) -> None:
    folder, held, _ = made
    slot = held.header.slot("passphrase")
    assert slot
    for kdf in (Kdf(2**31, 1, 1, b"s" * 16), Kdf(64, 10**9, 1, b"s" * 16), Kdf(64, 1, 99, b"")):
        headers.write(folder, held.header.with_slot(replace(slot, kdf=kdf)))
        with pytest.raises(Damaged):
            keys.unlock(folder, "x")


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["core", "slots", "db", "sum", "format", "magic"]), inner
            )
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_no_header_makes_the_parser_stumble(raw: bytes) -> None:
    with pytest.raises(Problem):
        headers.parse(raw)


@pytest.mark.parametrize(
    "raw", [b"", b"[" * 60_000, b"9" * 60_000, b" " * 70_000, b"\xff", b"{}", b"null", b"NaN"]
)
def test_hostile_headers_are_damaged(raw: bytes) -> None:
    with pytest.raises(Damaged):
        headers.parse(raw)


def test_a_newer_format_is_refused_whatever_its_sum(made: tuple[Path, Keys, str]) -> None:
    folder = made[0]
    fields = json.loads((folder / HEADER).read_bytes())
    fields["core"]["format"] = 2
    (folder / HEADER).write_bytes(json.dumps(fields).encode())
    with pytest.raises(Problem, match="newer cmdesk") as caught:
        keys.unlock(folder, "Zoë's long passphrase")
    assert caught.value.exit_code == 1


def test_the_copy_stands_in_for_a_damaged_header(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    (folder / HEADER).write_bytes(b"\0" * 900)
    opened = keys.unlock(folder, code=code)
    assert opened.from_copy
    assert opened.dek == held.dek
    (folder / HEADER).unlink()
    assert keys.unlock(folder, code=code).from_copy
    (folder / COPY).write_bytes(b"too")
    with pytest.raises(Damaged):
        keys.unlock(folder, code=code)


def test_what_is_no_vault_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for place in (tmp_path, tmp_path / "nowhere", file):
        with pytest.raises(Problem) as caught:
            keys.unlock(place, "x")
        assert caught.value.exit_code == 1
    (tmp_path / "records.db").touch()
    with pytest.raises(Damaged, match="header is missing"):
        keys.unlock(tmp_path, "x")


def test_a_new_passphrase_replaces_the_old_one_everywhere(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    keys.set_passphrase(folder, held, "another long passphrase", FLOOR)
    assert keys.unlock(folder, "another long passphrase").dek == held.dek
    assert keys.unlock(folder, code=code).dek == held.dek
    (folder / HEADER).unlink()
    with pytest.raises(WrongSecret):
        keys.unlock(folder, "Zoë's long passphrase")


def test_weak_derivation_is_refused(made: tuple[Path, Keys, str]) -> None:
    with pytest.raises(ValueError, match="floor"):
        keys.set_passphrase(made[0], made[1], "another long passphrase", CHEAP)


def test_a_recovery_code_is_owed_until_confirmed(made: tuple[Path, Keys, str]) -> None:
    folder, held, old = made
    assert keys.recovery_owed(folder)
    keys.confirm_recovery(folder, held)
    assert not keys.recovery_owed(folder)
    new = small.replace_recovery(folder, held)
    assert keys.recovery_owed(folder)
    assert keys.unlock(folder, code=new).dek == held.dek
    with pytest.raises(WrongSecret):
        keys.unlock(folder, code=old)


def test_forgetting_overwrites_the_keys(made: tuple[Path, Keys, str]) -> None:
    held = made[1]
    vmk, dek = held.vmk, held.dek
    assert any(vmk)
    held.forget()
    assert not any(vmk)
    assert not any(dek)


def test_the_present_passphrase_is_proved(made: tuple[Path, Keys, str]) -> None:
    _, held, _ = made
    keys.prove(held, "Zoë's long passphrase")
    with pytest.raises(WrongSecret):
        keys.prove(held, "Zoë's long passphrase ")


def test_a_header_written_by_another_window_is_taken_up(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    other = keys.unlock(folder, code=code)
    held.stronger = held.header.slot("passphrase")
    keys.refresh(folder, held)
    assert held.stronger is not None  # nothing had changed
    keys.confirm_recovery(folder, other)
    keys.refresh(folder, held)
    assert held.header == other.header
    assert held.stronger is not None
    keys.set_passphrase(folder, other, "another long passphrase", FLOOR)
    keys.begin_rotation(folder, other)
    keys.refresh(folder, held)
    assert held.header == other.header
    assert held.stronger is None  # of the passphrase before
    assert held.pending == other.pending
    keys.end_rotation(folder, other, changed=True)
    keys.refresh(folder, held)
    assert (held.dek, held.pending) == (other.dek, None)


def test_a_header_of_somebody_else_is_not_taken_up(made: tuple[Path, Keys, str]) -> None:
    folder, held, _ = made
    before, dek = held.header, bytes(held.dek)
    foreign, _ = keys.make("Zoë's long passphrase", vault_id="v-1", created="now", kdf=CHEAP)
    keys.write(folder, foreign, foreign.header)
    with pytest.raises(Damaged, match="altered"):
        keys.refresh(folder, held)
    assert held.header == before
    assert held.dek == dek


def test_both_data_keys_are_there_while_rotating(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    new = keys.begin_rotation(folder, held)
    assert new.dek != held.dek
    opened = keys.unlock(folder, code=code)
    assert (opened.dek, opened.pending) == (held.dek, new.dek)
    pending = opened.pending
    opened.forget()
    assert pending is not None
    assert not any(pending)


def test_the_two_data_keys_can_not_be_swapped(made: tuple[Path, Keys, str]) -> None:
    folder, held, code = made
    keys.begin_rotation(folder, held)
    header = held.header
    assert header.pending
    for swapped in (
        replace(header, dek=header.pending, pending=header.dek),
        replace(header, pending=header.dek),
    ):
        signed = replace(swapped, mac=keys._mac(swapped, held.vmk))
        headers.write(folder, signed)
        with pytest.raises(Damaged, match="data key"):
            keys.unlock(folder, code=code)


def test_the_generation_grows_with_every_write(made: tuple[Path, Keys, str]) -> None:
    folder, held, _ = made
    before = held.header.generation
    keys.confirm_recovery(folder, held)
    assert keys.unlock(folder, "Zoë's long passphrase").header.generation == before + 1


def test_a_header_that_the_disk_does_not_give_back_has_its_copy(
    made: tuple[Path, Keys, str],
) -> None:
    folder, held, code = made
    (folder / HEADER).unlink()
    (folder / HEADER).mkdir()  # reading it is an error of the system's
    found = keys.unlock(folder, code=code)
    assert (found.dek, found.from_copy) == (held.dek, True)


def test_a_header_kept_as_evidence_opens_nothing_once_a_secret_is_replaced(
    made: tuple[Path, Keys, str],
) -> None:
    folder, held, _ = made
    evidence = folder / DAMAGED
    evidence.write_bytes((folder / HEADER).read_bytes().replace(b"CMDESK", b"CMDESL"))
    keys.confirm_recovery(folder, held)
    assert evidence.exists()
    small.replace_recovery(folder, held)
    assert not evidence.exists()


def test_the_key_is_spelled_as_the_database_wants_it(made: tuple[Path, Keys, str]) -> None:
    held = made[1]
    raw = derive(held.dek, b"cmdesk/db/1")
    assert held.database_key() == f"x'{raw.hex()}{held.header.salt.hex()}'".encode()


def test_a_rotation_that_could_not_be_noted_was_not_begun(
    made: tuple[Path, Keys, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, held, _ = made

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("cmdesk.store.header.atomic_write", fail)
    with pytest.raises(OSError, match="full"):
        keys.begin_rotation(folder, held)
    assert held.pending is None
