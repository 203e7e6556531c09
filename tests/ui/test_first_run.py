import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.errors import Problem
from cmdesk.store import passphrases
from cmdesk.ui.first_run import FirstRun, Making
from cmdesk.ui.new_passphrase import NewPassphrase
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme
from cmdesk.words import Words
from tests.ui.conftest import bring_up

GOOD = "lantern river oatmeal crooked"
CODE = "7K2QM-4XW9R-00001-ABCDE-FGHJK-MNPQR-ZYXWV"


@dataclass
class Edges:
    """The outside of the first run: what it asks for, and what it is answered."""

    folder: Path
    made: list[tuple[Path, str]] = field(default_factory=list[tuple[Path, str]])
    confirmed: int = 0
    printed: list[bytes] = field(default_factory=list[bytes])
    refuse: str = ""

    def create(self, place: Path, passphrase: str) -> str:
        if self.refuse:
            raise Problem(self.refuse)
        self.made.append((place, passphrase))
        return CODE

    def confirm(self) -> None:
        self.confirmed += 1

    def print_pdf(self, sheet: bytes) -> bool:
        self.printed.append(sheet)
        return True

    def making(self) -> Making:
        def pick(places: Sequence[int], count: int) -> list[int]:
            return [6, 0, 2][:count]

        return Making(
            create=self.create,
            make_sheet=lambda code: f"%PDF {code}".encode(),
            confirm=self.confirm,
            choose_folder=lambda _title: self.folder,
            choose_save=lambda name: self.folder / name,
            print_pdf=self.print_pdf,
            judge_place=lambda place: "This place is synced." if "Dropbox" in str(place) else "",
            pick=pick,
        )


@pytest.fixture
def edges(tmp_path: Path) -> Edges:
    return Edges(tmp_path)


@pytest.fixture
def run(edges: Edges, tasks: Tasks, words: Words, qtbot: QtBot, dress: Theme) -> FirstRun:
    made = FirstRun(edges.folder / "Practice.cmdesk", edges.making(), tasks, words)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    bring_up(qtbot, made)
    return made


def fill_passphrase(run: FirstRun, qtbot: QtBot) -> None:
    run.place.go.click()
    QTest.keyClicks(run.passphrase.new.first, GOOD)
    assert not run.passphrase.go.isEnabled()
    QTest.keyClicks(run.passphrase.new.second, GOOD)
    run.passphrase.go.click()
    qtbot.waitUntil(lambda: run.step == 2)


def test_four_steps_make_a_vault(run: FirstRun, edges: Edges, qtbot: QtBot) -> None:
    fill_passphrase(run, qtbot)
    assert edges.made == [(edges.folder / "Practice.cmdesk", GOOD)]
    assert run.passphrase.new.text == ""
    assert not run.sheet.go.isEnabled()
    assert not run.sheet.back_part.isVisible()
    run.sheet.print_button.click()
    qtbot.waitUntil(run.sheet.back_part.isVisible)
    assert edges.printed == [f"%PDF {CODE}".encode()]
    for (_, edit), typed in zip(run.sheet._asked, ("7k2qm", "ooool", "zyxwv"), strict=True):
        assert not run.sheet.go.isEnabled()
        QTest.keyClicks(edit, typed)
    assert run.sheet.go.isEnabled()
    run.sheet.go.click()
    qtbot.waitUntil(lambda: run.step == 3)
    assert edges.confirmed == 1
    assert run.sheet._code == ""
    done: list[object] = []

    def hear(place: Path, backup: Path | None) -> None:
        done.extend([place, backup])

    run.done.connect(hear)
    run.backup.go.click()
    assert done == [edges.folder / "Practice.cmdesk", None]


def test_a_backup_drive_is_taken_along(run: FirstRun, edges: Edges, qtbot: QtBot) -> None:
    run.backup._on_pick()
    run._show(3)
    done: list[object] = []

    def hear(place: Path, backup: Path | None) -> None:
        done.extend([place, backup])

    run.done.connect(hear)
    run.backup.go.click()
    assert done == [edges.folder / "Practice.cmdesk", edges.folder]


def test_a_synced_place_is_refused(run: FirstRun, edges: Edges) -> None:
    edges.folder = Path("/home/nora/Dropbox")
    run.place._on_other()
    assert run.place.field.fault == "This place is synced."
    assert not run.place.go.isEnabled()


def test_what_fails_is_said_and_can_be_tried_again(
    run: FirstRun, edges: Edges, qtbot: QtBot
) -> None:
    edges.refuse = "The disk is full."
    run.place.go.click()
    run.passphrase.new.first.setText(GOOD)
    run.passphrase.new.second.setText(GOOD)
    run.passphrase.go.click()
    qtbot.waitUntil(run.passphrase._trouble.isVisible)
    assert run.step == 1
    assert run.passphrase.go.isEnabled()


def test_the_saved_sheet_is_for_its_owner_alone(run: FirstRun, edges: Edges, qtbot: QtBot) -> None:
    fill_passphrase(run, qtbot)
    run.sheet.save_button.click()
    qtbot.waitUntil(run.sheet.back_part.isVisible)
    saved = edges.folder / "Recovery sheet.pdf"
    assert saved.read_bytes() == f"%PDF {CODE}".encode()
    if sys.platform != "win32":
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_good_place_takes_back_what_was_said_of_a_bad_one(
    run: FirstRun, edges: Edges, qtbot: QtBot
) -> None:
    fill_passphrase(run, qtbot)
    good, edges.folder = edges.folder, edges.folder / "nowhere"
    run.sheet.save_button.click()
    qtbot.waitUntil(run.sheet._trouble.isVisible)
    edges.folder = good
    run.sheet.save_button.click()
    qtbot.waitUntil(run.sheet.saved.isVisible)
    assert not run.sheet._trouble.isVisible()


@pytest.fixture
def new(qtbot: QtBot, words: Words, dress: Theme) -> NewPassphrase:
    made = NewPassphrase(words)
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    return made


Fault = Callable[[], str]


def test_a_mismatch_waits_until_the_field_is_left_or_is_longer(new: NewPassphrase) -> None:
    QTest.keyClicks(new.first, GOOD)
    new.second.setFocus()
    QTest.keyClicks(new.second, "lantern riven")
    assert new._second_field.fault == ""
    new.first.setFocus()
    said = new._second_field.fault
    assert said.endswith("match yet. The second one is shorter.")
    new.second.setText(GOOD)
    assert new._second_field.fault == ""
    assert new.ready
    QTest.keyClicks(new.second, "x")
    assert new._second_field.fault.endswith("The second one is longer.")
    assert not new.ready


def test_a_short_one_is_refused_with_the_reason(new: NewPassphrase) -> None:
    new.first.setFocus()
    QTest.keyClicks(new.first, "short")
    assert new._first_field.fault == ""
    new.second.setFocus()
    assert "15" in new._first_field.fault
    new.second.setText("short")
    assert not new.ready


def test_six_words_are_one_click_away(new: NewPassphrase) -> None:
    new._on_suggest()
    assert len(new.text.split()) == 6
    assert passphrases.faults(new.text) is None
    assert new.first.displayText() == new.text
    new.second.setText(new.text)
    assert new.ready
