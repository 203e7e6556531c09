"""One line of the sidebar: a page, a way in, or a recent client."""

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Count
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.avatar import draw_avatar, initials
from cmdesk.ui.widgets.key_cap import draw_key_cap, key_cap_width, shown_keys

Kind = Literal["nav", "search", "log", "client"]


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
        self.setToolTip(f"{self.text()}  {self._keys}" if self._rail else "")

    def set_count(self, count: Count) -> None:
        self._count = count
        said = f"{self.text()}, {count.number}" if count.number else self.text()
        self.setAccessibleName(said)
        self.update()

    def set_detail(self, detail: str) -> None:
        """Say more after the words, quieter: what tells two clients of one name apart."""
        self._detail = detail
        said = ", ".join(filter(None, (self.text(), detail)))
        self.setAccessibleName(said)
        self.setToolTip(said if detail else "")

    def set_rail(self, *, rail: bool) -> None:
        self._rail = rail
        self.setToolTip(self.text() if rail else "")
        self.updateGeometry()

    def nextCheckState(self) -> None:
        """Leave it to the window to say where one is."""

    def sizeHint(self) -> QSize:
        return QSize(look.px(40 if self._rail else 200), look.px(36 if self._rail else 32))

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
        left += side + look.px(8 if self._kind in ("search", "log") else 10)
        weight = {"log": 600, "nav": 500, "client": 500}.get(self._kind, 400)
        end = self._draw_end(painter, left)
        words = QRect(left, 0, end - left, self.height())
        paint.draw_text(painter, words, self.text(), "body", ink, weight=weight)
        words.setLeft(left + paint.text_width(self.text(), "body", weight) + look.px(6))
        if self._detail and words.width() > 0:
            paint.draw_text(painter, words, self._detail, "small", "text3")

    def _draw_end(self, painter: QPainter, left: int) -> int:
        """Draw the count or the key cap at the right; answer where the words must end."""
        end = self.width() - look.px(8)
        if self._keys and self._kind in ("search", "log"):
            start = end - key_cap_width(self._keys)
            place = QRect(start, 0, end - start, self.height())
            draw_key_cap(painter, place, self._keys, on_fill=self._kind == "log")
            end = start - look.px(4)
        elif self._count.number:
            ink, weight = ("crit", 600) if self._count.hot else ("text3", 500)
            place = QRect(left, 0, end - left, self.height())
            number = str(self._count.number)
            paint.draw_text(painter, place, number, "label", ink, align=paint.RIGHT, weight=weight)
            end -= paint.text_width(number, "label", weight) + look.px(4)
        return end

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
