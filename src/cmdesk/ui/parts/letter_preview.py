"""The very PDF beside the words, shown from memory: nothing of it is written to disk."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.parties import Party
from cmdesk.errors import Problem
from cmdesk.ui import look, overlay
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.tokens import LIGHT
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, grounded, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label

if TYPE_CHECKING:  # paper is loaded with the first letter, not with the window
    from cmdesk.reports.paper import Sheet as Printed

MOST_PAGES = 2
CUT = 22  # px of the margin in which it is said where two pages end
EDGE = 16
FULL_WIDTH = 816  # pixels of a page 8.5 inches wide, at 96 to the inch


class PdfPages:
    """A document in memory. Kept apart from any widget: a view that owns it can crash on exit."""

    def __init__(self, data: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(None)  # pyright: ignore[reportArgumentType, reportCallIssue] - the stub knows no null
        self._document.load(self._buffer)
        self.count = self._document.pageCount()

    def size(self, page: int, width: int) -> QSize:
        """Give the page's size in pixels at this width."""
        points = self._document.pagePointSize(page)
        return QSize(width, round(width * points.height() / points.width()))

    def draw(self, page: int, width: int, ratio: float) -> QImage:
        image = self._document.render(page, self.size(page, width) * ratio)
        image.setDevicePixelRatio(ratio)
        return image

    def text(self, page: int) -> str:
        return self._document.getAllText(page).text()

    def close(self) -> None:
        """Let go of the document before its bytes."""
        self._document.close()
        self._buffer.close()


class Sheet(QWidget):
    """One page, as wide as there is room; paper stays white in both themes."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: PdfPages | None = None
        self._page = 0
        self._image = QImage()
        self.cut = ""  # said over a dashed line: what is below is over the length of a letter

    def show_page(self, pages: PdfPages, page: int, cut: str = "") -> None:
        self._pages, self._page, self._image, self.cut = pages, page, QImage(), cut
        self._fit()
        self.update()

    def clear(self) -> None:
        """Let go of the document and its picture."""
        self._pages, self._image = None, QImage()

    def _fit(self) -> None:
        if self._pages:
            self.setFixedHeight(self._pages.size(self._page, self.width()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._image = QImage()
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), look.colour("paper"))
        if self._pages is None:
            return
        if self._image.isNull():
            self._image = self._pages.draw(self._page, self.width(), self.devicePixelRatioF())
        painter.drawImage(0, 0, self._image)
        if self.cut:
            self._draw_cut(painter)

    def _draw_cut(self, painter: QPainter) -> None:
        """Draw where two pages end; in the ink of the light theme, since paper stays white."""
        least = look.px(CUT)
        painter.setPen(QPen(QColor(LIGHT.warn), 1, Qt.PenStyle.DashLine))
        painter.drawLine(0, least, self.width(), least)
        painter.setFont(look.font("small"))
        place = self.rect().adjusted(look.px(8), 0, -look.px(8), least - self.height())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, middle, self.cut)


class LetterPreview(QWidget):
    """Heading with pages and zoom, and below it the page; or why there is none."""

    def __init__(self, desk: Desk, title: str = "") -> None:
        """`title` is given for what is no letter, which may run to any number of pages."""
        super().__init__()
        self._desk = desk
        self._title, self._is_letter = title or desk.words.tr("Letter"), not title
        self._page = 0
        self._asked = 0
        self._data = b""
        self.pages: PdfPages | None = None
        tr = desk.words.tr
        self.long = Chip("", "warn", Icon.TRIANGLE_ALERT)
        self.back = IconButton(Icon.CHEVRON_LEFT, tr("Page before"), size="small")
        self.place = Label("", "body", "text2")
        self.on = IconButton(Icon.CHEVRON_RIGHT, tr("Next page"), size="small")
        self.zoom = IconButton(Icon.ZOOM_IN, tr("Read in full size"), size="small")
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.zoom.clicked.connect(self.read)
        whole = column(self)
        whole.addLayout(self._lay_out_head(self._title))
        whole.addWidget(self._lay_out_over())
        self._sheet = Sheet()
        ground = grounded("desk")
        inside = column(ground, edge=EDGE)
        inside.addWidget(self._sheet)
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes changes the width, so the height, so the bar, without end.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setWidget(ground)
        self.empty = Empty(Icon.FILE_TEXT, "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self.empty)
        whole.addWidget(self._stack, 1)
        self.say("", "")
        desk.closing.connect(self.forget)

    def _lay_out_head(self, title: str) -> QHBoxLayout:
        head = row(gap=4)
        head.setContentsMargins(EDGE, 7, EDGE, 7)
        head.addWidget(Label(title, "strong"))
        head.addStretch(1)
        for part in (self.back, self.place, self.on):
            head.addWidget(part)
        head.addSpacing(6)
        head.addWidget(self.zoom)
        return head

    def _lay_out_over(self) -> QWidget:
        """Give the length its own line: beside the pages there is no room for both."""
        self._over = QWidget()
        line = row(self._over)
        line.setContentsMargins(EDGE, 0, EDGE, 7)
        line.addWidget(self.long)
        line.addStretch(1)
        return self._over

    @property
    def shown(self) -> bool:
        """Whether a page is in sight, not the reason why there is none."""
        return self._stack.currentIndex() == 0

    def show_pdf(self, data: bytes) -> None:
        """Show other bytes, at the page one was reading."""
        fresh, old, self._data = PdfPages(data), self.pages, data
        self.pages = fresh
        self._page = min(self._page, fresh.count - 1)
        self._stack.setCurrentIndex(0)
        self._show()
        if old:
            old.close()

    def say(self, heading: str, why: str) -> None:
        """Say why there is no letter to look at."""
        self._asked += 1
        self.empty.say(heading, why)
        self._stack.setCurrentIndex(1)
        self.forget()
        self._show_head()

    def lay_out(
        self, client_id: int, party: Party, first: date, last: date, letter: LetterDraft
    ) -> None:
        """Have the letter set in the background, and show it unless a newer one was asked for."""
        from cmdesk.handover import proof  # noqa: PLC0415

        self._asked += 1
        asked = self._asked

        def show(made: "Printed") -> None:
            if asked == self._asked:
                self.show_pdf(made.data)

        def tell(error: BaseException) -> None:
            if asked != self._asked:
                return
            if isinstance(error, Problem):
                self.say(self._desk.words.tr("No letter to look at"), str(error))
            else:
                self._desk.say.failure(error)

        work = self._desk.fetch(self, proof, client_id, party, first, last, letter)
        work.then(show).otherwise(tell)

    def wait(self) -> None:
        """Show a blank page until the next letter is there: never another's meanwhile."""
        self._asked += 1
        self._page = 0
        self.forget()
        self._sheet.update()
        self._stack.setCurrentIndex(0)
        self._show_head()

    def forget(self) -> None:
        """Drop the letter: nothing of it stays in memory."""
        self._data = b""
        self._sheet.clear()
        if self.pages:
            self.pages.close()
            self.pages = None

    def _show(self) -> None:
        if self.pages:
            self._sheet.show_page(self.pages, self._page, self._cut(self._page))
            name = self._desk.words.tr("Page {n}").format(n=self._page + 1)
            self._sheet.setAccessibleName(". ".join(filter(None, (name, self._sheet.cut))))
            self._sheet.setAccessibleDescription(self.pages.text(self._page))
        self._show_head()

    def _cut(self, page: int) -> str:
        """Say at the top of the first page too many that a letter is two pages long."""
        over = self._is_letter and page == MOST_PAGES
        return self._desk.words.tr("Over two pages from here") if over else ""

    def _show_head(self) -> None:
        tr, pages = self._desk.words.tr, self.pages
        count = pages.count if pages else 0
        for part in (self.back, self.place, self.on, self.zoom):
            part.setVisible(bool(count))
        self.back.setEnabled(self._page > 0)
        self.on.setEnabled(self._page < count - 1)
        self.place.setText(tr("Page {n} of {m}").format(n=self._page + 1, m=count))
        self.long.show_as(tr("Runs to {n} pages").format(n=count), "warn", Icon.TRIANGLE_ALERT)
        for part in (self.long, self._over):
            part.setVisible(self._is_letter and count > MOST_PAGES)

    def _turn(self, step: int) -> None:
        if self.pages and 0 <= self._page + step < self.pages.count:
            self._page += step
            self._show()

    def read(self) -> None:
        """Show all pages in full size over the window."""
        if not self._data:
            return
        tr, pages = self._desk.words.tr, PdfPages(self._data)
        dialog = Dialog(self._title, width=FULL_WIDTH + 4 * EDGE, close_word=tr("Close"))
        ground = grounded("desk")
        inside = column(ground, gap=EDGE, edge=EDGE)
        for page in range(pages.count):
            sheet = Sheet()
            sheet.show_page(pages, page, self._cut(page))
            inside.addWidget(sheet)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes changes the width, so the height, so the bar, without end.
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setAccessibleName(self._title)
        area.setWidget(ground)
        area.setMinimumHeight(self.window().height() - 8 * EDGE)
        dialog.body.addWidget(area, 1)
        dialog.closed.connect(pages.close)
        overlay.open_over(self, dialog, area)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
