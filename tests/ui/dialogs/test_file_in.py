"""Files dropped on a chart: asked about one by one, kept whole or not at all, looked at inside."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cmdesk.casework import activity, documents
from cmdesk.casework.activity import Filter
from cmdesk.rules.document_draft import described
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.document import DocumentDialog, open_document
from cmdesk.ui.dialogs.document_details import DocumentDetails
from cmdesk.ui.dialogs.file_in import FileIn, open_file_in
from cmdesk.ui.file_ways import FileWays
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.parts.drop_here import DropHere, local_paths
from cmdesk.ui.parts.files_card import FilesCard, size
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.parts.picture_view import PictureView
from cmdesk.ui.say import Say
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import press, type_
from tests.ui.dialogs.practice import TODAY, Case

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """Lay a PDF of two pages, a picture and a workbook in a folder."""
    paper, card, sheet = (
        tmp_path / name for name in ("release 2026-01-28.pdf", "insurance-card.png", "hours.pdf")
    )
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(paper)
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    picture.save(str(card))
    sheet.write_bytes(b"PK\x03\x04 a workbook by another name")
    return [paper, card, sheet]


@pytest.fixture
def heard(say: Say) -> Said:
    told = Said()
    say.attach(told)
    return told


def titles(desk: Desk, case: Case) -> set[str]:
    return {row.title for row in desk.ask(documents.rows, case.maya)}


def gone(dialog: QWidget) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def said_in(widget: QWidget) -> str:
    return " ".join(label.accessibleName() for label in widget.findChildren(Label))


def ready(dialog: FileIn) -> bool:
    return dialog.keep_button.isEnabled()


def test_files_are_asked_about_one_by_one(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, heard: Said, papers: list[Path]
) -> None:
    before = titles(desk, case)
    dialog = open_file_in(desk, window, case.maya, papers)
    assert dialog.place.text() == "File 1 of 3"
    qtbot.waitUntil(lambda: ready(dialog))
    assert dialog.about.text().startswith("PDF · 2 pages")
    assert (dialog.form.draft.title, dialog.form.draft.type) == ("Release", "release")
    title = dialog.form.field("title").editor
    assert isinstance(title, QLineEdit)
    title.clear()
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.form.field("title").fault
    type_("Release for Diane")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: dialog.place.text() == "File 2 of 3" and ready(dialog))
    assert titles(desk, case) - before == {"Release for Diane"}
    dialog.keep_button.click()
    # What is no paper is refused by its bytes, and nothing of it stays.
    qtbot.waitUntil(lambda: dialog.about.text() == "Not kept")
    assert "Only PDF and pictures" in said_in(dialog.trouble)
    assert not dialog.keep_button.isEnabled()
    dialog.skip.click()
    qtbot.waitUntil(lambda: gone(dialog))
    assert titles(desk, case) - before == {"Release for Diane", "Insurance card"}
    assert [words for words, _ in heard.toasts] == ["File kept in the chart"] * 2
    undone: list[object] = []
    desk.undo(desk).then(undone.append)
    qtbot.waitUntil(lambda: bool(undone))
    assert titles(desk, case) - before == {"Release for Diane"}


def test_what_is_skipped_or_closed_is_not_kept(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, papers: list[Path]
) -> None:
    before = titles(desk, case)
    dialog = open_file_in(desk, window, case.maya, papers[:1])
    assert open_file_in(desk, window, case.maya, papers[1:2]) is dialog  # it joins the others
    assert dialog.place.text() == "File 1 of 2"
    dialog.skip.click()  # while it is read
    qtbot.waitUntil(lambda: ready(dialog))
    assert dialog.name.text() == papers[1].name
    assert dialog.about.text().startswith("Picture")
    dialog.close_dialog()
    qtbot.waitUntil(lambda: gone(dialog))
    assert titles(desk, case) == before


@pytest.mark.parametrize("what", ["folder", "missing", "empty"])
def test_what_can_t_be_read_is_said(
    what: str, desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "empty":
        path.touch()
    dialog = open_file_in(desk, window, case.maya, [path])
    qtbot.waitUntil(lambda: dialog.about.text() == "Not kept")
    assert dialog.trouble.isVisible()
    assert dialog.skip.text() == "Close"


def held(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def enter(widget: QWidget, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, data: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event


@pytest.fixture
def chart(desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot) -> ChartPage:
    page = ChartPage(desk)
    window.setCentralWidget(page)
    page.visit(Route("chart", case.maya))
    page.show()
    return page


def test_a_file_is_dropped_on_the_chart(
    desk: Desk, case: Case, window: QMainWindow, chart: ChartPage, papers: list[Path], qtbot: QtBot
) -> None:
    target: DropHere = FileWays(window, desk, desk).attach(chart)
    files = held(*(QUrl.fromLocalFile(str(path)) for path in papers[:2]))
    assert enter(chart, files)
    assert target.frame.isVisible()
    assert target.frame.words == "Drop to keep in Maya’s chart"
    assert target.frame.geometry() == chart.rect()
    QApplication.sendEvent(chart, QDragLeaveEvent())  # as Qt has it: the frame lies over the page
    assert enter(target.frame, files)
    assert target.frame.isVisible()
    QApplication.sendEvent(target.frame, QDragLeaveEvent())
    assert not target.frame.isVisible()
    enter(chart, files)
    event = drop(target.frame, files)
    assert (event.isAccepted(), event.dropAction()) == (True, Qt.DropAction.CopyAction)
    assert not target.frame.isVisible()
    (dialog,) = window.findChildren(FileIn)
    assert dialog.place.text() == "File 1 of 2"


def test_nothing_else_is_taken(
    desk: Desk, window: QMainWindow, chart: ChartPage, papers: list[Path]
) -> None:
    target = FileWays(window, desk, desk).attach(chart)
    local, far = QUrl.fromLocalFile(str(papers[0])), QUrl("https://example.org/a.pdf")
    for data in (held(far), held(local, far), QMimeData()):
        assert local_paths(data) == []
        assert not enter(chart, data)
        assert not drop(chart, data).isAccepted()
    assert not target.frame.isVisible()
    assert window.findChildren(FileIn) == []


def test_files_are_chosen_with_the_button(
    desk: Desk, window: QMainWindow, chart: ChartPage, papers: list[Path]
) -> None:
    answers: list[list[Path]] = [[], papers[:1]]

    def choose(_parent: QWidget, _title: str, _kinds: str) -> list[Path]:
        return answers.pop(0)

    FileWays(window, desk, desk, choose).attach(chart)
    chart.consents.files.add.click()
    assert window.findChildren(FileIn) == []
    chart.consents.files.add.click()
    assert len(window.findChildren(FileIn)) == 1


def keep(desk: Desk, case: Case, qtbot: QtBot, paths: list[Path], **changes: Any) -> list[int]:
    """Keep these files; return their numbers, the one kept last first."""
    for path in paths:
        made: list[int] = []
        form = replace(described(path.name, TODAY), **changes)
        desk.do(
            desk, "Keep", documents.take_in, case.maya, path.read_bytes(), path.name, form
        ).then(made.append)
        qtbot.waitUntil(lambda made=made: bool(made))
    return [row.id for row in desk.ask(documents.rows, case.maya)][: len(paths)]


def test_a_pdf_and_a_picture_are_looked_at(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, papers: list[Path]
) -> None:
    card, paper = keep(desk, case, qtbot, papers[:2])
    dialog = open_document(desk, window, card)
    opened = Filter(activity.Group.VIEWED)
    qtbot.waitUntil(lambda: desk.ask(activity.count, opened) == 1)
    view = dialog.findChild(PictureView)
    assert view is not None
    middle = view.viewport().rect().center()
    assert view.viewport().grab().toImage().pixelColor(middle) == QColor("#123456")
    dialog.details.setFocus()
    press(Qt.Key.Key_Plus)
    assert view.zoom > 1
    press(Qt.Key.Key_Minus)
    assert view.zoom == 1
    assert dialog.place.text().startswith("File 1 of")
    press(Qt.Key.Key_PageDown, CONTROL)
    assert dialog.shown.id == paper
    preview = dialog.findChildren(LetterPreview)[-1]
    assert preview.place.text() == "Page 1 of 2"
    press(Qt.Key.Key_PageDown)
    assert preview.place.text() == "Page 2 of 2"
    assert not preview.long.isVisible()
    qtbot.waitUntil(lambda: desk.ask(activity.count, opened) == 2)


def test_a_copy_leaves_only_after_a_warning(
    desk: Desk,
    case: Case,
    window: QMainWindow,
    qtbot: QtBot,
    heard: Said,
    papers: list[Path],
    tmp_path: Path,
) -> None:
    (card,) = keep(desk, case, qtbot, papers[1:2])
    target = tmp_path / "out" / "copy.png"

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        assert name == "insurance-card.png"
        return target

    dialog = DocumentDialog(desk, card, choose)
    open_over(window, dialog)
    assert not dialog.warning.isVisible()
    dialog.take_out.click()
    assert dialog.warning.isVisible()
    dialog.export.click()  # the folder is not there
    assert dialog.warning.isVisible()
    target.parent.mkdir()
    dialog.export.click()
    assert target.read_bytes() == papers[1].read_bytes()
    told = desk.ask(activity.numbers, Filter())
    acts = [each.act for each in desk.ask(activity.acts, told)]
    assert f"Document {dialog.shown.ref} exported" in acts
    assert heard.toasts[-1][0] == "Saved as copy.png"


def test_details_are_changed_and_the_file_leaves_the_chart(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, heard: Said, papers: list[Path]
) -> None:
    (card,) = keep(desk, case, qtbot, papers[1:2])
    dialog = open_document(desk, window, card)
    dialog.details.click()
    (details,) = window.findChildren(DocumentDetails)
    ends = details.field("expires_on").editor
    assert isinstance(ends, DateField)
    ends.set_day(TODAY)
    press(Qt.Key.Key_End)
    type_(" front")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: gone(details))
    assert dialog.title.text() == "Insurance card front"
    assert desk.ask(documents.read, card).expires_on == TODAY
    dialog.details.click()
    details = next(each for each in window.findChildren(DocumentDetails) if each.isVisible())
    details.remove.click()
    qtbot.waitUntil(lambda: gone(dialog))
    assert card not in [row.id for row in desk.ask(documents.rows, case.maya)]
    assert heard.toasts[-1][0] == "File removed from the chart"


def test_what_a_consent_stands_on_stays_in_the_chart(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot
) -> None:
    form = desk.ask(documents.rows, case.maya)[0].id
    dialog = open_document(desk, window, form)
    dialog.details.click()
    (details,) = window.findChildren(DocumentDetails)
    details.remove.click()
    qtbot.waitUntil(details.trouble.isVisible)
    assert details.remove.isEnabled()
    assert form in [row.id for row in desk.ask(documents.rows, case.maya)]


@pytest.mark.parametrize("what", ["locked", "damaged"])
def test_a_pdf_that_can_t_be_shown_says_why(
    what: str, desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 and nothing more")
    if what == "locked":
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(path, encryption=pikepdf.Encryption(owner="pelican", user="pelican"))
    asking = open_file_in(desk, window, case.maya, [path])
    qtbot.waitUntil(lambda: ready(asking))
    assert asking.warning.isVisible()
    asking.close_dialog()
    (number,) = keep(desk, case, qtbot, [path])
    open_document(desk, window, number)
    (preview,) = window.findChildren(LetterPreview)
    assert not preview.shown
    words = {"locked": "has a password", "damaged": "is damaged"}
    assert words[what] in said_in(preview.empty)


def test_today_tells_of_a_file_that_runs_out(
    desk: Desk, case: Case, qtbot: QtBot, papers: list[Path]
) -> None:
    (card,) = keep(desk, case, qtbot, papers[1:2], expires_on=TODAY + timedelta(days=9))
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "document" in [row.kind for row in page.shown])
    row = next(each for each in page.shown if each.kind == "document")
    assert (row.title, row.why) == ("Insurance card", "Valid until Mar 18")
    assert page.delegate.verb(row) == "Open"
    asked: list[int] = []
    page.open_document.connect(asked.append)
    page.do_row(row)
    assert asked == [card]


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "Over since Yesterday"), (1, "Until Tomorrow"), (90, "Until Jun 7")]
)
def test_the_card_tells_until_when_a_file_holds(
    days: int, words: str, desk: Desk, case: Case, qtbot: QtBot, papers: list[Path]
) -> None:
    keep(desk, case, qtbot, papers[1:2], expires_on=TODAY + timedelta(days=days))
    card = FilesCard(desk)
    qtbot.addWidget(card)
    rows = desk.ask(documents.rows, case.maya)
    card.show_files(rows)
    assert [chip.accessibleName() for chip in card.findChildren(Chip)] == [words]
    asked: list[int] = []
    card.document_asked.connect(asked.append)
    card.show_files([])
    assert asked == []
    assert (size(900), size(120 * 1024), size(3 * 1024 * 1024)) == ("900 B", "120 KB", "3 MB")
