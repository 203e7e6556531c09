"""The task dialog and the sets: what is typed is kept, and one undo takes it back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCompleter, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy.orm import Session

from cmdesk.casework import clients, drafts, rhythm, task_edit, task_sets, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.task_sets import SetStep
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import Person
from cmdesk.rules.codes import TaskState
from cmdesk.rules.task_draft import TaskForm
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.task import TaskDialog, open_task
from cmdesk.ui.dialogs.task_set import open_task_set
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.conftest import desk, maya, mayas_case, said, store, template

__all__ = ["desk", "maya", "mayas_case", "said", "store", "template"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
DUE = date(2026, 3, 27)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    bring_up(qtbot, made)
    return made


def gone(dialog: QWidget) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def write(dialog: TaskDialog, text: str) -> None:
    QTest.keyClicks(dialog.field("text").editor, text)


def waits(dialog: TaskDialog) -> None:
    box = dialog.field("state").editor
    assert isinstance(box, Choice)
    box.choose(TaskState.WAITING)
    box.chosen.emit(TaskState.WAITING)


def by(dialog: TaskDialog, day: date) -> None:
    field = dialog.field("due").editor
    assert isinstance(field, DateField)
    field.set_day(day)


def open_texts(store: Store, client: int) -> list[str]:
    return [step.text for step in store.ask(tasks.next_steps, client)]


def test_a_new_task_is_saved_by_the_keyboard(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int, said: Said
) -> None:
    before = open_texts(store, maya)
    dialog = open_task(desk, window, maya)
    write(dialog, "Ask for the records")
    by(dialog, DUE)
    waits(dialog)
    assert dialog.waiting.isVisible()
    QTest.keyClick(
        dialog.field("text").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: gone(dialog))
    assert said.toasts[-1][0] == "Task saved"
    number = next(step.task_id for step in store.ask(tasks.next_steps, maya) if step.due == DUE)
    kept = store.ask(task_edit.read, number or 0)
    assert (kept.text, kept.waiting_since) == ("Ask for the records", desk.today())
    assert store.ask(drafts.find, f"task:new:{maya}") is None
    store.undo()
    assert open_texts(store, maya) == before


def test_what_is_missing_is_said_under_its_field(
    qtbot: QtBot, desk: Desk, window: QWidget, maya: int
) -> None:
    dialog = open_task(desk, window, maya)
    dialog.save()
    assert dialog.field("text").fault == "Say what is to be done."
    assert dialog.isVisible()


def test_a_task_from_today_is_about_whom_was_typed(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    dialog = open_task(desk, window, None)
    write(dialog, "Second try")
    about = dialog.field("links").editor
    assert isinstance(about, PickField)
    QTest.keyClicks(about.edit, "Nobody Known")
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(about.edit, Qt.Key.Key_Return, ctrl)
    assert dialog.field("links").fault.startswith("Nobody of this name is here.")
    assert dialog.isVisible()
    about.edit.clear()
    QTest.keyClicks(about.edit, "maya")
    completer = about.findChild(QCompleter)
    assert completer is not None
    offered = completer.popup()
    assert offered is not None
    assert offered.isVisible()
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert about.names == ("Maya Brenner",)
    QTest.keyClick(about.edit, Qt.Key.Key_Return, ctrl)
    qtbot.waitUntil(lambda: gone(dialog))
    (number,) = [e.task_id for e in store.ask(tasks.next_steps, maya) if e.text == "Second try"]
    again = open_task(desk, window, None, number)
    assert again.draft.links == (f"p{store.ask(rhythm.own_person, maya)}",)
    again.close_dialog()


def test_the_only_one_typed_is_taken(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    dialog = open_task(desk, window, None)
    write(dialog, "Third try")
    about = dialog.field("links").editor
    assert isinstance(about, PickField)
    QTest.keyClicks(about.edit, "maya bren")
    dialog.save()
    qtbot.waitUntil(lambda: gone(dialog))
    assert "Third try" in open_texts(store, maya)


def test_where_several_fit_they_are_offered(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    store.do("Add", clients.add, ClientDraft("Mara", "Brenner"))
    dialog = open_task(desk, window, None)
    write(dialog, "Fourth try")
    about = dialog.picks["links"]
    QTest.keyClicks(about.edit, "brenner")
    dialog.save()
    assert dialog.field("links").fault == "Several fit these words. Choose one of them."
    completer = about.findChild(QCompleter)
    assert completer is not None
    offered = completer.popup()
    assert offered is not None
    qtbot.waitUntil(offered.isVisible)
    QTest.keyClick(offered, Qt.Key.Key_Return)
    assert about.names == ("Mara Brenner",)
    assert dialog.field("links").fault == ""


def test_one_waits_for_anybody_and_words_not_chosen_yet_come_back(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    weil = store.do("Add", add_somebody, "Miriam", "Weil")
    dialog = open_task(desk, window, None)
    write(dialog, "Records")
    waits(dialog)
    QTest.keyClicks(dialog.picks["waiting_on"].edit, "mir we")
    QTest.keyClicks(dialog.picks["links"].edit, "bren")
    dialog.close_dialog()
    qtbot.waitUntil(lambda: gone(dialog))
    again = open_task(desk, window, None)
    assert again.picks["waiting_on"].pending == "mir we"
    assert again.picks["links"].pending == "bren"
    again.save()  # each fits one alone
    qtbot.waitUntil(lambda: gone(again))
    (number,) = [e.task_id for e in store.ask(tasks.next_steps, maya) if e.text == "Records"]
    assert store.ask(task_edit.read, number or 0).waiting_on == (f"p{weil}",)
    kept = open_task(desk, window, maya, number)
    assert kept.picks["waiting_on"].names == ("Miriam Weil",)  # who is of no circle stays
    assert kept.draft.waiting_on == (f"p{weil}",)


def test_what_is_no_longer_offered_stays_what_a_task_is_about(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    def add(session: Session) -> tuple[str, ...]:
        at = session.info["clock"]()
        calls = [Inquiry(caller_name=name, received_at=at) for name in ("Dr. Iyer", "Ann Reed")]
        session.add_all(calls)
        session.flush()
        return tuple(f"i{each.id}" for each in calls)

    links = store.do("Calls", add)
    number = store.do("Task", task_edit.save, TaskForm(text="Answer", due=DUE, links=links))
    store.do("Close", lambda session: setattr(
        session.get_one(Inquiry, int(links[0][1:])), "status", "no_response"))  # fmt: skip
    dialog = open_task(desk, window, None, number)
    assert dialog.picks["links"].keys == links[1:]
    write(dialog, "Soon: ")  # before what is there
    dialog.picks["links"].choose([])  # what is offered can be taken away
    dialog.save()
    qtbot.waitUntil(lambda: gone(dialog))
    kept = store.ask(task_edit.read, number)
    assert (kept.text, kept.links) == ("Soon: Answer", links[:1])


def add_somebody(session: Session, given: str, family: str) -> int:
    person = Person(given_name=given, family_name=family)
    session.add(person)
    session.flush()
    return person.id


def test_a_draft_is_back(qtbot: QtBot, desk: Desk, window: QWidget, maya: int) -> None:
    dialog = open_task(desk, window, maya)
    write(dialog, "Ask for the")
    by(dialog, DUE)
    dialog.close_dialog()
    qtbot.waitUntil(lambda: gone(dialog))
    again = open_task(desk, window, maya)
    assert again.draft.text == "Ask for the"
    assert again.draft.due == DUE
    assert again.came_back.label.isVisible()


def test_a_task_is_dropped(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    number = store.do("Add", tasks.add, maya, "Call the school", DUE)
    dialog = open_task(desk, window, maya, number)
    assert dialog.draft.text == "Call the school"
    dialog.drop.click()
    qtbot.waitUntil(lambda: gone(dialog))
    assert "Call the school" not in open_texts(store, maya)


def test_tasks_from_a_set(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int, said: Said
) -> None:
    steps = (SetStep("Send the records", -7), SetStep("Call that evening"))
    store.do("Save", task_sets.save, "Admission", "Day of admission", steps)
    dialog = open_task_set(desk, window, maya)
    assert dialog.anchor.text() == "Day of admission"
    dialog.day.set_day(DUE)
    dialog.show_steps()
    dialog.steps[0][0].click()
    dialog.apply()
    qtbot.waitUntil(lambda: gone(dialog))
    assert said.toasts[-1][0] == "One task made"
    texts = open_texts(store, maya)
    assert "Call that evening" in texts
    assert "Send the records" not in texts


def test_open_tasks_are_kept_as_a_set(
    qtbot: QtBot, desk: Desk, window: QWidget, store: Store, maya: int
) -> None:
    store.do("Add", tasks.add, maya, "Call the school", DUE)
    dialog = open_task_set(desk, window, maya)
    assert dialog.none.isVisible()
    dialog.keep_open()
    qtbot.waitUntil(dialog.trouble.isVisible)
    dialog.name.setText("Leaving")
    dialog.keep_open()
    qtbot.waitUntil(lambda: bool(dialog.steps))
    assert "Call the school" in [step.text for _, step in dialog.steps]
    dialog.remove_set()
    qtbot.waitUntil(lambda: not dialog.steps)
    assert store.ask(task_sets.rows) == []


def test_a_task_says_whom_it_is_about(desk: Desk, window: QWidget, store: Store, maya: int) -> None:
    dialog = open_task(desk, window, maya)
    assert dialog.title.text() == dialog.accessibleName() == "New task about Maya Brenner"
    dialog.close_dialog()
    store.do("Namesake", clients.add, ClientDraft("Maya", "Brenner", born=date(1990, 1, 1)))
    told = open_task(desk, window, maya).title.text()
    assert told.startswith("New task about Maya Brenner, ")
