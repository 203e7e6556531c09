from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from cmdesk.ui import table
from cmdesk.ui.table import Column, Table


@dataclass(frozen=True)
class Person:
    id: int
    name: str


class Shelf:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def rows(self, ids: Sequence[int]) -> list[Person]:
        self.asked.append(len(ids))
        return [Person(id_, f"Person {id_}") for id_ in ids if id_ != 13]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def people(shelf: Shelf, qapp: object) -> Table[Person]:
    columns: list[Column[Person]] = [
        Column("Name", lambda row: row.name),
        Column("Id", lambda row: str(row.id)),
    ]
    return Table(columns, shelf.rows, lambda row: f"{row.name}, a client.")


def shown(model: Table[Person], place: int) -> object:
    return model.data(model.index(place, 0))


def test_qt_finds_nothing_wrong(people: Table[Person], qtmodeltester: ModelTester) -> None:
    people.show([1, 2, 13])
    qtmodeltester.check(people)  # pyright: ignore[reportUnknownMemberType] - untyped there
    people.show([2, 1, 13])
    people.show([2])
    qtmodeltester.check(people)  # pyright: ignore[reportUnknownMemberType] - untyped there


def test_a_hundred_rows_at_a_time(people: Table[Person], shelf: Shelf) -> None:
    people.show(range(1, 100_001))
    assert people.rowCount() == 100_000
    assert shelf.asked == []
    assert shown(people, 55_555) == "Person 55556"
    assert shown(people, 55_500) == "Person 55501"
    assert shelf.asked == [100]


def test_a_row_that_is_gone_is_empty(people: Table[Person]) -> None:
    people.show([13])
    assert shown(people, 0) is None


def test_only_changed_rows_are_asked_for_again(people: Table[Person], shelf: Shelf) -> None:
    people.show([1, 2])
    shown(people, 0)
    people.refresh({2, 99})
    shown(people, 0)
    assert shelf.asked == [2]
    shown(people, 1)
    assert shelf.asked == [2, 2]


@pytest.mark.parametrize("then", [[3, 2, 1], [9, 2], [2]])
def test_what_was_selected_stays_selected(
    people: Table[Person], qtbot: QtBot, then: list[int]
) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(people)
    people.show([1, 2, 3])
    assert table.select(view, people, 2)
    table.show(view, people, then)
    assert table.selected_id(view, people) == 2
    table.show(view, people, [7])
    assert table.selected_id(view, people) is None


def test_screen_readers_hear_a_sentence(people: Table[Person]) -> None:
    people.show([5])
    spoken = people.data(people.index(0, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Person 5, a client."


def test_locking_forgets_the_rows(people: Table[Person], shelf: Shelf) -> None:
    people.show([1])
    shown(people, 0)
    people.forget()
    assert people.rowCount() == 0
    assert people._rows == {}
