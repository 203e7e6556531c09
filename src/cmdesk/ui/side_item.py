"""One line of the sidebar: a page, a way in, or a recent client."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Count
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.avatar import draw_avatar, initials
from cmdesk.ui.widgets.key_cap import draw_key_cap, key_cap_width, shown_keys

Kind = Literal["nav", "search", "log", "client"]
WIDE = 200  # pixels at 100 %
COUNT = 600  # the weight of a count that is hot


class SideItem(QAbstractButton):
    """One line of the sidebar; in the rail only its icon."""

    def __init__(self, text: str, kind: Kind = "nav", icon: Icon | None = None) -> None:
        super().__init__()
        self._kind: Kind = kind
        self._icon = icon
        self._keys, self._count, self._rail, self._detail = "", Count(0), False, ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(kind in ("nav", "client"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_keys(self, keys: str) -> None:
        self._keys = shown_keys(keys)
        self._tell_whole()

    def set_count(self, count: Count) -> None:
        self._count = count
        said = f"{self.text()}, {count.number}" if count.number else self.text()
        self.setAccessibleName(said)
        self._tell_whole()
        self.update()

    def set_detail(self, detail: str) -> None:
        """Say more after the words, quieter: what tells two clients of one name apart."""
        self._detail = detail
        self.setAccessibleName(", ".join(filter(None, (self.text(), detail))))
        self._tell_whole()
        self.updateGeometry()

    def set_rail(self, *, rail: bool) -> None:
        self._rail = rail
        self._tell_whole()
        self.updateGeometry()

    def _tell_whole(self) -> None:
        """Say where it is pointed at what the rail leaves out, or what is cut short."""
        if self._rail:
            self.setToolTip("  ".join(filter(None, (self.text(), self._keys))))
            return
        left, end = self._span()
        cut = paint.text_width(self.text(), "body", self._weight()) > end - left
        self.setToolTip(self.text() if cut and self._kind != "client" else "")

    def nextCheckState(self) -> None:
        """Leave it to the window to say where one is."""

    def sizeHint(self) -> QSize:
        if self._rail:
            return QSize(look.px(40), look.px(36))
        tall = self._lay_out()[1] if self._kind == "client" else look.line_height("body")
        return QSize(look.px(WIDE), look.px(12) + tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(40), self.sizeHint().height())

    def _weight(self) -> int:
        return {"log": 600, "nav": 500, "client": 500}.get(self._kind, 400)

    def _span(self) -> tuple[int, int]:
        """Give where the words begin and must end, in pixels."""
        tight = self._kind in ("search", "log")
        left = look.px(8 + (20 if self._kind == "client" else 16) + (8 if tight else 10))
        end = (self.width() if self.isVisible() else look.px(WIDE)) - look.px(8)
        if self._keys and tight:
            end -= key_cap_width(self._keys) + look.px(4)
        elif self._count.number:
            end -= paint.text_width(str(self._count.number), "label", COUNT) + look.px(4)
        return left, end

    def _lay_out(self) -> tuple[QTextLayout, int]:
        """Lay a client's name, and what tells them apart, on as many lines as that needs."""
        formats: list[QTextLayout.FormatRange] = []
        if self._detail:
            quiet, span = QTextCharFormat(), QTextLayout.FormatRange()
            quiet.setFont(look.font("small"))
            quiet.setForeground(look.colour("text3"))
            span.start, span.length, span.format = len(self.text()), len(self._detail) + 1, quiet
            formats.append(span)
        (left, end), words = self._span(), f"{self.text()} {self._detail}".strip()
        return paint.lay_out(words, "body", end - left, weight=self._weight(), formats=formats)

    def _colours(self) -> tuple[str, str, str, str]:
        """Choose ground, border, ink of the words and ink of the icon."""
        tokens, on = look.tokens(), self.isChecked()
        hot = self.underMouse() and self.isEnabled()
        if self._kind == "log":
            return (tokens.fill_hover if hot else tokens.fill), "", "on_fill", "on_fill"
        if self._kind == "search" and not self._rail:
            return (tokens.hover if hot else tokens.surface), tokens.border, "text3", "text3"
        if on:
            return tokens.surface, tokens.border, "text", "accent"
        return (tokens.hover if hot else ""), "", "text2", "text2"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ground, border, ink, icon_ink = self._colours()
        if ground:
            paint.draw_box(painter, self.rect(), ground, border, 6)
        if self._rail:
            side = look.px(20)
            place = paint.centred(self.rect(), side, side)
            icons.draw(painter, self._icon or Icon.USER, place, look.colour(icon_ink))
            return
        left, side = look.px(8), look.px(20 if self._kind == "client" else 16)
        place = paint.centred(self.rect(), side, side)
        place.moveLeft(left)
        if self._icon:
            icons.draw(painter, self._icon, place, look.colour(icon_ink))
        else:
            draw_avatar(painter, place, initials(*self.text().split()), 20)
        left, end = self._span()
        self._draw_end(painter, left)
        if self._kind == "client":
            layout, tall = self._lay_out()
            painter.setPen(look.colour(ink))
            layout.draw(painter, QPointF(left, (self.height() - tall) / 2))
            return
        words = QRect(left, 0, end - left, self.height())
        paint.draw_text(painter, words, self.text(), "body", ink, weight=self._weight())

    def _draw_end(self, painter: QPainter, left: int) -> None:
        """Draw the count or the key cap at the right."""
        end = self.width() - look.px(8)
        if self._keys and self._kind in ("search", "log"):
            start = end - key_cap_width(self._keys)
            place = QRect(start, 0, end - start, self.height())
            draw_key_cap(painter, place, self._keys, on_fill=self._kind == "log")
        elif self._count.number:
            ink, weight = ("crit", COUNT) if self._count.hot else ("text3", 500)
            place = QRect(left, 0, end - left, self.height())
            number = str(self._count.number)
            paint.draw_text(painter, place, number, "label", ink, align=paint.RIGHT, weight=weight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
