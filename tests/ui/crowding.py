"""Find by name what stands badly in a window: cut text, things laid over others, out of reach."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from cmdesk.ui.overlay import Scrim
from cmdesk.ui.widgets.focus_ring import FocusRing
from cmdesk.ui.widgets.label import Label

SLACK = 2  # px that rounding and borders may take
LAYERS = (Scrim, FocusRing, QScrollBar)  # what is meant to lie over other things


def called(widget: QWidget) -> str:
    """Name a widget by its class and what it says."""
    words = widget.accessibleName() or widget.objectName()
    parent = widget.parentWidget()
    home = f" in {type(parent).__name__}" if parent else ""
    return f"{type(widget).__name__} “{words[:40]}”{home}"


def crowded(root: QWidget) -> list[str]:
    """List each thing that is squeezed, overlaps a neighbour or cannot be reached."""
    shown = [each for each in root.findChildren(QWidget) if each.isVisibleTo(root)]
    found = [words for widget in shown for words in _cut(widget)]
    found.extend(words for widget in (root, *shown) for words in _overlaps(widget))
    found.extend(words for widget in shown for words in _out_of_reach(widget))
    return list(dict.fromkeys(found))


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractScrollArea | QStackedWidget) or _painted_list(widget):
        return
    if widget.children() and not isinstance(widget, Label):
        return
    least = widget.minimumSizeHint()
    if isinstance(widget, Label) and widget.wordWrap():
        least.setHeight(widget.heightForWidth(widget.width()))
    if not least.isValid():
        least = widget.sizeHint()
    if widget.toolTip():  # it says there what is cut
        least.setWidth(0)
    if least.width() > widget.width() + SLACK:
        yield f"too narrow by {least.width() - widget.width()}: {called(widget)}"
    if least.height() > widget.height() + SLACK:
        yield f"too low by {least.height() - widget.height()}: {called(widget)}"


def _painted_list(widget: QWidget) -> bool:
    """Say whether it is a part of a list or field that Qt lays out itself."""
    parent = widget.parentWidget()
    laid = isinstance(parent, QAbstractScrollArea | QLineEdit | QTabBar)
    return laid or isinstance(widget, QScrollBar)


def _overlaps(parent: QWidget) -> Iterator[str]:
    if isinstance(parent, QAbstractScrollArea | QStackedWidget):
        return
    children = [
        each
        for each in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if each.isVisibleTo(parent) and not isinstance(each, LAYERS) and not each.isWindow()
    ]
    if parent.layout() is None:
        return
    laid = [each for each in children if _is_laid(parent, each)]
    for place, one in enumerate(laid):
        for other in laid[place + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                yield f"overlap: {called(one)} and {called(other)}"


def _is_laid(parent: QWidget, child: QWidget) -> bool:
    layout = parent.layout()
    stack = [layout] if layout else []
    while stack:
        now = stack.pop()
        if now.indexOf(child) >= 0:
            return True
        for number in range(now.count()):
            item = now.itemAt(number)
            inner = item.layout() if item else None
            if inner:
                stack.append(inner)
    return False


def _out_of_reach(widget: QWidget) -> Iterator[str]:
    """Tell what ends outside its parent where no scroll bar leads to it."""
    parent = widget.parentWidget()
    if parent is None or isinstance(widget, LAYERS) or widget.isWindow():
        return
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and area.widget() is widget:
        if widget.width() > parent.width() + SLACK and not area.horizontalScrollBar().isVisible():
            yield f"wider than what scrolls it by {widget.width() - parent.width()}: {called(area)}"
        return
    lists = [each for each in (parent, area) if isinstance(each, QAbstractScrollArea)]
    if any(not isinstance(each, QScrollArea) for each in lists) or parent in lists:
        return
    place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
    beyond = place.right() - parent.rect().right(), place.bottom() - parent.rect().bottom()
    if max(beyond) > SLACK and not widget.size().isEmpty():
        yield f"beyond its parent by {beyond[0]}, {beyond[1]}: {called(widget)}"
