import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.exchange import intake
from cmdesk.exchange.result import Result
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Lee\r\nEND:VCARD\r\n"
PRACTICE = json.dumps(
    {
        "format": "cmdesk-practice",
        "version": 1,
        "people": [{"ref": "p-1", "given_name": "Ann", "family_name": "Lee"}],
    }
).encode()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PRACTICE, "practice"),
        (b"\xef\xbb\xbf  {", "practice"),
        (CARD, "vcard"),
        (b"\n\nbegin:vcard\nend:vcard", "vcard"),
        (b"name1,name2,street1,phone\n", "providers-csv"),
        (b"Center_name,Keys\n", "providers-csv"),
        (b"Name;City;Phone\n", "providers-csv"),
        (b"Given Name,Family Name,Address\n", "people-csv"),
        (b"first name,last name,street,city\n", "people-csv"),
        (b"name,email,phone\n", "people-csv"),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert intake.detect(data, "anything.dat") == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04....", "workbook"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "not a file"),
        (b"Dear Nora,\nhow are you?\n", "no columns"),
        (b"a,b,c\n1,2,3\n", "no columns"),
        (b"[1, 2]", "no columns"),
    ],
)
def test_junk_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says) as caught:
        intake.detect(data, "list.dat")
    assert "list.dat" in caught.value.message
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "kind", "table"),
    [
        (CARD, "vcard", Person),
        (PRACTICE, "practice", Person),
        (b"first,last\nAnn,Lee\n", "people-csv", Person),
        (b"name,city\nElm,Troy\n", "providers-csv", Organisation),
    ],
)
def test_each_kind_goes_in_by_the_one_door(
    store: Store, rows: Rows, data: bytes, kind: str, table: type[Person | Organisation]
) -> None:
    result = store.do("Import", intake.bring_in, data)
    assert (result.kind, result.added) == (kind, 1)
    assert len(rows(table)) == 1
    again: Result = store.do("Import", intake.bring_in, data, kind, "file")
    assert (again.added, again.updated) == (0, 0)


def test_a_stated_kind_is_obeyed(store: Store) -> None:
    assert store.do("Import", intake.bring_in, b"name,phone\nAnn Lee,1\n", "people-csv").added == 1
    with pytest.raises(Problem, match="not a kind"):
        store.do("Import", intake.bring_in, CARD, "fax")


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_known_or_refused_in_words(data: bytes) -> None:
    with contextlib.suppress(Problem):
        assert intake.detect(data, "x") in intake.KINDS
