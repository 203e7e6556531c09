"""Better words while one writes: drawn, chosen by key or menu, taken back, and kept apart."""

from collections.abc import Mapping
from importlib.util import find_spec

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import spelling
from cmdesk.casework.word_lists import plainer
from cmdesk.rules.plain_words import Kind, advise
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.leak_marks import Underline
from cmdesk.ui.parts.text_words import TextWords
from cmdesk.ui.parts.word_marks import WordMarks
from cmdesk.ui.widgets.text_edit import TextEdit
from tests.ui.conftest import Said, bring_up

pytestmark = pytest.mark.skipif(find_spec("hunspell") is None, reason="no library here")

# Said by the offscreen plugin of every menu.
POPS_UP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NEWS = "Utilization review is why 😀. She recieved a PHP place."
ASK = "Please call Maya."


class Sheet(QScrollArea):
    """Three editors of a letter, and a line that is none."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        whole = QVBoxLayout(inside)
        self.news, self.ask, self.closing = TextEdit("News"), TextEdit("Ask"), TextEdit("Close")
        self.heading = TextEdit("Headline")
        self.when = QLineEdit()
        for each in (self.news, self.ask, self.closing, self.heading, self.when):
            whole.addWidget(each)
        self.setWidget(inside)
        self.setWidgetResizable(True)

    def editors(self) -> Mapping[str, TextEdit | QLineEdit]:
        return {
            "passage 0": self.news, "text help": self.ask,
            "close": self.closing, "headline": self.heading, "step 0": self.when,
        }  # fmt: skip


@pytest.fixture
def sheet(desk: Desk, maya: int, qtbot: QtBot) -> Sheet:
    made = Sheet()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.news.set_text(NEWS)
    made.ask.set_text(ASK)
    made.closing.set_text("It was good to see her laugh.")
    bring_up(qtbot, made)
    return made


@pytest.fixture
def marks(desk: Desk, sheet: Sheet, maya: int, qtbot: QtBot) -> WordMarks:
    made = WordMarks(desk, sheet)
    made.begin(maya, "en-US")
    qtbot.waitUntil(lambda: "recieved" in underlined(sheet.news), timeout=5000)
    return made


def underlined(editor: TextEdit) -> list[str]:
    return [each.cursor.selectedText() for each in editor.extraSelections()]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


def menu_at(editor: TextEdit, word: str) -> QMenu:
    text = editor.text()
    before = text[: text.index(word)]
    words = editor.findChild(TextWords)
    assert words is not None
    return words.menu_at(len(before.encode("utf-16-le")) // 2 + 1)


def named(menu: QMenu, words: str) -> QAction:
    return next(each for each in menu.actions() if each.text() == words)


def texts(menu: QMenu) -> list[str]:
    return [each.text() for each in menu.actions() if not each.isSeparator()]


def test_what_could_be_plainer_is_drawn_and_counted(marks: WordMarks, sheet: Sheet) -> None:
    assert underlined(sheet.news) == ["Utilization review", "recieved", "PHP"]
    assert underlined(sheet.ask) == [ASK]  # no day is named
    assert underlined(sheet.closing) == []
    assert marks.plainer == 2
    assert marks.grade == 0  # too short to say
    sheet.heading.set_text("Responsibility necessitates documentation. " * 9)
    marks.read()
    assert marks.grade == 0  # a headline is no prose
    sheet.closing.set_text("It was good to see her laugh. " * 3)
    marks.read()
    assert 1 <= marks.grade <= 6


def test_a_better_word_is_put_in_its_place_and_taken_back(
    marks: WordMarks, sheet: Sheet, qtbot: QtBot
) -> None:
    menu = menu_at(sheet.news, "Utilization")
    assert texts(menu)[:2] == ["Say it in plainer words", "Insurance review"]
    counts: list[tuple[int, int]] = []

    def count(grade: int, words: int) -> None:
        counts.append((grade, words))

    marks.counted.connect(count)
    named(menu, "Insurance review").trigger()
    assert sheet.news.text() == NEWS.replace("Utilization review", "Insurance review")
    marks.read()
    assert counts[-1][1] == 1
    named(menu_at(sheet.news, "recieved"), "received").trigger()
    marks.read()
    named(menu_at(sheet.news, "PHP"), "day program").trigger()
    assert sheet.news.text().endswith("She received a day program place.")
    for _ in range(3):
        QTest.keyClick(sheet.news, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sheet.news.text() == NEWS


def test_typing_is_read_after_a_pause_and_stale_offers_are_not_taken(
    marks: WordMarks, sheet: Sheet, qtbot: QtBot
) -> None:
    menu = menu_at(sheet.news, "PHP")
    QTest.keyClicks(sheet.news, "So. ")
    marks.show()
    assert underlined(sheet.news) == ["Utilization review", "recieved", "PHP"]  # moved along
    named(menu, "day program").trigger()
    assert sheet.news.text() == f"So. {NEWS}"
    assert menu_at(sheet.news, "PHP").actions()[0].text() != "Write it out"
    with qtbot.waitSignal(marks.counted):
        pass
    assert "Say it in plainer words" in texts(menu_at(sheet.news, "PHP"))


@POPS_UP
def test_keys_lead_from_one_to_the_next_and_open_the_menu(
    marks: WordMarks, sheet: Sheet, qtbot: QtBot, said: Said
) -> None:
    sheet.news.setFocus()
    sheet.news.moveCursor(QTextCursor.MoveOperation.Start)
    chosen: list[str] = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_F7)
        focused = QApplication.focusWidget()
        assert isinstance(focused, TextEdit)
        chosen.append(focused.textCursor().selectedText())
    assert chosen == ["Utilization review", "recieved", "PHP", ASK, "Utilization review"]
    QTest.keyClick(sheet.news, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    words = sheet.news.findChild(TextWords)
    assert words is not None
    assert words.menu is not None
    assert words.menu.activeAction().text() == "Insurance review"
    QTest.keyClick(words.menu, Qt.Key.Key_Return)
    assert sheet.news.text().startswith("Insurance review")


def test_a_click_elsewhere_does_not_begin_anew(marks: WordMarks, sheet: Sheet) -> None:
    sheet.when.setFocus()
    chosen: list[str] = []
    for _ in range(3):
        marks.next_advice()
        chosen.append(sheet.news.textCursor().selectedText())
        sheet.when.setFocus()
    assert chosen == ["Utilization review", "recieved", "PHP"]


def test_nothing_to_better_is_said(marks: WordMarks, sheet: Sheet) -> None:
    for each in (sheet.news, sheet.ask):
        each.set_text("Good.")
    assert not marks.next_advice()
    assert marks.plainer == 0


@POPS_UP
def test_the_mouse_opens_the_same_menu(marks: WordMarks, sheet: Sheet) -> None:
    at = sheet.news.cursorRect(sheet.news.textCursor()).center() + QPoint(4, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, sheet.news.mapToGlobal(at))
    QApplication.sendEvent(sheet.news.viewport(), event)
    words = sheet.news.findChild(TextWords)
    assert words is not None
    assert words.menu is not None
    assert "Insurance review" in texts(words.menu)
    words.menu.close()


def test_a_word_is_kept_in_the_vault_and_taken_out_again(
    marks: WordMarks, sheet: Sheet, store: Store, said: Said, qtbot: QtBot
) -> None:
    named(menu_at(sheet.news, "recieved"), "Add to dictionary").trigger()
    qtbot.waitUntil(lambda: "recieved" not in underlined(sheet.news))
    assert store.ask(spelling.words_added) == ("recieved",)
    assert said.toasts[-1][0] == "In the dictionary now"
    named(menu_at(sheet.news, "recieved"), "Take out of the dictionary").trigger()
    qtbot.waitUntil(lambda: "recieved" in underlined(sheet.news))
    assert store.ask(spelling.words_added) == ()


def test_a_leak_and_a_better_word_are_drawn_side_by_side(marks: WordMarks, sheet: Sheet) -> None:
    line = Underline(sheet.news)
    line.show(((0, 11),))
    changed: list[bool] = []
    sheet.news.edited.connect(lambda: changed.append(True))
    sheet.news.set_text(NEWS)
    line.show(((0, 4),))
    marks.read()
    block = sheet.news.document().firstBlock()
    assert [(each.start, each.length) for each in block.layout().formats()] == [(0, 4)]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
    assert underlined(sheet.news)[0] == "Utilization review"
    assert changed == []


def test_locking_forgets_names_and_what_was_found(
    marks: WordMarks, sheet: Sheet, desk: Desk
) -> None:
    desk.closing.emit()
    words = sheet.news.findChild(TextWords)
    assert words is not None
    assert (words.findings.text, marks._own.known) == ("", frozenset())
    assert underlined(sheet.news) == []


def test_a_spanish_letter_is_read_in_spanish(
    marks: WordMarks, sheet: Sheet, maya: int, qtbot: QtBot
) -> None:
    sheet.news.set_text("La revisión de utilización termnó el miércoles.")
    marks.begin(maya, "es")
    qtbot.waitUntil(lambda: underlined(sheet.news) == ["revisión de utilización", "termnó"])
    english = "She recieved the plan and read it to her group."
    sheet.news.set_text(english)
    marks.read()
    assert underlined(sheet.news) == [english]
    words = sheet.news.findChild(TextWords)
    assert words is not None
    assert words.why(words.findings.advice[0]) == "This paragraph is in English"


def test_the_letter_in_the_composer_is_read(desk: Desk, maya: int, qtbot: QtBot) -> None:
    page = ComposerPage(desk)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.visit(Route("composer", maya, ""))
    bring_up(qtbot, page)
    qtbot.waitUntil(lambda: page.letter.watching.ready)
    letter = page.letter.editor
    letter.add_paragraph()
    paragraph = letter.passages[-1].editor
    made = WordMarks(desk, letter)
    made.begin(maya, "en")
    QTest.keyClicks(paragraph, "Maya left AMA on wendesday.")
    qtbot.waitUntil(lambda: underlined(paragraph) == ["left AMA", "wendesday"])
    qtbot.waitUntil(lambda: made.plainer >= 1)  # the composer’s own marks may be there first
    named(menu_at(paragraph, "wendesday"), "Wednesday").trigger()
    assert letter.letter().passages[-1].text == "Maya left AMA on Wednesday."


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("We wait for the utilization review.", ["insurance review"]),
        ("The utilization nurse called.", ["insurance reviewer"]),
        ("Her utilization of groups is good.", ["use of"]),
        ("Utilization said no.", ["Insurance review", "Use"]),
    ],
)
def test_utilization_is_the_insurer_s_before_it_is_use(typed: str, offers: list[str]) -> None:
    (found,) = (each for each in advise(typed, "en", plainer("en")) if each.kind is Kind.JARGON)
    assert list(found.offers) == offers


@POPS_UP
@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_the_menu_opens_at_the_caret_by_key(
    marks: WordMarks, sheet: Sheet, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    cursor = QTextCursor(sheet.news.document())
    cursor.setPosition(sheet.news.text().index("recieved") + 2)
    sheet.news.setTextCursor(cursor)
    QTest.keyClick(sheet.news, key, held)
    words = sheet.news.findChild(TextWords)
    assert words is not None
    assert words.menu is not None
    assert "received" in texts(words.menu)
    caret = sheet.news.viewport().mapToGlobal(sheet.news.cursorRect().bottomLeft())
    assert abs(words.menu.y() - caret.y()) < 4
    words.menu.close()
