"""Tab goes on in the order of reading, however the parts of a page come and go."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from weakref import ref

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QWidget


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Give all that can take the keyboard in a widget, as its layouts have it from first to last.

    What is out of sight is among it: it may come into sight, and Qt passes over it until then.
    """
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        if inside := widget.widget():
            yield from stops(inside)
    elif not isinstance(widget, QAbstractScrollArea) and (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops(widget)
        elif inner is not None:
            yield from _in_layout(inner)


class TabOrder(QObject):
    """Puts the stops of a page in order a moment after `soon`, if they are others than before."""

    def __init__(self, page: QWidget, order: Callable[[], Sequence[QWidget]]) -> None:
        """`order` gives the parts of the page, each of which is read through in turn."""
        super().__init__(page)
        self._order = order
        self._known: list[ref[QWidget]] = []  # weak: a page's parts are not to outlive it here
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self.put)

    def soon(self) -> None:
        self._later.start()

    def put(self) -> None:
        """Put them in order now."""
        found = dict.fromkeys(stop for part in self._order() for stop in stops(part))
        last = self._order()[-1]
        found.pop(last, None)  # it comes at the very end, wherever it stands
        line = [*found, last]
        if [known() for known in self._known] == line:
            return
        self._known = [ref(each) for each in line]
        for before, after in pairwise(line):
            QWidget.setTabOrder(before, after)


__all__ = ["TabOrder", "stops"]
