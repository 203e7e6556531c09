"""The search itself: what is hidden in any way it knows is found, and chance is not."""

import base64
import gzip
import io
import os
import zipfile
import zlib

import pytest

from tests.leaks.tokens import Tokens, kinds, open_letters

WORD = Tokens("qwzxkvbtjp").of("person.notes")
SAID = f"Maya said {WORD} twice."


def packed(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", data)
    return made.getvalue()


def in_85(data: bytes) -> bytes:
    return (
        b"<</Filter>>stream\n" + base64.a85encode(zlib.compress(data), wrapcol=72) + b"~>endstream"
    )


DISGUISES = {
    "plain": SAID.encode(),
    "upper case": SAID.upper().encode(),
    "title case": SAID.title().encode(),
    "utf-16-le": SAID.encode("utf-16-le"),
    "utf-16-be": SAID.encode("utf-16-be"),
    "utf-16-be at an odd place": b"x" + SAID.encode("utf-16-be"),
    "hex": SAID.encode().hex().encode(),
    "HEX": SAID.encode().hex().upper().encode(),
    "hex of upper case": SAID.upper().encode().hex().encode(),
    "hex of utf-16": SAID.encode("utf-16-le").hex().encode(),
    "base64": base64.b64encode(SAID.encode()),
    "base64 one on": base64.b64encode(b"." + SAID.encode()),
    "base64 two on": base64.b64encode(b".." + SAID.encode()),
    "base64 of upper case": base64.b64encode(SAID.upper().encode()),
    "base64 of utf-16": base64.b64encode(b"." + SAID.encode("utf-16-le")),
    "base64 for addresses": base64.urlsafe_b64encode(SAID.encode()),
    "zlib": zlib.compress(SAID.encode()),
    "zlib, hard": zlib.compress(SAID.encode() * 40, 9),
    "zlib, torn": zlib.compress(SAID.encode() + os.urandom(4000))[:-1500],
    "gzip": gzip.compress(SAID.encode()),
    "a ZIP file": packed(SAID.encode()),
    "a ZIP file in a ZIP file": packed(packed(SAID.encode())),
    "utf-16 in zlib": zlib.compress(SAID.encode("utf-16-le")),
    "base64 in zlib": zlib.compress(base64.b64encode(SAID.encode())),
    "ASCII 85 as in a PDF": in_85(SAID.encode()),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_word_is_found_in_any_disguise(disguise: str) -> None:
    tokens = Tokens("qwzxkvbtjp")
    for before in (b"", os.urandom(4097)):
        assert tokens.hits(before + DISGUISES[disguise] + os.urandom(513))


def test_no_word_is_found_by_chance() -> None:
    tokens = Tokens("qwzxkvbtjp")
    assert tokens.hits(os.urandom(1 << 22)) == []
    assert tokens.hits(bytes(1 << 20)) == []
    assert tokens.hits(b"qwzxkvbtj" * 9) == []


def test_words_differ_by_field_and_stay_the_same() -> None:
    tokens = Tokens("qwzxkvbtjp")
    given = {tokens.of(f"table.{number}") for number in range(1000)}
    assert len(given) == 1000
    assert tokens.of("table.3") == Tokens("qwzxkvbtjp").of("table.3")
    assert tokens.fields(f"a {tokens.of('table.7').upper()} b".encode()) == {"table.7"}


def test_open_content_is_known_by_its_kind() -> None:
    assert kinds(b"..SQLite format 3\0..") == {"database"}
    assert kinds(os.urandom(4096)) == set()
    assert open_letters(b"%PDF-1.7 ... trailer") == 1
    assert open_letters(b"%PDF-1.7 ... /Encrypt 9 0 R trailer") == 0
