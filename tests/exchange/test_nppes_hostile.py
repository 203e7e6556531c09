"""NPPES as nobody should hand it out: each is read as far as it can be, or refused in words."""

import io
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import bringing, left_out, nppes, nppes_file
from cmdesk.exchange.choosing import ALL, Choice, Survey
from cmdesk.exchange.nppes_file import OPEN_QUOTE, TOO_LONG, Reader
from cmdesk.exchange.result import Result
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.npi import HEADER, Pouring, npi, row
from tests.exchange.test_nppes import NAME, STILL, TESS, bring_in

NEW_YORK: Final = Choice(states=frozenset({"NY"}))
HOUSES: Final = "".join(
    row(npi=npi(100 + n), entity="2", name=f"HOUSE {n}", state="NY", street=f"{n} ELM ST",
        taxonomy="324500000X")
    for n in range(30)
)  # fmt: skip
LOCKED, DEFLATE64 = 0x1, 9


def there(session: Session) -> int:
    people = session.scalar(select(func.count(Person.id))) or 0
    return people + (session.scalar(select(func.count(Organisation.id))) or 0)


def zipped(lists: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in lists.items():
            archive.writestr(name, text)
    return made.getvalue()


def patched(archive: bytes, field: int, value: int) -> bytes:
    """Write a field of the one member, where it stands first and where the list at the end is."""
    data = bytearray(archive)
    data[data.find(b"PK\x03\x04") + field] = value
    data[data.find(b"PK\x01\x02") + field + 2] = value
    return bytes(data)


WHOLE: Final = zipped({NAME: HEADER + TESS + STILL})
REFUSED: Final = {
    "half an archive": (WHOLE[: len(WHOLE) // 2], "cut off"),
    "an archive without its last bytes": (WHOLE[:-30], "cut off"),
    "a hole in the archive": (WHOLE[:150] + bytes(90) + WHOLE[240:], "read to its end"),
    "a password": (patched(WHOLE, 6, LOCKED), "locked with a password"),
    "another packing": (patched(WHOLE, 8, DEFLATE64), "packed in a way"),
    "two lists": (zipped({NAME: HEADER + TESS, f"a/{NAME}": HEADER + STILL}), "several lists"),
    "UTF-16": ((HEADER + TESS).encode("utf-16"), "not written as NPPES"),
    "semicolons": ((HEADER + TESS).replace('","', '";"').encode(), "not written as NPPES"),
    "a line end of long ago": ((HEADER + TESS).replace("\n", "\r").encode(), "not written as"),
    "no state": ((HEADER + TESS).replace("Location Address State", "X").encode(), "needs NPI"),
    "a header without end": (zipped({NAME: "a" * 5_000_000}), "not the list"),
    "no row of the right width": ((HEADER + '"a","NY"\n').encode(), "Row 2: This row has 2 cells"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_can_not_be_read_is_refused_in_plain_words(
    store: Store, tmp_path: Path, what: str
) -> None:
    data, says = REFUSED[what]
    place = tmp_path / ("a.zip" if data.startswith(b"PK") else NAME)
    place.write_bytes(data)

    def whole() -> None:
        looked = bringing.look(place)
        assert looked.kind == nppes.KIND
        store.do("Import", nppes.bring_in_file, looked.path, NEW_YORK)

    with pytest.raises(Problem, match=says) as told:
        whole()
    assert told.value.hint
    assert store.ask(there) == 0


def test_whatever_was_changed_in_it_an_archive_is_read_or_refused(tmp_path: Path) -> None:
    draw, place = Random(7), tmp_path / "a.zip"  # noqa: S311 - bytes to spoil
    for _ in range(1500):
        data = bytearray(WHOLE)
        for _ in range(draw.randint(1, 4)):
            ends = (draw.randrange(60), len(data) - 1 - draw.randrange(130))
            data[draw.choice((draw.randrange(len(data)), *ends))] = draw.randrange(256)
        place.write_bytes(data)
        try:
            if bringing.look(place).kind == nppes.KIND:
                nppes.survey(place, Survey())
        except Problem:
            continue


NEW: Final = HEADER.replace("Other Provider Ident", "Brand New ")
READ: Final = {
    "a mark before the header": "\ufeff" + HEADER + TESS + HOUSES,
    "empty lines above": "\n\r\n" + HEADER + TESS + HOUSES,
    "line ends of Windows": (HEADER + TESS + HOUSES).replace("\n", "\r\n"),
    "spaces around a number": HEADER + TESS.replace(npi(1), f" {npi(1)} ") + HOUSES,
    "columns it does not know": HEADER.replace("Other Provider Ident", "Brand New ")
    + TESS
    + HOUSES,
}


@pytest.mark.parametrize("what", READ)
def test_what_can_be_read_loses_nothing(store: Store, what: str) -> None:
    assert bring_in(store, READ[what]) == Result("nppes", 31, 0, 0, ())


def test_columns_in_another_order_lose_no_word_of_a_number_that_ended(store: Store) -> None:
    def turned(text: str) -> str:
        rows = (each[1:-1].split('","') for each in text.splitlines())
        return "".join(",".join(f'"{cell}"' for cell in reversed(each)) + "\n" for each in rows)

    assert bring_in(store, turned(HEADER + TESS + HOUSES)).added == 31
    ended = row(npi=npi(1), deactivated="05/06/2026")
    (told,) = bring_in(store, turned(HEADER + ended + HOUSES)).skipped
    assert "kept here, was deactivated" in told.why


ONE_ROW: Final = {
    "a mark that never closes": (TESS.replace('"TESS"', '"TESS'), OPEN_QUOTE),
    "a mark in the last cell": (TESS.replace('""\n', '"\n'), OPEN_QUOTE),
    "two marks in bare cells": (
        TESS.replace('"', "").replace("TESS", 'T"ESS').replace("12 COURT", '"12 COURT'),
        "cells, the header has 330",
    ),
    "a cell of ten megabytes": (TESS.replace("TESS", "T" * 10_000_000), TOO_LONG),
    "a sign that is no text": (TESS.replace("TESS", "TE\0SS"), "no text"),
    "one cell more": (TESS.replace("\n", ',"x"\n'), "331 cells"),
    "no valid number": (TESS.replace(npi(1), npi(1)[:4] + " " + npi(1)[4:]), "not a valid NPI"),
}


@pytest.mark.parametrize("what", ONE_ROW)
def test_of_a_row_that_is_broken_the_rows_below_are_kept(store: Store, what: str) -> None:
    broken, why = ONE_ROW[what]
    result = bring_in(store, HEADER + broken + HOUSES)
    assert (result.added, [each.line for each in result.skipped]) == (30, [2])
    assert why in result.skipped[0].why


def test_two_marks_that_never_close_take_no_row_between_them(store: Store) -> None:
    broken = TESS.replace('"TESS"', '"TESS')
    middle = "".join(HOUSES.splitlines(keepends=True)[:5])
    rest = HOUSES.removeprefix(middle)
    result = bring_in(store, HEADER + broken + middle + broken + rest)
    assert result.added == 30
    assert [(each.line, each.why) for each in result.skipped] == [(2, OPEN_QUOTE), (8, OPEN_QUOTE)]


def test_a_cell_that_goes_on_for_ever_takes_no_row_below_it(store: Store) -> None:
    endless = TESS.replace("TESS", "T\n" * 2000)
    result = bring_in(store, HEADER + endless + HOUSES)
    assert result.added == 30
    assert {each.why for each in result.skipped} == {OPEN_QUOTE}


def poured(record: bytes, times: int) -> Iterator[bytes]:
    yield HEADER.encode()
    for _ in range(times):
        yield record


@pytest.mark.parametrize("record", [b'"a","NY"\n', b"a" * 1000, b'"NY\n'])
def test_a_file_full_of_nonsense_needs_no_memory(record: bytes) -> None:
    reader = Reader(Pouring(poured(record, 20_000)))
    tracemalloc.start()
    assert list(reader.rows(ALL)) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000
    told = reader.left_out.told()
    assert len(told) <= left_out.TOLD + 1
    if record.startswith(b'"a"'):
        assert told[-1].why == "19,800 more rows could not be read."


@pytest.mark.parametrize("record", [TESS.encode(), b"a" * 100_000, b"\n" * 4096])
def test_it_stops_at_once_whatever_is_read(record: bytes) -> None:
    stop = threading.Event()

    def endless() -> Iterator[bytes]:
        yield HEADER.encode()
        stop.set()
        while True:
            yield record

    begun = time.process_time()
    with pytest.raises(Cancelled):
        for _ in Reader(Pouring(endless())).rows(NEW_YORK, stop=stop):
            pass
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("after", [1, 2, 9, 31])
def test_stopped_at_any_row_nothing_is_left(
    store: Store, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(nppes_file, "LOOK", 1)
    monkeypatch.setattr("cmdesk.exchange.provider_rows.CHUNK", 3)
    stop, looks = threading.Event(), 0

    def progress(_: float) -> None:
        nonlocal looks
        looks += 1
        if looks == after:
            stop.set()

    data = (HEADER + TESS + HOUSES).encode()
    with pytest.raises(Cancelled):
        store.do(
            *("Import", nppes.bring_in, io.BytesIO(data), len(data), NAME, NEW_YORK),
            progress, stop,
        )  # fmt: skip
    assert store.ask(there) == 0
