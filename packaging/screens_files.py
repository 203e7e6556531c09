"""Pictures of files: the card on the chart, one that is taken in, dropped, and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from cmdesk.casework import documents
from cmdesk.rules.contact_codes import DocumentType
from cmdesk.rules.document_draft import DocumentForm
from cmdesk.ui.dialogs.document import open_document
from cmdesk.ui.dialogs.document_details import open_details
from cmdesk.ui.dialogs.file_in import open_file_in
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts.drop_here import DropHere

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def file_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of Maya's chart or over it."""
    yield "16-files-tab", partial(_tab, studio)
    yield "16-files-drop", partial(_dropping, studio)
    yield "16-file-in", partial(_over, studio, partial(_take_in, studio, name="discharge.pdf"))
    yield "16-file-locked", partial(_over, studio, partial(_take_in, studio, name="locked.pdf"))
    yield "16-file-refused", partial(_over, studio, partial(_take_in, studio, name="hours.xlsx"))
    yield "16-file-picture", partial(_over, studio, partial(_look, studio, title="Insurance card"))
    yield "16-file-pdf", partial(_over, studio, partial(_export, studio))
    yield "16-file-details", partial(_over, studio, partial(_details, studio))


def _over(studio: Studio, show: Callable[[int], object]) -> QWidget:
    _filed(studio)
    return studio.over_chart(show)


def _tab(studio: Studio) -> QWidget:
    _filed(studio)
    return studio.open(Route("chart", studio.client("c-maya"), "consents"))


def _dropping(studio: Studio) -> QWidget:
    studio.open(Route("chart", studio.client("c-maya")))
    studio.rest()
    page = studio.window.findChildren(ChartPage)[-1]
    frame = page.findChildren(DropHere)[-1].frame
    frame.words = "Drop to keep in Maya’s chart"
    frame.setGeometry(page.rect())
    frame.raise_()
    frame.show()
    return studio.window


def _take_in(studio: Studio, client: int, name: str) -> None:
    path = studio.folder.parent / name
    if name.endswith(".xlsx"):
        path.write_bytes(b"PK\x03\x04")
    else:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            locked = pikepdf.Encryption(owner="pelican", user="pelican")
            pdf.save(path, encryption=locked if name == "locked.pdf" else False)
    open_file_in(studio.desk, studio.window, client, [path, path])


def _filed(studio: Studio) -> None:
    """Put a card that is soon over, a letter and an old approval into Maya's chart, once."""
    client, today = studio.client("c-maya"), studio.desk.today()
    if any(row.title == "Insurance card" for row in studio.store.ask(documents.rows, client)):
        return
    card, page = studio.folder.parent / "card.png", studio.folder.parent / "page.pdf"
    _draw_card(card)
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page(page_size=(612, 792))
        pdf.save(page)
    for path, title, kind, ends in (
        (page, "Approval of January", DocumentType.AUTHORIZATION_LETTER, -4),
        (page, "School plan", DocumentType.EDUCATION, None),
        (card, "Insurance card", DocumentType.INSURANCE_CARD, 12),
    ):
        form = DocumentForm(
            title,
            kind,
            dated=today - timedelta(days=60),
            received_on=today,
            expires_on=None if ends is None else today + timedelta(days=ends),
        )
        studio.store.do("Keep", documents.take_in, client, path.read_bytes(), path.name, form)


def _draw_card(path: Path) -> None:
    image = QImage(1016, 640, QImage.Format.Format_RGB32)
    image.fill(QColor("#dfe8ee"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(48)
    painter.setFont(font)
    painter.drawText(QRect(60, 60, 900, 520), Qt.AlignmentFlag.AlignLeft, "Meridian Health")
    painter.end()
    image.save(str(path))


def _number(studio: Studio, client: int, title: str) -> int:
    rows = studio.store.ask(documents.rows, client)
    return next(row.id for row in rows if row.title == title)


def _look(studio: Studio, client: int, title: str) -> None:
    open_document(studio.desk, studio.window, _number(studio, client, title))


def _export(studio: Studio, client: int) -> None:
    number = _number(studio, client, "School plan")
    open_document(studio.desk, studio.window, number).take_out.click()


def _details(studio: Studio, client: int) -> None:
    open_details(studio.desk, studio.window, _number(studio, client, "Insurance card"))
