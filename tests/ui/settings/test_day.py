"""Settings, Today: which calendar is shown, and after how long a silence is brought up."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.casework import calendar, rhythm
from cmdesk.store.store import Store
from cmdesk.ui.settings import day
from cmdesk.ui.settings.day import DaySection
from tests.ui.conftest import Said
from tests.ui.settings.conftest import Open

pytestmark = pytest.mark.usefixtures("no_keychain")


def test_the_silence_and_the_calendar_are_set(
    opened: Open,
    store: Store,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    (shown,) = opened("today").findChildren(DaySection)
    assert shown.silence.value == 14
    shown.silence.choose(21)
    shown.silence.chosen.emit(21)
    qtbot.waitUntil(lambda: store.ask(rhythm.silence_days) == 21)
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert said.toasts[-1][0] == "Told after 21 days"
    assert shown.standstill.value == 30
    shown.standstill.choose(60)
    shown.standstill.chosen.emit(60)
    qtbot.waitUntil(lambda: store.ask(rhythm.standstill_days) == 60)
    assert store.ask(rhythm.silence_days) == 21
    store.undo()
    qtbot.waitUntil(lambda: shown.standstill.value == 30)
    assert "None." in shown.calendar.effect

    def choose(*_asked: object) -> Path:
        return tmp_path / "mine.ics"

    monkeypatch.setattr(day, "choose_open", choose)
    shown.file.click()
    qtbot.waitUntil(lambda: "mine.ics" in shown.calendar.effect)
    shown.none.click()
    qtbot.waitUntil(lambda: not store.ask(calendar.source).path)
