"""Tasks in full, tasks that come round, and sets of tasks around a day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from cmdesk.casework import task_edit, task_sets, tasks
from cmdesk.casework.task_sets import SetStep
from cmdesk.casework.tasks import NextStep
from cmdesk.errors import Problem
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState
from cmdesk.rules.task_draft import Recurrence, TaskForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, state

RANG = datetime(2026, 3, 6, 15, tzinfo=UTC)


def form(maya: Maya) -> TaskForm:
    return TaskForm(
        client_id=maya.client,
        text="Ask for the records",
        notes="By fax",
        due=date(2026, 3, 12),
        start=date(2026, 3, 10),
        state=TaskState.WAITING,
        waiting_on=(maya.tess.key,),
        waiting_since=MONDAY,
        chase_days="7",
        recurrence=Recurrence.WEEK,
        links=(maya.tess.key, f"o{maya.still}", f"e{maya.episode}"),
        topics=("progress",),
        family_line="The records are on their way.",
    )


def test_a_task_reads_as_it_was_saved(store: Store, maya: Maya) -> None:
    number = store.do("Save", task_edit.save, form(maya))
    kept = store.ask(task_edit.read, number)
    assert kept == replace(form(maya), version=kept.version)


def test_links_change_and_changes_can_be_taken_back(store: Store, maya: Maya) -> None:
    number = store.do("Save", task_edit.save, form(maya))
    before, kept = state(store), store.ask(task_edit.read, number)
    edited = replace(kept, links=(maya.diane.key, f"e{maya.episode}"), text="Ask again")
    store.do("Save", task_edit.save, edited, number)
    assert set(store.ask(task_edit.read, number).links) == {maya.diane.key, f"e{maya.episode}"}
    store.undo()
    assert state(store) == before


def test_who_no_longer_waits_waits_on_nobody(store: Store, maya: Maya) -> None:
    number = store.do("Save", task_edit.save, form(maya))
    kept = replace(store.ask(task_edit.read, number), state=TaskState.NEXT)
    store.do("Save", task_edit.save, kept, number)
    assert store.ask(task_edit.read, number).waiting_on == ()
    assert store.ask(task_edit.read, number).waiting_since is None


def test_refusals(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="Say what"):
        store.do("Save", task_edit.save, TaskForm())
    number = store.do("Save", task_edit.save, form(maya))
    kept = store.ask(task_edit.read, number)
    store.do("Save", task_edit.save, replace(kept, text="Other"), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", task_edit.save, kept, number)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(task_edit.read, 999)


def test_what_it_can_be_about(store: Store, maya: Maya) -> None:
    names = {each.name for each in store.ask(task_edit.linkable, maya.client)}
    assert {"Maya Brenner", "Diane Brenner", "Tess Holloway", "Stillwater Ridge"} <= names
    (anyone,) = store.ask(task_edit.linkable, None)
    assert (anyone.name, anyone.detail) == ("Maya Brenner", "Client")
    store.do("Call", lambda session: session.add(Inquiry(caller_name="Dr. Iyer", received_at=RANG)))
    called = store.ask(task_edit.linkable, None)[-1]
    consent = f"k{maya.consent}"
    assert called.name == "Call of Dr. Iyer"
    assert consent in [each.key for each in store.ask(task_edit.linkable, maya.client)]
    about = replace(form(maya), links=(called.key, consent))
    number = store.do("Save", task_edit.save, about)
    kept = store.ask(task_edit.read, number)
    assert kept.links == (called.key, consent)
    store.do("Save", task_edit.save, replace(kept, links=(called.key,)), number)
    assert store.ask(task_edit.read, number).links == (called.key,)


def test_dropped_tasks_leave_the_lists(store: Store, maya: Maya) -> None:
    number = store.do("Save", task_edit.save, form(maya))
    assert number in [step.task_id for step in store.ask(tasks.next_steps, maya.client)]
    store.do("Drop", task_edit.drop, number)
    assert number not in [step.task_id for step in store.ask(tasks.next_steps, maya.client)]


def test_a_task_comes_round(store: Store, maya: Maya) -> None:
    number = store.do("Save", task_edit.save, form(maya))
    before = state(store)
    step = NextStep("", date(2026, 3, 12), task_id=number)
    store.do("Done", tasks.finish, step)
    following = store.ask(
        lambda session: session.scalars(select(Task.id).where(Task.id > number)).one()
    )
    again = store.ask(task_edit.read, following)
    assert (again.due, again.start) == (date(2026, 3, 19), date(2026, 3, 17))
    assert again.links == form(maya).links
    assert (again.state, again.waiting_on) == (TaskState.NEXT, ())
    store.undo()
    assert state(store) == before


ADMISSION = (
    SetStep("Send the records", -7, "me"),
    SetStep("Call that evening"),
    SetStep("First visit", 7),
)


def test_a_set_is_laid_out_around_its_day(store: Store, maya: Maya) -> None:
    number = store.do(
        "Save", task_sets.save, "Admission", "Day of admission", [*ADMISSION, SetStep()]
    )
    (row,) = store.ask(task_sets.rows)
    assert (row.id, row.steps) == (number, ADMISSION)
    before = state(store)
    made = store.do("Apply", task_sets.apply, maya.client, row.steps, date(2026, 3, 20))
    dues = [store.ask(task_edit.read, each).due for each in made]
    assert dues == [date(2026, 3, 13), date(2026, 3, 20), date(2026, 3, 27)]
    store.undo()
    assert state(store) == before


def test_sets_are_edited_and_removed(store: Store) -> None:
    number = store.do("Save", task_sets.save, "Admission", "", ADMISSION)
    store.do("Save", task_sets.save, "Leaving", "Last day", ADMISSION[:1], number)
    (row,) = store.ask(task_sets.rows)
    assert (row.name, row.anchor, row.steps) == ("Leaving", "Last day", ADMISSION[:1])
    with pytest.raises(Problem, match="of this name"):
        store.do("Save", task_sets.save, "leaving", "", ADMISSION)
    with pytest.raises(Problem, match="needs a name"):
        store.do("Save", task_sets.save, "Other", "", [SetStep(" ")])
    with pytest.raises(Problem, match="No task"):
        store.do("Apply", task_sets.apply, None, (), MONDAY)
    store.do("Remove", task_sets.remove, number)
    assert store.ask(task_sets.rows) == []


def test_a_client_s_open_tasks_become_a_set(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="no open task"):
        store.do("Keep", task_sets.keep_open_tasks, 99, "Leaving", "", MONDAY)
    store.do("Save", task_edit.save, form(maya))
    store.do("Add", tasks.add, maya.client, "Pack")
    store.do("Keep", task_sets.keep_open_tasks, maya.client, "Leaving", "Last day", MONDAY)
    (row,) = store.ask(task_sets.rows)
    offsets = {step.text: step.offset_days for step in row.steps}
    assert offsets["Ask for the records"] == 3
    assert offsets["Pack"] == 0
