"""What is exported comes back whole, whatever the practice holds."""

import json
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.exchange.practice_format import checked, schema
from cmdesk.exchange.practice_match import units_of
from cmdesk.exchange.result import Result
from cmdesk.store.store import Store
from tests.exchange.conftest import opened
from tests.exchange.practices import practices
from tests.records import Template

Opener = Callable[[], Any]
# A whole practice is made, taken in and given out for each; the nightly profile tries hundreds.
VALID = jsonschema.Draft202012Validator(schema())  # the schema itself is judged with its example
FEW = settings(max_examples=max(5, settings().max_examples // 4), deadline=None)


@pytest.fixture(scope="module")
def fresh(empty_vault: Template, tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """Return a function that opens an empty vault for the length of a with-block."""

    @contextmanager
    def one() -> Generator[Store]:
        folder = tmp_path_factory.mktemp("trip") / "practice.cmdesk"
        store = opened(empty_vault, folder)
        try:
            yield store
        finally:
            store.close()
            shutil.rmtree(folder)

    return one


def bring_in(store: Store, data: bytes) -> Result:
    return store.do("Import", practice_import.bring_in, practice_import.read(data))


def as_file(practice: dict[str, Any]) -> bytes:
    return json.dumps(practice).encode()


@FEW
@given(practices())
def test_exported_imported_and_exported_again_is_the_same(
    fresh: Opener, practice: dict[str, Any]
) -> None:
    with fresh() as first, fresh() as second:
        bring_in(first, as_file(practice))
        exported = first.ask(practice_file)
        result = bring_in(second, exported)
        assert (result.updated, result.unchanged) == (0, 0)
        assert second.ask(practice_file) == exported
        assert bring_in(first, exported).added == 0
        assert first.ask(practice_file) == exported


@FEW
@given(practices())
def test_what_stands_says_what_the_file_said_and_a_second_import_changes_nothing(
    fresh: Opener, practice: dict[str, Any]
) -> None:
    """Word for word: the same digest, row by row, so that a change made here can be told."""
    with fresh() as store:
        first = bring_in(store, as_file(practice))
        before = store.ask(practice_file)
        second = bring_in(store, as_file(practice))
        said = {each for each in second.skipped if "its content is not beside" not in each.why}
        assert (second.added, second.updated, said) == (0, 0, set())
        assert second.unchanged == first.added
        assert store.ask(practice_file) == before
    standing = checked(json.loads(before))
    told = {unit.row["ref"]: unit.digest for unit in units_of(standing)}
    for unit in units_of(checked(practice)):
        if "ref" in unit.row:
            assert told[unit.row["ref"]] == unit.digest


@FEW
@given(practices())
def test_the_schema_accepts_what_the_reader_accepts(practice: dict[str, Any]) -> None:
    checked(practice)
    VALID.validate(practice)  # pyright: ignore[reportUnknownMemberType] - no stubs


@FEW
@given(practices(most=1), st.data())
def test_whatever_is_done_to_a_file_it_goes_in_whole_or_not_at_all(
    fresh: Opener, practice: dict[str, Any], data: st.DataObject
) -> None:
    raw = bytearray(as_file(practice))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with fresh() as store:
        empty = store.ask(practice_file)
        with suppress(Problem):
            bring_in(store, bytes(raw))
            return
        assert store.ask(practice_file) == empty
