"""They left: what becomes of the stay is said before, and an empty day takes it back."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import episodes, transition_begin, transition_edit, transition_plan
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.transition_day import LeftDialog, open_day
from cmdesk.ui.parts.transition_wish import Wants, Wish
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said, bring_up

SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)


def planned(store: Store, client: int) -> int:
    form = store.ask(transition_begin.proposed, client)
    return store.do("Begin", transition_begin.begin, client, replace(form, to_words="Home"))


def opened(desk: Desk, client: int, move: int, qtbot: QtBot) -> tuple[QMainWindow, LeftDialog]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    bring_up(qtbot, window)
    made = open_day(desk, window, Wish(Wants.LEFT, client, move))
    assert isinstance(made, LeftDialog)
    return window, made


def told(dialog: LeftDialog) -> str:
    return " ".join(each.text() for each in dialog._shown if isinstance(each, Label))


def test_what_becomes_of_the_stay_is_said_with_the_day(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    _window, dialog = opened(desk, maya, move, qtbot)
    assert dialog.draft.day == MONDAY
    assert told(dialog) == (
        "Stillwater Ridge The stay ends on this day, and so does every consent until discharge."
    )
    dialog.load(replace(dialog.draft, day=date(2026, 3, 10)))
    assert told(dialog) == ""  # still to come
    dialog.load(replace(dialog.draft, day=SUNDAY))
    dialog.save()
    plan = store.ask(transition_plan.whole, move)
    assert plan.left_on == SUNDAY
    assert plan.form.from_episode_id is not None
    assert store.ask(episodes.read, plan.form.from_episode_id).discharged == SUNDAY


def test_an_empty_day_takes_it_back_and_the_stay_goes_on(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    store.do("Left", transition_edit.leave, move, SUNDAY)
    _window, dialog = opened(desk, maya, move, qtbot)
    assert dialog.draft.day == SUNDAY
    assert told(dialog) == ""  # the stay has this day already
    dialog.load(replace(dialog.draft, day=None))
    assert "goes on again" in told(dialog)
    dialog.save()
    assert store.ask(transition_plan.whole, move).left_on is None
    assert store.undo_label == "Take back that they left"


def test_a_day_the_stay_has_of_its_own_is_offered_and_kept(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    stay = store.ask(transition_plan.whole, move).form.from_episode_id
    assert stay is not None
    typed = replace(store.ask(episodes.read, stay), discharged=SUNDAY)
    store.do("Stay", episodes.save, maya, typed, stay)
    _window, dialog = opened(desk, maya, move, qtbot)
    assert dialog.draft.day == SUNDAY
    dialog.load(replace(dialog.draft, day=MONDAY))
    assert "keeps its own last day, Mar 8" in told(dialog)
