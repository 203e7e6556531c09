import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.exchange import csv_table
from cmdesk.exchange.csv_table import Row
from cmdesk.exchange.result import Skipped


def read(data: bytes) -> list[Row | Skipped]:
    return list(csv_table.read(data).rows())


def cells(data: bytes) -> list[dict[str, str]]:
    return [dict(row.cells) for row in read(data) if isinstance(row, Row)]


@pytest.mark.parametrize(
    "data",
    [
        "name,city\nZoë,Köln\n".encode(),
        "\ufeffname,city\nZoë,Köln\n".encode(),
        "name,city\nZoë,Köln\n".encode("utf-16"),
        "name;city\r\nZoë;Köln\r\n".encode(),
        "name\tcity\rZoë\tKöln".encode(),
        '\n\n"Name", CITY \nZoë,Köln'.encode(),
    ],
)
def test_reads_what_programs_write(data: bytes) -> None:
    assert cells(data) == [{"name": "Zoë", "city": "Köln"}]


def test_says_that_windows_text_was_assumed() -> None:
    table = csv_table.read("name,city\nZoë,Köln\n".encode("cp1252"))
    assert [row.cells["city"] for row in table.rows() if isinstance(row, Row)] == ["Köln"]
    assert "Windows" in table.notes[0].why


def test_counts_lines_as_an_editor_does() -> None:
    found = read(b'name,notes\nA,"two\nlines"\n\nB,x\n')
    assert [row.line for row in found] == [2, 5]


def test_ragged_rows_are_told_with_their_line() -> None:
    found = read(b"name,city\nA\nB,Troy\nC,Troy,12180\nD,Troy,\n")
    assert found[0] == Skipped(2, "This row has 1 cells, the header has 2.")
    assert found[2] == Skipped(4, "This row has 3 cells, the header has 2.")
    assert [row.line for row in found if isinstance(row, Row)] == [3, 5]


def test_an_unclosed_quote_costs_its_own_row_only() -> None:
    found = read(b'name,city\nA,Troy\n"B,Troy\nC,Troy\nD,Troy\n')
    assert [row.line for row in found if isinstance(row, Row)] == [2, 4, 5]
    assert found[1] == Skipped(3, "A quotation mark is opened on this row and never closed.")


def test_a_huge_cell_costs_its_own_row_only() -> None:
    found = read(b"name,city\nA," + b"x" * 10_000_000 + b"\nB,Troy\n")
    assert found[0] == Skipped(2, "A cell of row 2 holds 10 MB; 1 MB is the most.")
    assert isinstance(found[1], Row)


def test_our_guard_against_formulas_is_taken_off() -> None:
    data = "name,city,note\n'=1+1,'+1 718,'plain\n'\uff1dx,'@y,'-z\n".encode()
    assert cells(data) == [
        {"name": "=1+1", "city": "+1 718", "note": "'plain"},
        {"name": "\uff1dx", "city": "@y", "note": "-z"},
    ]


def test_the_first_of_two_columns_of_one_name_is_used() -> None:
    assert cells(b"name,name,Name \nA,B,C\n,D,E\n") == [{"name": "A"}, {"name": "D"}]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"name,city\nA,\x00\n", "not a table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a table"),
        (b"name\x81,city\n", "not a table"),
        ("name,city\nA,B\n".encode("utf-16")[:-1], "not a table"),
        (b",".join([b"a"] * 200_000) + b"\n", "200,000 columns"),
        (b'"name,city\nA,B\n', "header"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        read(data)


def test_a_million_rows_are_refused_in_bounded_time() -> None:
    with pytest.raises(Problem, match="100,000 rows"):
        read(b"name,city\n" + b"A,Troy\n" * 1_000_000)


@given(st.binary(max_size=2000))
def test_any_bytes_are_rows_or_a_problem(data: bytes) -> None:
    try:
        found = read(data)
    except Problem:
        return
    assert all(row.line is None or row.line > 0 for row in found)


text = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(text, text), min_size=1, max_size=10))
def test_reads_back_what_the_standard_writer_wrote(pairs: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("name", "city"), *pairs])
    found = cells(buffer.getvalue().encode())
    stripped = [tuple(cell.strip() for cell in pair) for pair in pairs]
    wanted = [pair for pair in stripped if any(pair)]
    got = [(row.get("name", ""), row.get("city", "")) for row in found]
    if not any("'" in cell for pair in pairs for cell in pair):
        assert got == wanted
