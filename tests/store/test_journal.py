import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Column, Integer, MetaData, String, Table, text
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.store import journal
from cmdesk.store.journal import Change, Label
from cmdesk.store.store import Store
from tests.store import small

pytestmark = pytest.mark.usefixtures("each_once")


def test_undo_and_redo_bring_back_rows_cascades_and_search(store: Store) -> None:
    client = store.do("Add client", small.add_client, "Maya\0Brenner", b"\0\xff")
    store.do("Add note", small.add_note, client, "walked to the harbor")
    before = store.ask(small.everything)
    store.do("Remove client", small.remove_client, client)
    after = store.ask(small.everything)
    assert after == ((), ())
    assert store.undo_label == "Remove client"

    assert store.undo() == "Remove client"
    assert store.ask(small.everything) == before
    assert store.ask(small.found, "harbor") == [1]
    assert store.redo_label == "Remove client"
    assert store.redo() == "Remove client"
    assert store.ask(small.everything) == after
    assert store.ask(small.found, "harbor") == []


def test_a_change_names_every_row_a_cascade_took(store: Store) -> None:
    client = store.do("Add client", small.add_client, "Maya")
    note = store.do("Add note", small.add_note, client, "one")
    heard: list[Change] = []
    store.listeners.append(heard.append)
    store.do("Remove client", small.remove_client, client)
    assert heard[-1].rows == {("client", client), ("note", note)}
    assert heard[-1].touches("note")
    assert not heard[-1].touches("draft")
    store.undo()
    assert heard[-1].rows == {("client", client), ("note", note)}


def test_steps_with_one_merge_key_undo_as_one(store: Store) -> None:
    store.do("Add client", small.add_client, "M")
    for name in ("Ma", "May", "Maya"):
        store.do(Label("Rename", merge=("client", 1)), small.rename_all, name)
    store.undo()
    assert store.ask(small.everything) == (((1, "M", None),), ())
    store.redo()
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    store.do(Label("Rename", merge=("client", 1)), small.rename_all, "Mayas")
    store.undo()  # typing after an undo begins a step of its own
    assert store.ask(small.everything) == (((1, "Maya", None),), ())


def test_an_act_that_cannot_be_undone_empties_both_stacks(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")
    store.do("Add client", small.add_client, "Diane")
    store.undo()
    store.do(Label("Sign", undoable=False), small.rename_all, "Signed")
    assert store.undo_label is None
    assert store.redo_label is None
    assert store.undo() is None


def test_what_changes_nothing_leaves_the_stacks_alone(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")
    store.do("Remove client", small.remove_client, 99)
    assert store.undo_label == "Add client"


def test_only_fifty_steps_are_kept(store: Store) -> None:
    for number in range(60):
        store.do(f"Add {number}", small.add_client, "x")
    undone = 0
    while store.undo():
        undone += 1
    assert undone == journal.STEPS


def test_an_import_over_the_budget_is_announced_but_not_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "BUDGET", 10)
    store.do("Add client", small.add_client, "Maya")
    heard: list[Change] = []
    store.listeners.append(heard.append)

    def import_many(session: Session) -> None:
        session.execute(small.CLIENT.insert(), [{"name": f"n{i}"} for i in range(11)])

    store.do("Import", import_many)
    assert len(heard[0].rows) == 11
    assert store.undo_label is None


def test_drafts_are_outside(store: Store) -> None:
    def save_draft(session: Session) -> None:
        session.execute(small.DRAFT.insert().values(place="note:1", words="half a thou"))

    trail = store.ask(small.trail)
    store.do("Autosave", save_draft)
    assert store.undo_label is None
    assert store.ask(small.trail) == trail


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    before = store.ask(small.everything), store.ask(small.trail)
    heard: list[Change] = []
    store.listeners.append(heard.append)

    def fail(session: Session) -> None:
        small.add_client(session, "Maya")
        raise Problem("No.")

    with pytest.raises(Problem, match="No"):
        store.do("Add client", fail)
    assert (store.ask(small.everything), store.ask(small.trail)) == before
    assert not heard
    assert store.undo_label is None
    store.do("Add client", small.add_client, "Diane")
    assert heard[0].rows == {("client", 1)}


def test_a_trigger_that_guards_one_column_does_not_hinder_undo_of_another(store: Store) -> None:
    def guard(session: Session) -> None:
        session.execute(
            text(
                "CREATE TRIGGER no_photo BEFORE UPDATE OF photo ON client "
                "BEGIN SELECT RAISE(ABORT, 'frozen'); END"
            )
        )

    store.do("Add client", small.add_client, "Maya", b"x")
    store.do("Guard", guard)
    store.do("Rename", small.rename_all, "Mia")
    store.undo()
    assert store.ask(small.everything) == (((1, "Maya", b"x"),), ())


def test_every_watched_table_needs_an_integer_id() -> None:
    metadata = MetaData()
    Table("odd", metadata, Column("code", String, primary_key=True))
    with pytest.raises(ValueError, match="odd"):
        journal.watched(metadata)
    two = MetaData()
    Table("pair", two, Column("id", Integer, primary_key=True), Column("b", Integer))
    assert [table.name for table in journal.watched(two)] == ["pair"]


words = st.text(st.characters(codec="utf-8"), max_size=12)


class Undoing(RuleBasedStateMachine):
    """Whatever is done, undone and done again, the rows are those once recorded."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        while self.store.undo():
            pass
        self.past: list[object] = []
        self.future: list[object] = []
        self.now: object = self.store.ask(small.everything)

    def _did(self) -> None:
        new = self.store.ask(small.everything)
        if new != self.now or self.store.undo_label == "touch":
            self.past.append(self.now)
            self.future.clear()
        self.now = new

    def _ids(self) -> list[int]:
        return self.store.ask(small.clients)

    @precondition(lambda self: len(self.past) < 45)
    @rule(name=words, photo=st.none() | st.binary(max_size=5))
    def add(self, name: str, photo: bytes | None) -> None:
        self.store.do("Add", small.add_client, name, photo)
        self._did()

    @precondition(lambda self: len(self.past) < 45 and self._ids())
    @rule(data=st.data(), said=words)
    def note(self, data: st.DataObject, said: str) -> None:
        self.store.do("Note", small.add_note, data.draw(st.sampled_from(self._ids())), said)
        self._did()

    @precondition(lambda self: len(self.past) < 45 and self._ids())
    @rule(tag=words)
    def rename(self, tag: str) -> None:
        def append(session: Session) -> None:
            session.execute(small.CLIENT.update().values(name=small.CLIENT.c.name + "+" + tag))

        self.store.do("Rename", append)
        self._did()

    @precondition(lambda self: len(self.past) < 45 and self._ids())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.store.do("Remove", small.remove_client, data.draw(st.sampled_from(self._ids())))
        self._did()

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.store.undo()
        self.future.append(self.now)
        self.now = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.store.redo()
        self.past.append(self.now)
        self.now = self.future.pop()

    @invariant()
    def rows_are_as_recorded(self) -> None:
        assert self.store.ask(small.everything) == self.now


def test_undo_and_redo_always_return(store: Store) -> None:
    machine = type("Undoing", (Undoing,), {"store": store})
    machine.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    machine.TestCase("runTest").runTest()
