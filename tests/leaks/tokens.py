"""Words that occur nowhere else, one for every field, and the search for them in any disguise."""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_TAIL: Final = 8
_AROUND: Final = 24  # bytes shown on either side of a hit
_DEEP: Final = 3  # packed in packed in packed
_PIECE: Final = 512
_LARGEST: Final = 1 << 24  # of what one stream unpacks to
_PACKED: Final = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_IN_85: Final = re.compile(rb"stream\r?\n([!-uz\s]{8,}~>)")
# What a page, a letter or the records would look like if they were written out in the open.
_KINDS: Final = {
    "database": b"SQLite format 3\0",
    "picture": b"\x89PNG\r\n\x1a\n",
    "photograph": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "drawing": b"<svg ",
}


class Hit(NamedTuple):
    form: str
    at: int
    around: bytes


class Tokens:
    """One run's words: all begin alike, so that one search finds every one of them."""

    def __init__(self, beginning: str) -> None:
        self.beginning = beginning
        self.given: dict[str, str] = {}
        self._searched: dict[bytes, list[Hit]] = {}  # much is written and left, and swept twice

    def of(self, field: str) -> str:
        """Return the word of a field, `person.notes`; of letters only, the same each time."""
        digest = hashlib.sha256(f"{self.beginning} {field}".encode()).digest()
        tail = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_TAIL])
        self.given[field] = self.beginning + tail
        return self.given[field]

    def fields(self, data: bytes) -> set[str]:
        """Return the fields whose words stand in plain text."""
        folded, begins = data.lower(), self.beginning.encode()
        words, at = set[bytes](), folded.find(begins)
        while at >= 0:
            words.add(folded[at : at + len(begins) + _TAIL])
            at = folded.find(begins, at + 1)
        return {field for field, word in self.given.items() if word.encode() in words}

    # --- searching

    @cached_property
    def _folded(self) -> dict[str, bytes]:
        """Give what a search regardless of case finds, by the name of the disguise."""
        word = self.beginning
        cases = {word, word.upper(), word.title()}
        forms = {"utf-8": word.encode(), "utf-16": word.encode("utf-16-le")}
        forms |= {f"hex {case}": case.encode().hex().encode() for case in cases}
        forms |= {f"hex utf-16 {case}": case.encode("utf-16-le").hex().encode() for case in cases}
        return forms

    @cached_property
    def _exact(self) -> dict[str, bytes]:
        """Give the part of each base64 spelling that does not hang on what stands beside it."""
        word = self.beginning
        forms: dict[str, bytes] = {}
        for case in (word, word.upper(), word.title()):
            for name, plain in (("", case.encode()), (" utf-16", case.encode("utf-16-le"))):
                for shift in range(3):
                    coded = base64.b64encode(bytes(shift) + plain)
                    first = (shift * 8 + 5) // 6
                    whole = (shift + len(plain)) * 8 // 6
                    forms[f"base64{name} {case} {shift}"] = coded[first:whole]
        return forms

    def hits(self, data: bytes) -> list[Hit]:
        """Search as it stands, in every coding, and in everything packed inside."""
        same = hashlib.blake2b(data).digest()
        if same not in self._searched:
            self._searched[same] = self._hits(data, 0)
        return self._searched[same]

    def _hits(self, data: bytes, depth: int) -> list[Hit]:
        if not data.strip(b"\0"):
            return []
        folded = data.lower()
        found = [
            Hit(form, at, data[max(0, at - _AROUND) : at + len(sought) + _AROUND])
            for place, forms in ((folded, self._folded), (data, self._exact))
            for form, sought in forms.items()
            if (at := place.find(sought)) >= 0
        ]
        if depth < _DEEP:
            for at, inside in _unpacked(data):
                found += [
                    Hit(f"packed {form}", at, near)
                    for form, _, near in self._hits(inside, depth + 1)
                ]
        return found


def kinds(data: bytes) -> set[str]:
    """Return what kinds of open content begin somewhere in this."""
    return {kind for kind, sign in _KINDS.items() if sign in data}


def open_letters(data: bytes) -> int:
    """Count the PDF documents in this that nothing locks."""
    return sum(b"/Encrypt" not in part for part in re.split(rb"%PDF-\d", data)[1:])


def _unpacked(data: bytes) -> Iterator[tuple[int, bytes]]:
    for sign in _PACKED.finditer(data):
        at, bits = sign.start(), 15
        if sign[0].startswith(b"PK"):
            name, more = data[at + 26 : at + 28], data[at + 28 : at + 30]
            at += 30 + int.from_bytes(name, "little") + int.from_bytes(more, "little")
            bits = -15
        elif sign[0].startswith(b"\x1f"):
            bits = 31
        inside = _inflated(data, at, bits)
        if len(inside) > 8:
            yield sign.start(), inside
    for sign in _IN_85.finditer(data):
        try:
            yield sign.start(), base64.a85decode(sign[1], adobe=False)
        except ValueError:
            try:
                yield sign.start(), base64.a85decode(b"<~" + sign[1], adobe=True)
            except (ValueError, binascii.Error):
                continue


def _inflated(data: bytes, at: int, bits: int) -> bytes:
    """Unpack as far as it goes: a torn or overwritten stream may still tell something."""
    unpacker, inside = zlib.decompressobj(bits), bytearray()
    while at < len(data) and not unpacker.eof and len(inside) < _LARGEST:
        try:
            inside += unpacker.decompress(data[at : at + _PIECE])
        except zlib.error:
            break
        at += _PIECE
    return bytes(inside)
