"""A sitting goes through the dialogs of the working day, and types into each of them."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import drafts
from cmdesk.models.client import Client
from cmdesk.models.coverage import Authorization
from cmdesk.models.document import Document
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.ui.dialogs import (
    appeal,
    cadence,
    care_event,
    client,
    coverage,
    document_details,
    episode,
    goal,
    inquiry,
    medicine,
    merge,
    person,
    pre_call,
    review_call,
    snippets,
    snooze,
    task,
    task_set,
    week_review,
    worklist,
)
from cmdesk.ui.dialogs import safety_plan as plans
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.palette import Palette
from cmdesk.ui.settings.state_rules import StateRules
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.text_edit import TextEdit
from tests.leaks.hands import Hands

MOST: Final = 2  # editors of one dialog that are typed into
BRIEF: Final = 10  # milliseconds


def working_day(hands: Hands) -> None:
    """Open them one by one over the chart, leave words in each, and close it: a draft stays."""
    maya, diane = hands.number(Client, "c-maya"), hands.number(Person, "p-diane")
    given = hands.number(Authorization, "a-maya-2")
    hands.go("chart", maya)
    desk, over = hands.desk, hands.window
    each: dict[str, Callable[[], Dialog]] = {
        "person": lambda: person.open_person(desk, over, maya, diane),
        "somebody": lambda: person.open_person(desk, over, maya),
        "pre_call": lambda: pre_call.open_pre_call(desk, over, maya, diane),
        "safety": lambda: _writing(plans.open_safety_plan(desk, over, maya)),
        "coverage": lambda: coverage.open_coverage(desk, over, maya, (coverage.POLICY, 0)),
        "task": lambda: task.open_task(desk, over, maya, first(hands, Task)),
        "task_set": lambda: task_set.open_task_set(desk, over, maya),
        "inquiry": lambda: inquiry.open_inquiry(desk, over),
        "cadence": lambda: cadence.open_cadence(desk, over, maya),
        "snooze": lambda: snooze.open_snooze(desk, over, _nothing),
        "week": lambda: week_review.open_week_review(desk, over),
        "document": lambda: document_details.open_details(desk, over, first(hands, Document)),
        "worklist": lambda: worklist.open_worklist(desk, over),
        "snippets": lambda: snippets.open_snippets(desk, over),
        "client": lambda: client.open_client(desk, over, maya),
        "goal": lambda: goal.open_goal(desk, over, maya),
        "stay": lambda: episode.open_episode(desk, over, maya),
        "turn": lambda: care_event.open_care_event(desk, over, maya),
        "appeal": lambda: appeal.open_appeal(desk, over, given),
        "review": lambda: review_call.open_review(desk, over, given),
        "medicine": lambda: medicine.open_medicine(desk, over, maya),
        "merge": lambda: merge.open_merge_clients(desk, over, maya),
    }
    for name, open_one in each.items():
        type_into(hands, open_one(), name)
    find_anything(hands)
    minors(hands)
    become_one(hands)


def _writing(dialog: plans.SafetyPlanDialog) -> Dialog:
    if not dialog.writing:
        dialog.begin()
    return dialog


def _nothing(_day: date) -> None:
    pass


def first(hands: Hands, kind: type[Document | Task]) -> int:
    return hands.desk.ask(lambda session: session.scalars(select(func.min(kind.id))).one())


def type_into(hands: Hands, dialog: Dialog, name: str) -> None:
    """Type a word of its own into each editor of a dialog, the first few; then close it."""
    assert dialog.isVisible(), name
    QTest.qWait(BRIEF)
    for number, edit in enumerate(editors(dialog)[:MOST]):
        hands.write(edit, f"dialog.{name}.{number}")
    hands.close(dialog)


def editors(where: QWidget) -> list[QWidget]:
    """Give what can be typed into, words before days."""
    found = where.findChildren(QWidget)
    written = [each for each in found if isinstance(each, QLineEdit | TextEdit)]
    shown = [each for each in written if each.isVisible() and not each.isReadOnly()]
    return sorted(shown, key=lambda each: isinstance(each, DateField))


def find_anything(hands: Hands) -> None:
    hands.command("search")
    palette = hands.shown(Palette)
    hands.write(palette.line, "dialog.palette")
    hands.wait(lambda: palette.answered == palette.line.text(), "an answer")
    palette.line.setText("Diane")
    hands.wait(lambda: palette.answered == "Diane", "an answer")
    hands.close(palette)


def minors(hands: Hands) -> None:
    """Fill a row of the state table and keep it."""
    hands.go("settings", tab="practice")
    rules = hands.shown(StateRules)
    for care, source in rules.sources.items():
        hands.write(source, f"dialog.minors.{care}")
        rules.ages[care].setText("16")
        rules.checked[care].set_day(hands.desk.today())
    rules.save_button.click()
    hands.settle(BRIEF)


def throw_forms_away(session: Session) -> None:
    for kept in drafts.all_of(session, "person:"):
        drafts.discard(session, kept.key)


def become_one(hands: Hands) -> None:
    """Merge two people who were told apart, and take it back."""
    gone, kept = hands.number(Person, "p-david"), hands.number(Person, "p-diane")
    hands.desk.do(hands.desk, "Throw forms away", throw_forms_away)  # they would hold it up
    dialog = merge.open_merge_people(hands.desk, hands.window, gone, kept)
    hands.settle(BRIEF)
    dialog.sure.click()
    dialog.run()
    hands.gone(merge.MergeDialog)
    hands.wait(lambda: (hands.desk.undo_label or "").startswith("Merge with"), "the merge")
    hands.command("undo")
    assert QApplication.activeModalWidget() is None
