"""D9: wrong, odd, huge and empty secrets from outside: the right exit code, and nothing said."""

import unicodedata
from pathlib import Path

import pytest

from cmdesk.store import keys, vault
from cmdesk.store.header import FLOOR
from tests.hostile.conftest import Run, one_sentence
from tests.hostile.kept import Kept, hashes
from tests.records import PASSPHRASE, Clock

ACCENTED = "Zoë Žižková fährt über Nacht"
MEGABYTE = 1 << 20

Given = tuple[bytes, int]
WORDS: dict[str, Given] = {
    "right": (PASSPHRASE.encode(), 0),
    "with a line end": (PASSPHRASE.encode() + b"\r\n", 0),
    "with a mark of order": (b"\xef\xbb\xbf" + PASSPHRASE.encode(), 0),
    "wrong": (PASSPHRASE.encode() + b"x", 4),
    "trailing space": (PASSPHRASE.encode() + b" ", 4),
    "leading space": (b" " + PASSPHRASE.encode(), 4),
    "two line ends": (PASSPHRASE.encode() + b"\n\n", 4),
    "upper case": (PASSPHRASE.upper().encode(), 4),
    "empty": (b"", 4),
    "only a line end": (b"\n", 4),
    "null": (b"\0" + PASSPHRASE.encode(), 4),
    "one megabyte": (b"x" * MEGABYTE, 4),
    "more than a megabyte": (b"x" * (MEGABYTE + 1), 1),
    "not UTF-8": (b"\xff\xfe\xfa", 1),
    "UTF-16": (PASSPHRASE.encode("utf-16"), 1),
}


@pytest.mark.parametrize("what", WORDS)
def test_passphrase_files(folder: Path, run: Run, tmp_path: Path, what: str) -> None:
    given, code = WORDS[what]
    (tmp_path / "passphrase").write_bytes(given)
    before = hashes(folder)
    said = run("disclosures", "a.cmdesk", "--json")
    assert said.code == code, said.err
    if code:
        assert said.out == ""
        assert one_sentence(said.err)
        assert hashes(folder) == before  # no database was opened
        assert given.strip(b"\n") not in said.err.encode() or not given.strip(b"\n")


def test_passphrase_file_that_is_none(folder: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "passphrase").unlink()
    (tmp_path / "passphrase").mkdir()
    assert run("agenda", "a.cmdesk").code == 1
    (tmp_path / "passphrase").rmdir()
    assert run("agenda", "a.cmdesk").code == 1


@pytest.fixture(scope="module")
def accented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from cmdesk.models.base import Base  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("accented") / "a.cmdesk"
    composed = unicodedata.normalize("NFC", ACCENTED)
    vault.create(folder, composed, Base.metadata, Clock(), kdf=FLOOR)[0].close()
    return folder


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_however_the_keyboard_composes_letters(accented: Path, form: str) -> None:
    typed = unicodedata.normalize(form, ACCENTED)  # pyright: ignore[reportArgumentType] - one of two
    keys.unlock(accented, typed).forget()


def test_control_the_two_forms_differ_in_bytes() -> None:
    assert ACCENTED.encode() != unicodedata.normalize("NFD", ACCENTED).encode()


def test_mistyped_recovery_codes(folder: Path, kept: Kept, run: Run, tmp_path: Path) -> None:
    """A slip at each place; all 1,085 substitutions are tried in tests/store/test_recovery.py."""
    (tmp_path / "new").write_text("quarry mitten saddle orbit", "utf-8")
    before = hashes(folder)
    bare = kept.code.replace("-", "")
    tries = [bare[:at] + ("0" if bare[at] != "0" else "1") + bare[at + 1 :] for at in range(35)]
    for typed in (*tries, "", bare[:-1], bare + "0", "x" * MEGABYTE, "\u00df" * 35, "--- ---"):
        (tmp_path / "code").write_text(typed, "utf-8")
        given = ("--recovery-file", "code", "--new-passphrase-file", "new")
        said = run("recover", "a.cmdesk", *given, opens=False)
        assert (said.code, said.out) == (4, ""), typed[:50]
        assert one_sentence(said.err)
    assert hashes(folder) == before


def test_the_right_code_however_it_is_typed(folder: Path, kept: Kept) -> None:
    ways = (
        kept.code,
        kept.code.lower(),
        f"  {kept.code.replace('-', ' ')} \n",
        kept.code.replace("0", "o").replace("1", "l"),
    )
    for typed in ways:
        keys.unlock(folder, code=typed).forget()
