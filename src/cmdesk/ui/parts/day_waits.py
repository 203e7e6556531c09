"""What Today shows before its rows are known, and when they could not be worked out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.skeleton import Skeleton


class DayWaits:
    """Adds both to the page's stack: grey bars at first, a way to try again after a failure."""

    def __init__(self, desk: Desk, stack: QStackedWidget, again: Callable[[], object]) -> None:
        tr = desk.words.tr
        self._desk, self._stack = desk, stack
        self._bars = Skeleton(tr("Looking at what is due"), rows=6)
        self._bars.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button = Button(tr("Try again"), "primary")
        button.clicked.connect(again)
        self._failed = Empty(
            Icon.CIRCLE_ALERT,
            tr("Today can’t be shown"),
            tr("Your records are safe. Nothing was changed."),
            [button],
        )
        stack.addWidget(self._bars)
        stack.addWidget(self._failed)
        stack.setCurrentWidget(self._bars)

    def take_keys(self) -> None:
        """Hold the keyboard until there are rows: what is typed to nobody would be lost."""
        self._bars.setFocus()

    def tell(self, error: BaseException) -> None:
        """Say what failed; what stood there stays, if anything did."""
        self._desk.say.failure(error)
        if self._stack.currentWidget() is self._bars:
            self._stack.setCurrentWidget(self._failed)
