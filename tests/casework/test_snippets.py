"""Snippets: kept, changed, removed, and what no snippet can be."""

import pytest

from cmdesk.casework import snippets
from cmdesk.casework.snippets import Kept
from cmdesk.errors import Problem
from cmdesk.store.store import Store


def test_kept_changed_and_removed(store: Store) -> None:
    second = store.do("Add", snippets.add, " ;VM ", " Left a voicemail. ", ["progress"])
    first = store.do("Add", snippets.add, "ride", "The ride home")
    kept = [
        Kept(first, "ride", "The ride home"),
        Kept(second, "vm", "Left a voicemail.", ("progress",)),
    ]
    assert store.ask(snippets.all_snippets) == kept
    assert store.ask(snippets.as_typed) == {"ride": "The ride home", "vm": "Left a voicemail."}
    store.do("Edit", snippets.edit, second, "vm", "No answer; left a voicemail.")
    store.do("Remove", snippets.remove, first)
    assert store.ask(snippets.all_snippets) == [Kept(second, "vm", "No answer; left a voicemail.")]
    with pytest.raises(Problem, match="no longer there"):
        store.do("Remove", snippets.remove, first)


def test_what_is_no_snippet(store: Store) -> None:
    store.do("Add", snippets.add, "vm", "Left a voicemail.")
    for name, text, said in (
        ("two words", "x", "one short word"),
        ("", "x", "one short word"),
        ("x" * 25, "x", "one short word"),
        ("ok", "  ", "needs words"),
        ("ok", "x" * 4001, "too long"),
        ("Vm", "x", "already"),
    ):
        with pytest.raises(Problem, match=said):
            store.do("Add", snippets.add, name, text)
    assert len(store.ask(snippets.all_snippets)) == 1
