"""Address-book cards, line by line: unfolded, decoded and rid of what is not wanted.

vobject 0.9.9 refuses cards that real phones and Outlook write (bare parameters, photographs,
quoted-printable over several lines), and its pattern for a line can take for ever on a hostile one.
So it is given only lines that were taken apart and put together here.
"""

import quopri
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cmdesk.exchange.result import Skipped

WANTED: Final = frozenset(
    ["N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "NOTE", "BDAY", "UID",
     "URL", "LANG", "KIND", "X-ABSHOWAS", "X-ABLABEL"]
)  # fmt: skip  # PHOTO, LOGO, SOUND, KEY, PROFILE, AGENT and all else is dropped
LARGEST_LINE: Final = 1_000_000  # bytes
MOST_LINES: Final = 2_000  # wanted ones, in one card

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_WORD = re.compile(r"[A-Za-z0-9-]{1,40}\Z")
_HEAD = re.compile(rb'(?:[^":]|"[^"]*")*:')
_UNESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)([,;])")
_CODINGS: Final = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT", "INTERNET", "X400"})
_BEGIN: Final = b"BEGIN:VCARD"
_END: Final = b"END:VCARD"
_DROPPED: Final = b"X-DROPPED:"
_TOO_LARGE: Final = b"X-TOO-LARGE:"
_NEEDED: Final = frozenset({"", "N", "FN", "TEL", "EMAIL", "UID"})
_STRUCTURED: Final = frozenset({"N", "ADR", "ORG"})


class Unreadable(ValueError):
    """Why a property can't be read, in words for the user."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card; `value` is escaped as in vCard 3.0."""

    name: str
    types: tuple[str, ...]
    value: str
    group: str = ""

    def text(self) -> str:
        kinds = f";TYPE={','.join(self.types)}" if self.types else ""
        return f"{self.group + '.' if self.group else ''}{self.name}{kinds}:{self.value}"


@dataclass(frozen=True, slots=True)
class Card:
    line: int
    properties: tuple[Property, ...]
    left_out: tuple[str, ...] = ()  # names of properties whose text can't be read


def cards(data: bytes) -> Iterator[Card | Skipped]:
    """Yield each card with its wanted properties, or why it can't be read."""
    begun, lines = 0, list[bytes]()
    told = False
    for line, text in _unfolded(data):
        mark = text.strip().upper()
        if begun and mark == _END:
            yield _filled(begun, lines)
            begun, told = 0, False
        elif mark == _BEGIN:
            yield from _unended(begun)
            begun, lines = line, []
        elif begun and mark != _DROPPED:
            lines.append(text)
            del lines[MOST_LINES + 1 :]
        elif not begun and mark and not told:
            yield Skipped(line, "What stands here belongs to no card: BEGIN:VCARD is missing.")
            told = True
    yield from _unended(begun)


def _unended(begun: int) -> Iterator[Skipped]:
    if begun:
        yield Skipped(begun, "This card has no END:VCARD line.")


def _filled(line: int, lines: list[bytes]) -> Card | Skipped:
    if len(lines) > MOST_LINES:
        return Skipped(line, f"This card has more than {MOST_LINES:,} lines.")
    version = next((text for text in lines if text.upper().startswith(b"VERSION:")), b"")
    old = version[8:].strip() == b"2.1"
    found: list[Property] = []
    left_out: list[str] = []
    for text in lines:
        try:
            stated = _property(text, old=old)
        except Unreadable as error:
            if error.name in _NEEDED:
                return Skipped(line, str(error))
            left_out.append(error.name)
        else:
            found += [stated] if stated else []
    return Card(line, tuple(found), tuple(dict.fromkeys(left_out)))


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Join folded lines and quoted-printable soft breaks; keep nothing of unwanted properties."""
    parts: list[bytes] = []
    start, size = 1, 0
    soft = quoted = wanted = False
    for number, match in enumerate(_LINE.finditer(data), 1):
        text = match.group().rstrip(b"\r\n")
        folded = text[:1] in (b" ", b"\t")
        if parts and not soft and not folded:
            yield start, b"".join(parts)
            parts = []
        if not parts:
            start, size, wanted = number, 0, _is_wanted(text)
            quoted = b"QUOTED-PRINTABLE" in text.partition(b":")[0].upper()
            parts = [] if wanted else [_DROPPED]
        elif folded and not soft:
            text = text[1:]
        soft = wanted and quoted and text.endswith(b"=")
        size += len(text)
        if wanted and size > LARGEST_LINE:
            wanted, parts = False, [_TOO_LARGE]
        elif wanted:
            parts.append(text[:-1] if soft else text)
    if parts:
        yield start, b"".join(parts)


def _is_wanted(text: bytes) -> bool:
    name = re.split(rb"[:;]", text[:100], maxsplit=1)[0].rpartition(b".")[2]
    known = name.upper().decode("ascii", "replace")
    return known in WANTED or known in ("BEGIN", "END", "VERSION")


def _property(text: bytes, *, old: bool) -> Property | None:
    if text == _TOO_LARGE:
        raise Unreadable("", "A line of this card holds over 1 MB.")
    head = _HEAD.match(text)
    if head is None:
        return None
    name, *parameters = head.group()[:-1].decode("ascii", "replace").split(";")
    group, _, name = name.rpartition(".")
    name = name.strip().upper()
    if name not in WANTED:
        return None
    stated = [_parameter(each) for each in parameters[:50]]
    types = tuple(
        word.upper()
        for key, values in stated
        for word in (values.split(",") if key == "TYPE" else [values] if not key else [])
        if _WORD.match(word) and word.upper() not in _CODINGS
    )
    if any(key == "PREF" for key, _ in stated):
        types = (*types, "PREF")
    try:
        value = _decoded(text[head.end() :], dict(stated), old=old)
    except (UnicodeError, LookupError):
        raise Unreadable(name, f"The {name} line of this card is in broken letters.") from None
    return Property(
        name, types, _escaped(name, value, old=old), group if _WORD.match(group) else ""
    )


def _parameter(text: str) -> tuple[str, str]:
    """Split a parameter; a bare word of version 2.1 has no key."""
    key, equals, values = text.strip().partition("=")
    if not equals:
        bare = key.upper()
        return ("ENCODING", bare) if bare in ("QUOTED-PRINTABLE", "BASE64") else ("", key)
    return key.strip().upper(), values.replace('"', "").strip()


def _decoded(value: bytes, parameters: dict[str, str], *, old: bool) -> str:
    """Decode a value. Raises UnicodeError, or LookupError for an unknown character set."""
    coding = parameters.get("ENCODING", "").upper()
    if coding in ("BASE64", "B"):
        raise LookupError(coding)  # text is never written so
    if coding == "QUOTED-PRINTABLE":
        value = quopri.decodestring(value)
    charset = parameters.get("CHARSET", "")
    if charset and not _WORD.match(charset):
        raise LookupError(charset)
    if not charset and old and not _is_utf8(value):
        return value.decode("cp1252", "replace")  # what Outlook writes when it says nothing
    return value.decode(charset or "utf-8")  # of text only: no zip, no hex


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _harmless(char: str) -> str:
    """Drop control characters and half ones; make every kind of space a plain one."""
    kind = unicodedata.category(char)
    return " " if kind == "Zs" or char == "\t" else "" if kind in ("Cc", "Cs") else char


def _escaped(name: str, value: str, *, old: bool) -> str:
    """Escape what would cut the value: a comma that stands bare, a backslash of version 2.1."""
    if old:
        value = re.sub(r"\\(?!;)", r"\\\\", value)
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    value = "".join(map(_harmless, value))
    bare = "," if name in _STRUCTURED else ",;"
    return _UNESCAPED.sub(
        lambda found: found[1] + ("\\" if found[2] in bare else "") + found[2], value
    )
