"""The bar at the top of the window that says what went wrong and what to do."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from cmdesk.errors import Problem
from cmdesk.ui.icons import Icon
from cmdesk.ui.say import Action
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words


class ProblemBar(QFrame):
    """Shows one thing at a time; the next replaces it. A bug can be looked at and copied."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("kind", "problem")
        whole = column(self, gap=8)
        whole.setContentsMargins(24, 8, 16, 8)
        line = row(gap=12)
        line.addWidget(Glyph(Icon.CIRCLE_ALERT, "crit", 16))
        self._text = Label("", "body", wrap=True)
        line.addWidget(self._text, 1)
        self._more = Button(words.tr("Show details"), size="small")
        self._more.clicked.connect(self._on_more)
        self._copy = Button(words.tr("Copy details"), size="small")
        self._copy.clicked.connect(self._on_copy)
        self.action = Button("", size="small")
        self.action.clicked.connect(self._on_action)
        self._act: Callable[[], object] | None = None
        close = IconButton(Icon.X, words.tr("Close"), size="small")
        close.clicked.connect(self.hide)
        for widget in (self.action, self._more, self._copy, close):
            line.addWidget(widget)
        whole.addLayout(line)
        self._account = ""
        self._passing = False
        self._details: QPlainTextEdit | None = None
        self._whole = whole
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, problem: Problem, action: Action | None = None, *, passing: bool = False) -> None:
        """Show a problem in its own words, perhaps with a button that helps."""
        self._show(problem.message, problem.hint or "", "")
        self._passing = passing
        if action:
            self.action.setText(action[0])
            self._act = action[1]
            self.action.show()

    def say_bug(self, account: str) -> None:
        """Say that the fault is ours, that the records are safe, and offer what to send."""
        tr = self._words.tr
        self._show(
            tr("Something went wrong inside cmdesk."),
            tr("What was saved is safe. The details name no one and were sent nowhere."),
            account,
        )

    def _show(self, message: str, hint: str, account: str) -> None:
        self._text.set_lead(message if hint else "")
        self._text.setText(hint or message)
        self._account, self._act, self._passing = account, None, False
        self.action.hide()
        if self._details:
            self._details.hide()
        self._more.setVisible(bool(account))
        self._copy.setVisible(bool(account))
        self.setAccessibleName(f"{message} {hint}".strip())
        self.show()

    def pass_by(self) -> None:
        """Go away with the page, if it told how an act on it failed; anything else stays."""
        if self._passing:
            self.hide()

    def forget(self) -> None:
        """Go away, and keep nothing of what was said."""
        self._show("", "", "")
        if self._details:
            self._details.clear()
        self.hide()

    def _on_action(self) -> None:
        self.hide()
        if self._act:
            self._act()

    def _on_more(self) -> None:
        if self._details is None:  # made with the first bug: the unlock window has none
            self._details = QPlainTextEdit()
            self._details.setReadOnly(True)
            self._details.setMaximumHeight(200)
            self._details.setAccessibleName(self._words.tr("Details"))
            self._details.hide()
            self._whole.addWidget(self._details)
        self._details.setPlainText(self._account)
        self._details.setVisible(not self._details.isVisible())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._account)
