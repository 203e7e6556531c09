"""Sound examples that fuzzing starts from."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cmdesk.store import device, recovery
from cmdesk.store import keys as keyring
from cmdesk.store.container import MAGIC
from cmdesk.store.device import Note, Tries
from cmdesk.store.header import FLOOR, PAGE_SIZE, Anchor, write_out
from tests.exchange import npi
from tests.exchange.workbooks import sheet_of, workbook
from tests.hostile.targets import EXAMPLE

_NOON: Final = datetime(2026, 3, 9, 16, tzinfo=UTC)
_CARD: Final = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BC;J=\r\n=C3\r\n"
    b"item1.TEL;WORK;PREF:+1 718 555 0110\r\nitem1.X-ABLabel:_$!<Main>!$_\r\nADR;HOME:;;1 A St;B;"
    b"NY;11201;USA\r\nNOTE:one\\, two\r\n three\r\nBDAY:1990-02-30\r\nPHOTO;BASE64:AAAA\r\n\r\n"
    b"END:VCARD\r\nBEGIN:VCARD\nVERSION:4.0\nFN:A B\nORG:C;D\nUID:urn:uuid:1\nEND:VCARD\n"
)
_SEARCHES: Final = (
    '"', "*", "NEAR(", "NEAR(a b, 5)",
    "AND", "a AND", "OR NOT", "^a", "body:a", "a:b", "{a b}:c", "-a",
    "a - b", "(", ")", "(-)", "( )", "+", "1", "+1 718", "(718) 555-0142", "1-1-1", "'", "''",
    ";--", "\\",
    "a\0b", "%", "_", "ß", "ﬁ", "İ", "e\u0301", "日本語",
    "\u202e", "\ufdfa", "a" * 5_000, "a " * 5_000,
    "1 " * 5_000, '"' * 999, "((((((((", "1" * 5_000, "rowid", "a NEAR b", "NOT",
    "col : x", "٣٤٥", "²³",
)  # fmt: skip
_SHEETS: Final = {
    "2025": [("name1", "state", "zip", "service_code_info"), ("Elm", "NY", 12180, "SA*Q1")],
    "Key": [("service_code", "service_name"), ("Q1", "Dialectical behavior therapy")],
}
_PROVIDER: Final = npi.row(
    npi=npi.npi(1), entity="1", family="LEE", state="NY", taxonomy="1041C0700X", phone="7185550100"
)
_TABLES: Final = (
    b"given name,family name,phone,email\r\nTess,Holloway,718,t@x\r\n",
    b'\xef\xbb\xbfName;Telefon\n"a\n;b";\'=1\n',
    b'npi,name1,street1,city,state,zip,latitude,sa\n1,"a ""b""",c,d,NY,1,91,1\n',
    "name\tphone\nA\t1\n".encode("utf-16"),
    b'name,phone\n"never closed,1\nb,2\n',
    b"\xff\xfename",
)
_VALUES: Final = (
    b"1e999", b"-1", b"[]", b"{}", b"null", b"true", b'"2026-02-30"', b'"\\ud800"', b"9" * 400,
    b'""',
    b'["x"]', b'{"ref": 1}', b'"2026-03-06T11:00:00+99:99"', b"0.1", b'"en"', b"[[[[[]]]]]",
)  # fmt: skip


@cache  # made while tests are gathered, by every worker: once is enough
def header() -> bytes:
    keys, _ = keyring.make("lantern river oatmeal", vault_id="a", created="b", kdf=FLOOR)
    with TemporaryDirectory() as place:
        keyring.write(Path(place), keys, keys.header)
    return write_out(keys.header)


def container() -> bytes:
    head = header()
    records = bytes(2 * PAGE_SIZE)
    body = MAGIC + len(head).to_bytes(4) + head + len(records).to_bytes(8) + records
    return body + hashlib.sha256(body).digest()


def note() -> bytes:
    anchor = Anchor(7, bytes(32), 3, _NOON.isoformat())
    tries = Tries(2, _NOON, _NOON)
    return device.write_out(Note("a", "b", anchor, 4, bytes(32), tries, _NOON))


def of(target: str) -> list[bytes]:
    """Return what a target can make sense of, or once could not."""
    places = (b"\0\0", b"\0\3", b"\0\5\0\3", b"\0\5\0\7\0\1", b"\0\5\0\11\0\3")
    found: dict[str, list[bytes]] = {
        "header": [header()],
        "device": [note()],
        "container": [container()],
        "code": [recovery.new_code().encode(), b"", "ſıﬁ".encode(), b"O" * 35],
        "practice": [EXAMPLE.read_bytes(), b"[" * 9_000, b'{"format":1e400}', b'{"a":1,"a":2}'],
        "values": [value + place for value in _VALUES for place in places],
        "csv": list(_TABLES),
        "workbook": [workbook(_SHEETS), sheet_of(_SHEETS)],
        "nppes": [(npi.HEADER + _PROVIDER).encode(), *_TABLES],
        "vcard": [_CARD],
        "kind": [_CARD, *_TABLES, b"%PDF", b"PK\x03\x04", EXAMPLE.read_bytes()[:200]],
        "search": [text.encode() for text in _SEARCHES],
    }
    return found[target]
