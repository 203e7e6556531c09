"""Plain text at the design's line height: wraps or shortens itself, and is never markup."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.tokens import Role
from cmdesk.ui.widgets import paint

UNBOUNDED = 1_000_000


class Label(QLabel):
    """A line or a paragraph in one of the design's roles; `lead` begins it in bold.

    `least` is how narrow a line that is shortened may become, in pixels at 100 %.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        ink: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        least: int = 24,
        lead: str = "",
        align: Qt.AlignmentFlag = paint.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role: Role = role
        self._ink, self._lead, self._elide, self._least = ink, lead, elide, least
        self._told, self._scale = False, look.Look.scale
        self._measured: tuple[object, int] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setAlignment(align)
        self.setFont(look.font(role))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if wrap:
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(f"{self._lead} {text}".strip())
        self._tell_whole()
        self.updateGeometry()

    def set_lead(self, lead: str) -> None:
        self._lead = lead
        self.setText(self.text())

    def set_ink(self, ink: str) -> None:
        """Take another token for the text's colour."""
        self._ink = ink
        self.update()

    def _whole(self) -> str:
        return f"{self._lead} {self.text()}" if self._lead else self.text()

    def _lay_out(self, width: float) -> tuple[QTextLayout, int]:
        formats: list[QTextLayout.FormatRange] = []
        if self._lead:
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.DemiBold)
            span = QTextLayout.FormatRange()
            span.start, span.length, span.format = 0, len(self._lead), bold
            formats.append(span)
        whole, align = self._whole(), self.alignment()
        return paint.lay_out(whole, self._role, width, align=align, formats=formats)

    def _lines(self) -> int:
        return self._whole().count("\n") + 1

    def _natural_width(self) -> int:
        margins = self.contentsMargins()
        widest = max(
            (paint.text_width(line, self._role) for line in self._whole().split("\n")), default=0
        )
        bold = paint.text_width(self._lead, self._role, 600) - paint.text_width(
            self._lead, self._role
        )
        # Whole pixels fall short of what a layout needs: one would wrap a line that has its room.
        spare = 2 if self.wordWrap() else 1
        return widest + bold + margins.left() + margins.right() + spare

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        edges = margins.top() + margins.bottom()
        natural = self._natural_width()
        if self.wordWrap():
            width = min(natural, look.px(480))
            return QSize(width, self.heightForWidth(width))
        return QSize(natural, self._lines() * look.line_height(self._role) + edges)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        if self.wordWrap():
            return QSize(min(look.px(40), hint.width()), look.line_height(self._role))
        if self._elide:
            return QSize(min(look.px(self._least), hint.width()), hint.height())
        return hint

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return -1
        # Qt asks with the whole width of the layout, even where the label may not be so wide.
        width = min(width, self.maximumWidth())
        margins = self.contentsMargins()
        wanted = (width, self._whole(), self._role, look.Look.scale, margins)
        if self._measured is None or self._measured[0] != wanted:  # layouts ask many times over
            _, height = self._lay_out(width - margins.left() - margins.right())
            self._measured = wanted, height
        return self._measured[1] + margins.top() + margins.bottom()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Say all of a line that is cut short when it is pointed at."""
        if self.wordWrap():
            return
        cut = self._natural_width() > self.width() + 1
        if cut or self._elide or self._told:
            self._told = cut
            self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ink = self._ink if self.isEnabled() else "text3"
        inside = self.contentsRect()
        if not self.wordWrap() and "\n" not in self.text() and not self._lead:
            paint.draw_text(painter, inside, self.text(), self._role, ink, align=self.alignment())
            return
        layout, _ = self._lay_out(inside.width())
        painter.setPen(look.colour(ink))
        layout.draw(painter, QPointF(inside.topLeft()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._scale != look.Look.scale:
            self._scale = look.Look.scale
            self.setFont(look.font(self._role))
            self.updateGeometry()
            self._tell_whole()
