"""Files as an enemy or a broken program would hand them to the import: by name, made on demand."""

import json
import quopri
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

EXAMPLE: Final = Path(__file__).parents[1] / "acceptance" / "example.json"
MB: Final = 1_000_000
HEAD: Final = "given name,family name,organisation,phone,email,address\r\n"
ROW: Final = "Tess,Holloway,Stillwater,+1 718 555 0119,tess@still.example,1 A St\r\n"
Maker = Callable[[], bytes]


def table(*rows: str, head: str = HEAD) -> bytes:
    return (head + "".join(rows)).encode("utf-8", "surrogatepass")


def card(*lines: str, version: str = "3.0") -> bytes:
    inside = "\r\n".join(lines)
    return f"BEGIN:VCARD\r\nVERSION:{version}\r\n{inside}\r\nEND:VCARD\r\n".encode()


FORMULAS: Final = "".join(
    f'"{start}cmd|\' /C calc\'!A0","{start}1+1",O{number},{number},,\r\n'
    for number, start in enumerate(
        ("=", "+", "-", "@", "\t=", "\r=", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    )
)

# Each is a row of: how it is made, and whether something in it may be taken (None: either way).
TABLES: dict[str, tuple[Maker, bool | None]] = {
    "null bytes": (lambda: table(ROW, "A\0,B,,,,\r\n"), False),
    "only nulls": (lambda: bytes(5_000), False),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + table(ROW), True),
    "two marks": (lambda: b"\xef\xbb\xbf" * 2 + table(ROW), None),
    "UTF-16 little": (lambda: b"\xff\xfe" + table(ROW).decode().encode("utf-16-le"), True),
    "UTF-16 big": (lambda: b"\xfe\xff" + table(ROW).decode().encode("utf-16-be"), True),
    "UTF-16 cut": (lambda: b"\xff\xfe" + table(ROW).decode().encode("utf-16-le")[:-1], False),
    "UTF-16 without mark": (lambda: table(ROW).decode().encode("utf-16-le"), False),
    "UTF-32": (lambda: table(ROW).decode().encode("utf-32"), False),
    "UTF-7": (lambda: "given name,family name\r\nJ+APw-rg,Mu+AN8-\r\n".encode("ascii"), True),
    "Windows text": (
        lambda: table("J\u00fcrgen,Mu\u00df,,1,,\r\n").decode().encode("cp1252"),
        True,
    ),
    "undefined Windows bytes": (lambda: table() + b"\x81\x8d\x8f,x,,1,,\r\n", False),
    "lone CR": (lambda: table(ROW, ROW.replace("Tess", "Tom")).replace(b"\r\n", b"\r"), True),
    "lone LF": (lambda: table(ROW).replace(b"\r\n", b"\n"), True),
    "mixed ends": (lambda: table(ROW, "A,B,,1,,\n", "C,D,,2,,\r", "E,F,,3,,\x0b"), True),
    "200,000 columns": (lambda: table(head=",".join(["name"] * 200_000) + "\r\n"), False),
    "row of 200,000 cells": (lambda: table(ROW, "," * 200_000 + "\r\n"), True),
    "10 MB cell": (lambda: table(ROW, f"{'x' * 10 * MB},B,,1,,\r\n"), True),
    "10 MB header": (lambda: table(head=f"{'x' * 10 * MB},name\r\n"), None),
    "10 MB quoted cell of lines": (
        lambda: table(ROW, '"' + "a\r\n" * 3 * MB + '",B,,1,,\r\n'),
        True,
    ),
    "unclosed quote": (lambda: table(ROW, '"never closed,B,,1,,\r\n', "C,D,,2,,\r\n"), True),
    "unclosed quote in the header": (lambda: table(ROW, head='"given name,family name\r\n'), False),
    "1,000 unclosed quotes": (lambda: table(ROW, '"a,b,,1,,\r\n' * 999), True),
    "quotes alone": (lambda: table('"' * 99_999 + "\r\n"), None),
    "ragged": (lambda: table("A\r\n", "A,B,C,D,E,F,G,H\r\n", ROW), True),
    "formulas": (lambda: table(FORMULAS), True),
    "duplicate headers": (
        lambda: table("A,B,C,D\r\n", head="given name,given name,phone,phone\r\n"),
        True,
    ),
    "empty headers": (lambda: table("A,,1\r\n", head=",,\r\n"), False),
    "headers of spaces": (lambda: table("A,B\r\n", head=" ,  \r\n"), False),
    "header alone": (table, False),
    "blank lines": (lambda: table("\r\n" * 100_000, ROW), True),
    "spaces": (lambda: b" " * 100_000, False),
    "semicolons": (lambda: table(ROW).replace(b",", b";"), True),
    "tabs": (lambda: table(ROW).replace(b",", b"\t"), True),
    "pipes": (lambda: table(ROW).replace(b",", b"|"), True),
    "lone surrogates": (lambda: table("\ud800,\udc00,,1,,\r\n"), None),
    "right to left": (lambda: table("\u202eevil\u202c,\u05d0,,1,,\r\n"), True),
    "controls": (lambda: table("A\x07\x1b[31m,B,,1,,\r\n"), False),
    "numbers": (lambda: table(f"{'9' * 400},1e999,,{'9' * 9_999},,\r\n"), True),
    "markup": (lambda: table("<b>,</para>,<img src='/etc/passwd'/>,1,,\r\n"), True),
    "statement": (lambda: table("Robert'); DROP TABLE person;--,X,,1,,\r\n"), True),
    "an image": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, False),
    "a page": (lambda: b"<html><body><table><tr><td>name</td></tr></table></body></html>", False),
    "a torn zip": (lambda: b"PK\x03\x04" + bytes(range(256)), False),
    "directory of nowhere": (
        lambda: table("X,91,181,NY,1\r\n", head="name1,latitude,longitude,state,zip\r\n"),
        None,
    ),
    "directory of infinities": (
        lambda: table("X,inf,nan,NY,1\r\n", head="name1,latitude,longitude,state,zip\r\n"),
        None,
    ),
}

CARDS: dict[str, tuple[Maker, bool | None]] = {
    "folded bomb": (lambda: card("FN:A B", "NOTE:x" + "\r\n x" * 500_000), None),
    "folded name": (lambda: card("FN:" + "A\r\n " * 300_000 + "B"), None),
    "10 MB photo": (lambda: card("FN:A B", "PHOTO;ENCODING=b:" + "QUJD" * (10 * MB // 4)), True),
    "10 MB folded photo": (
        lambda: card(
            "FN:A B", "PHOTO;ENCODING=b:" + "\r\n " + "\r\n ".join(["QUJD" * 18] * 140_000)
        ),
        True,
    ),
    "10 MB note": (lambda: card("FN:A B", "NOTE:" + "x" * 10 * MB), None),
    "nested cards": (lambda: b"BEGIN:VCARD\r\n" * 10_000 + card("FN:A B"), None),
    "nested agent": (lambda: card("FN:A B", "AGENT:BEGIN:VCARD\\nFN:C\\nEND:VCARD"), True),
    "never begun": (lambda: b"FN:A\r\nEND:VCARD\r\n" * 1_000, False),
    "never ended": (lambda: b"BEGIN:VCARD\r\nFN:A B\r\n" * 1_000, False),
    "100,000 lines": (lambda: card("FN:A B", *["TEL:1"] * 100_000), None),
    "unknown charset": (lambda: card("N;CHARSET=KLINGON:B;A", version="2.1"), False),
    "charset of codecs": (lambda: card("N;CHARSET=zip:B;A", "FN:A B", version="2.1"), None),
    "charset hex": (lambda: card("FN;CHARSET=hex:4142", version="2.1"), None),
    "charset idna": (lambda: card("FN;CHARSET=idna:" + "x" * 9_000, version="2.1"), None),
    "charset of a path": (lambda: card("FN;CHARSET=../../etc/passwd:A", version="2.1"), None),
    "broken quoted-printable": (
        lambda: card("N;ENCODING=QUOTED-PRINTABLE:=ZZ=;=A=\r\n=", "TEL:1", version="2.1"),
        None,
    ),
    "quoted-printable without end": (
        lambda: card("NOTE;ENCODING=QUOTED-PRINTABLE:" + "x=\r\n" * 100_000, version="2.1"),
        None,
    ),
    "quoted-printable of nulls": (
        lambda: card("FN;ENCODING=QUOTED-PRINTABLE:" + quopri.encodestring(b"A\0\x1bB").decode()),
        True,
    ),
    "bare parameters": (lambda: card("TEL;HOME;VOICE;X;Y;Z:1", "FN:A B", version="2.1"), True),
    "10,000 parameters": (lambda: card("TEL" + ";TYPE=X" * 10_000 + ":1", "FN:A B"), True),
    "parameter of quotes": (lambda: card('TEL;TYPE="' + '"' * 50_000 + ":1", "FN:A B"), None),
    "no colon": (lambda: card("FN:A B", "N" * 100_000), True),
    "only colons": (lambda: card(":" * 100_000, "FN:A B"), True),
    "escapes": (lambda: card("FN:A" + "\\" * 50_001 + "n", "NOTE:\\,\\;\\n\\N\\x"), True),
    "semicolons": (lambda: card("N:" + ";" * 50_000, "ADR:" + ";" * 50_000, "FN:A B"), True),
    "commas": (lambda: card("N:" + "," * 50_000 + ";B", "FN:A B"), True),
    "UTF-16": (lambda: card("FN:A B").decode().encode("utf-16"), True),
    "UTF-16 cut": (lambda: card("FN:A B").decode().encode("utf-16")[:-1], False),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + card("FN:A B"), True),
    "lone CR": (lambda: card("FN:A B").replace(b"\r\n", b"\r"), True),
    "blank lines": (lambda: b"\n " * 50_000 + card("FN:A B"), None),
    "Latin bytes": (lambda: card("FN:J\u00fc").decode().encode("latin-1"), None),
    "nulls": (lambda: card("FN:A\0B", "TEL:1\0"), None),
    "groups": (lambda: card(*[f"item{n}.TEL:{n}" for n in range(900)], "FN:A B"), True),
    "dates": (lambda: card("FN:A B", "BDAY:99999999", "BDAY:--0230", "BDAY:0000-00-00"), True),
    "calendar": (
        lambda: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        False,
    ),
    "version 99": (lambda: card("FN:A B", version="99"), None),
}


def practice(change: Callable[[dict[str, Any]], object]) -> bytes:
    made: dict[str, Any] = json.loads(EXAMPLE.read_text("utf-8"))
    change(made)
    return json.dumps(made).encode()


def _entry(made: dict[str, Any]) -> dict[str, Any]:
    return made["clients"][0]["entries"][0]


PRACTICES: dict[str, tuple[Maker, bool | None]] = {
    "deep lists": (lambda: b"[" * 200_000 + b"]" * 200_000, False),
    "deep objects": (lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000, False),
    "deep inside": (
        lambda: EXAMPLE.read_bytes().replace(b'"Nora Whitlock"', b"[" * 3_000 + b"]" * 3_000, 1),
        False,
    ),
    "huge integer": (partial(practice, lambda p: _entry(p).update(minutes=10**400)), False),
    "integer of 5,000 digits": (lambda: b'{"format": ' + b"9" * 5_000 + b"}", False),
    "huge float": (lambda: b'{"format": 1e999}', False),
    "not a number": (lambda: b'{"format": NaN}', False),
    "duplicate keys": (
        lambda: b'{"format": "cmdesk-practice", "format": "x", "version": 1}',
        False,
    ),
    "100,000 duplicate keys": (lambda: b"{" + b'"a":1,' * 100_000 + b'"b":1}', False),
    "lone surrogate": (partial(practice, lambda p: _entry(p).update(narrative="\ud800")), False),
    "null character": (partial(practice, lambda p: _entry(p).update(narrative="a\0b")), False),
    "10 MB narrative": (
        partial(practice, lambda p: _entry(p).update(narrative="x " * 5 * MB)),
        None,
    ),
    "wrong types": (partial(practice, lambda p: p.update(people={"a": 1})), False),
    "not UTF-8": (lambda: EXAMPLE.read_bytes().replace(b"Diane", b"Di\xffne"), False),
    "UTF-16": (lambda: EXAMPLE.read_text("utf-8").encode("utf-16"), False),
    "byte order mark": (lambda: b"\xef\xbb\xbf" + EXAMPLE.read_bytes(), True),
    "trailing garbage": (lambda: EXAMPLE.read_bytes() + b"{}", False),
    "100,000 topics": (
        partial(practice, lambda p: _entry(p).update(topics=["progress"] * 100_000)),
        None,
    ),
    "year 0": (
        partial(practice, lambda p: _entry(p).update(occurred_at="0000-01-01T00:00:00Z")),
        False,
    ),
    "year 9999": (
        partial(practice, lambda p: _entry(p).update(occurred_at="9999-12-31T23:59:59-12:00")),
        False,
    ),
    "negative minutes": (partial(practice, lambda p: _entry(p).update(minutes=-5)), None),
    "prototype": (partial(practice, lambda p: p.update(__proto__={"x": 1})), False),
    "zone of nowhere": (
        partial(practice, lambda p: p["practice"].update(time_zone="../../etc/passwd")),
        None,
    ),
}
