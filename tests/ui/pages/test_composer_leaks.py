"""What the leak check finds as one writes: marked, told, taken out, or said to be another thing."""

from collections.abc import Callable, Generator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import letter_templates
from cmdesk.rules.letter import PartKind
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.not_about_that import NotAboutThat
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.leak_marks import Underline
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.text_edit import TextEdit
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.test_composer import narrow

REASON = "Names David: not in Diane's consent"
CURLED = "Names David: not in Diane’s consent"
FIX_FIRST = "Remove what can’t be sent first"
Open = Callable[[], ComposerPage]


@pytest.fixture
def opened(desk: Desk, store: Store, maya: int, qtbot: QtBot) -> Generator[Open]:
    """Return a function that shows the letter to Diane with an empty paragraph at its end."""
    narrow(store, "Diane", "family")
    pages: list[ComposerPage] = []

    def show() -> ComposerPage:
        page = ComposerPage(desk)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1440, 900)
        page.visit(Route("composer", maya, ""))
        page.show()
        bring_up(qtbot, page)
        qtbot.waitUntil(lambda: page.letter.watching.ready)
        page.letter.editor.add_paragraph()
        return page

    yield show
    for page in pages:
        shiboken6.delete(page)


def last(page: ComposerPage) -> TextEdit:
    return page.letter.editor.passages[-1].editor


def why(page: ComposerPage) -> list[str]:
    return [note.why for note in page.letter.marks.notes]


def underlined(editor: TextEdit) -> list[str]:
    """Give what is drawn over, paragraph by paragraph."""
    block, found = editor.document().begin(), list[str]()
    while block.isValid():
        units = block.text().encode("utf-16-le")  # as Qt counts
        for drawn in block.layout().formats():
            if drawn.format.underlineStyle():  # pyright: ignore[reportAttributeAccessIssue] - the stub knows no fields
                start, count = drawn.start, drawn.length  # pyright: ignore[reportAttributeAccessIssue] - as above
                found.append(units[2 * start : 2 * (start + count)].decode("utf-16-le"))
        block = block.next()
    return found


def test_a_name_that_is_kept_back_stops_the_letter(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    assert (why(page), page.head.finish.isEnabled()) == ([], True)
    kept: list[None] = []
    QTest.keyClicks(last(page), "All is well. David")
    assert why(page) == [REASON]
    assert underlined(last(page)) == ["David"]
    page.letter.edited.connect(lambda: kept.append(None))
    QTest.keyClicks(last(page), " came.")
    assert len(kept) == len(" came.")  # drawing the line is nobody's typing
    assert underlined(last(page)) == ["David came."]
    assert last(page).accessibleDescription() == f"{REASON}."
    assert (page.head.finish.isEnabled(), page.head.finish.toolTip()) == (False, FIX_FIRST)
    assert page.head.to_fix.accessibleName() == "1 to fix"
    shown = page.letter.preview
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: shown.pages is not None)
    words = "".join(shown.pages.text(n) for n in range(shown.pages.count))  # type: ignore[union-attr]  # waited for
    assert "All is well" in words
    assert "David" not in words


def test_the_sentence_is_taken_out_and_comes_back(opened: Open) -> None:
    page = opened()
    editor = last(page)
    QTest.keyClicks(editor, "All is well. David came. She slept.")
    (note,) = page.letter.marks.notes
    note.remove.click()
    assert editor.text() == "All is well. She slept."
    assert (why(page), underlined(editor), editor.hasFocus()) == ([], [], True)
    assert page.head.finish.isEnabled()
    assert editor.accessibleDescription() == ""
    editor.undo()
    assert editor.text() == "All is well. David came. She slept."
    assert why(page) == [REASON]


def test_a_medicine_outside_the_consent_may_be_asked_for(
    opened: Open, said: Said, qtbot: QtBot
) -> None:
    page = opened()
    marks = page.letter.marks
    QTest.keyClicks(last(page), "Her sertraline")
    outside = "Diane’s consent leaves out medication, so it can’t be sent."
    assert marks.newest == f"This sentence names a medicine. {outside}"
    QTest.keyClicks(last(page), " was raised. David")
    assert marks.newest == f"This sentence can’t be sent. {CURLED}."  # not the first again
    medicine, name = marks.notes
    assert name.ask is None
    assert medicine.ask is not None
    assert medicine.ask.text() == "Ask Maya"
    medicine.ask.click()
    qtbot.waitUntil(lambda: said.toasts != [])
    assert said.toasts[-1][0] == "Added to Today"


def test_the_lines_take_the_colours_of_the_theme(opened: Open, dress: Theme) -> None:
    page = opened()
    QTest.keyClicks(last(page), "David came.")

    def colour() -> str:
        (drawn,) = last(page).document().begin().layout().formats()
        return drawn.format.underlineColor().name()  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue] - the stub knows no fields

    before = colour()
    dress.choose("dark")
    assert colour() != before


def test_a_paragraph_that_says_nothing_else_goes_with_it(opened: Open) -> None:
    page = opened()
    count = len(page.letter.editor.passages)
    QTest.keyClicks(last(page), "David came.")
    page.letter.marks.notes[0].remove.click()
    assert len(page.letter.editor.passages) == count - 1
    assert page.head.finish.isEnabled()


def test_every_part_is_watched(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    editor = page.letter.editor
    editor.add_step()
    places: list[TextEdit | QLineEdit] = [
        editor.headline,
        editor.glances[-1].editor,
        editor.steps[-1].who,
        editor.steps[-1].what,
        editor.texts["help"],
        editor.close_words,
    ]
    for place in places:
        place.setFocus()
        place.clear()
        QTest.keyClicks(place, "Call David")
        assert why(page) == [REASON], place.accessibleName()
        page.letter.marks.notes[0].remove.click()
        assert (place.text(), why(page)) == ("", [])
    editor.texts["help"].set_text("\U0001f642 So. David and Dave. Owen.")
    editor.edited.emit()
    assert underlined(editor.texts["help"]) == ["David and Dave."]
    page.finish()
    assert editor.texts["help"].hasFocus()


def test_not_about_that_asks_why_and_can_be_undone(
    opened: Open, store: Store, said: Said, qtbot: QtBot
) -> None:
    page = opened()
    QTest.keyClicks(last(page), "We read David Copperfield.")
    page.letter.marks.notes[0].excuse.click()
    dialog = page.window().findChild(NotAboutThat)
    assert dialog is not None
    dialog.save()
    assert dialog.field("reason").fault == "Say it in a few words"
    editor = dialog.field("reason").editor
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "A book")
    dialog.save()
    qtbot.waitUntil(lambda: why(page) == [])
    assert underlined(last(page)) == []
    assert page.head.finish.isEnabled()
    assert last(page).text() == "We read David Copperfield."
    told, undo = said.toasts[-1]
    assert (told, undo is not None) == ("Marked, with your reason", True)
    marked = page.letter.marks.marked
    assert (marked.isVisible(), marked.title.text()) == (True, "Marked not about that: 1")
    (back,) = marked.buttons.values()
    assert back.accessibleDescription() == "“David”. A book"
    back.click()
    qtbot.waitUntil(lambda: why(page) == [REASON])
    assert not marked.isVisible()
    told, undo = said.toasts[-1]
    assert told == "Taken back"
    undo()  # type: ignore[misc]  # there is one
    qtbot.waitUntil(lambda: why(page) == [])


def test_a_word_that_goes_on_is_another(opened: Open) -> None:
    page = opened()
    QTest.keyClicks(last(page), "David")
    assert why(page) == [REASON]
    QTest.keyClicks(last(page), "son is a town.")
    assert (why(page), underlined(last(page))) == ([], [])
    assert page.letter.editor.headline.document().findChild(Underline) is None


def test_a_heading_that_names_somebody_is_told_at_the_head(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    def reword(session: Session) -> None:
        kind = letter_templates.of(session, "weekly")
        parts = tuple(
            replace(part, title="What David did") if part.kind is PartKind.LINES else part
            for part in kind.parts
        )
        letter_templates.save(session, replace(kind, parts=parts))

    store.do("Reword", reword)
    page = opened()
    headings = page.letter.marks.headings
    lead = "The heading “What David did” can’t be sent. "
    assert [button.accessibleDescription() for button in headings.buttons] == [
        f"{lead}{REASON}. Change it in Settings, Letters."
    ]
    assert (page.head.finish.isEnabled(), page.letter.to_fix) == (False, 1)
    QTest.keyClicks(last(page), "All is well.")
    page.letter.go_to_first()
    qtbot.waitUntil(headings.buttons[0].hasFocus)
    store.do("Reset", letter_templates.reset, "weekly")
    again = opened()  # what was begun has the headings of its kind as it is worded now
    assert (again.letter.marks.headings.count, again.letter.to_fix) == (0, 0)
    assert again.letter.marks.headings.isHidden()
