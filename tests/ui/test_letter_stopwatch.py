"""A week's letter by stopwatch: from the sample's chart to the sealed PDF, with the keys alone."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import correspondence, parties, promises
from cmdesk.exchange import practice_import, sample
from cmdesk.models import complete
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.ui import handing, theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.house import furnish
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.verdict_card import VerdictCard
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.ui.window import Window
from cmdesk.words import Words
from tests.ui.conftest import Inline, bring_up

MONDAY: Final = datetime(2026, 3, 9, 13, 41, tzinfo=UTC)
PACE: Final = 0.12  # seconds a key takes a person who types some 50 words a minute
GLANCE: Final = 2.0  # seconds to read what is there before going on
MOST_SECONDS: Final = 120.0
HEADLINE: Final = "A steady week, and a date to come home"
GLANCES: Final = (
    "Mostly good. Two hard nights midweek.",
    "She leaves on Friday, March 20.",
    "Talk with Maya about the ride, then call me by Thursday.",
)
CLOSE: Final = "She laughed on the phone on Friday."
CTRL: Final = Qt.KeyboardModifier.ControlModifier


@dataclass
class Hands:
    """Presses keys where the keyboard is, and keeps count: each key of a chord is one."""

    qtbot: QtBot
    keys: int = 0
    glances: int = 0
    log: list[str] = field(default_factory=list[str])

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.keys += 2 if held else 1
        self.log.append(key.name)
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, key, held)
        QApplication.processEvents()

    def write(self, words: str) -> None:
        self.keys += len(words)
        self.log.append(words)
        now = QApplication.focusWidget()
        assert isinstance(now, TextEdit | QLineEdit), now
        QTest.keyClicks(now, words)

    def glance(self) -> None:
        self.glances += 1

    def go_on_to(self, place: str) -> None:
        """Press Tab until the keyboard is in this field."""
        for _ in range(80):
            now = QApplication.focusWidget()
            if now is not None and now.accessibleName() == place:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"not reached: {place}")

    @property
    def seconds(self) -> float:
        return self.keys * PACE + self.glances * GLANCE


def bring_in(session: Session) -> None:
    practice_import.bring_in(session, practice_import.read(sample.practice(MONDAY.date())))


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Generator[Window]:
    """Open the sample at Maya's chart."""
    dress = theme.apply(qapp, "light")
    settings, words, say = SettingsFile(tmp_path / "settings.toml"), Words(), Say()
    made = vault.create(
        tmp_path / "S.cmdesk", "lantern river", complete(), lambda: MONDAY, kdf=FLOOR
    )
    store = made[0]
    store.do("Sample", bring_in)
    window = Window(qapp, dress, settings, words, say)
    desk = Desk(
        store,
        Tasks(Inline(), say.failure),
        Tasks(Inline(), say.failure),
        today=MONDAY.date,
        words=words,
        say=say,
        privacy=Privacy(),
        settings=settings,
    )
    window.resize(1440, 900)
    furnish(window, desk)
    desk.go(Route("chart", desk.ask(parties.client_by_name, "c-maya")))
    yield window
    window.close_desk()
    window.close()
    desk.close()
    store.close()


def composer(window: Window) -> ComposerPage:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, ComposerPage)
    return page


def test_a_weeks_letter_is_written_and_sealed_within_two_minutes_of_keys(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    target = tmp_path / "Update 2026-03-09.pdf"

    def choose(*_about: object) -> Path:
        return target

    monkeypatch.setattr(handing, "choose_save", choose)
    bring_up(qtbot, window)
    hands = Hands(qtbot)
    hands.press(Qt.Key.Key_U, CTRL)
    page = composer(window)
    qtbot.waitUntil(lambda: page.letter.watching.ready)
    letter = page.letter
    assert letter.place is not None
    assert letter.place.party.called == "Diane"
    hands.glance()  # at what the week brought
    qtbot.waitUntil(letter.editor.headline.hasFocus)
    hands.press(Qt.Key.Key_A, CTRL)
    hands.write(HEADLINE)
    for label, words in zip(("How it went", "The news", "What I need"), GLANCES, strict=True):
        hands.go_on_to(label)
        hands.write(words)
    hands.press(Qt.Key.Key_Return, CTRL)
    promised = len(letter.waiting())
    assert promised >= 1  # the sample's last letter said what would come next
    for left in range(promised, 0, -1):
        hands.glance()
        hands.press(Qt.Key.Key_D)
        qtbot.waitUntil(lambda left=left: len(letter.waiting()) == left - 1)
    hands.go_on_to("A kind close")
    hands.write(CLOSE)
    hands.glance()  # at the page
    hands.press(Qt.Key.Key_Return, CTRL)
    assert letter.finishing.asking, letter.why_not()
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)  # choose first
    assert isinstance(QApplication.focusWidget(), VerdictCard)
    hands.glance()
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)  # the short version will do
    hands.press(Qt.Key.Key_Return, CTRL)
    if letter.finishing.asking:
        hands.glance()
        hands.press(Qt.Key.Key_Return, CTRL)  # the other one stays out
    hands.keys += 1  # Enter in the system's file dialog, which keeps the name
    qtbot.waitUntil(lambda: letter.finishing.done is not None)
    who = letter.place.party
    password = page.desk.ask(correspondence.password, who)
    assert password
    with pikepdf.open(target, password=password) as sealed:
        assert sealed.is_encrypted
        assert len(sealed.pages) <= 2
    client = page.desk.ask(parties.client_by_name, "c-maya")
    left = page.desk.ask(promises.open_of, client, who)
    assert [each.told_on for each in left] == [MONDAY.date()] * len(left)  # the new ones alone
    assert hands.seconds <= MOST_SECONDS, hands.log
