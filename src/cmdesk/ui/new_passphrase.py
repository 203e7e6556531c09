"""Choose a passphrase: judged while it is typed, typed twice, six words one click away."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.store import passphrases
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Steps
from cmdesk.ui.widgets.passphrase_field import PassphraseField
from cmdesk.words import Words

LEVEL_INKS: tuple[Ink, ...] = ("crit", "crit", "warn", "ok", "ok")


class NewPassphrase(QWidget):
    """Two fields and what to say about them. Signal `changed`: look at `ready` again."""

    changed = Signal()

    def __init__(self, words: Words, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.first, self.second = PassphraseField(words), PassphraseField(words)
        whole = column(self)
        suggest = Button(words.tr("Suggest six words"), "link")
        suggest.clicked.connect(self._on_suggest)
        hint = words.tr("At least {n} characters").format(n=passphrases.SHORTEST)
        self._first_field = Field(
            title or words.tr("Passphrase"), self.first, action=suggest, hint=hint
        )
        whole.addWidget(self._first_field)
        whole.addSpacing(8)
        whole.addLayout(self._lay_out_meter())
        whole.addSpacing(18)
        self._second_field = Field(words.tr("Type it again"), self.second)
        whole.addWidget(self._second_field)
        self.first.textChanged.connect(self._on_first)
        self.second.textChanged.connect(self._on_second)
        self.first.installEventFilter(self)
        self.second.installEventFilter(self)
        self.setFocusProxy(self.first)
        self.stops = (self.first, self.second, suggest, self.first.eye, self.second.eye)
        for one, after in pairwise(self.stops):
            QWidget.setTabOrder(one, after)
        self._on_first()

    def _lay_out_meter(self) -> QHBoxLayout:
        line = row(gap=12)
        self._steps = Steps(0, "", dash=32)
        self._verdict = Label("", "small", elide=True)
        line.addWidget(self._steps)
        line.addWidget(self._verdict, 1)
        return line

    @property
    def text(self) -> str:
        return self.first.text()

    @property
    def ready(self) -> bool:
        """Good enough, and the same twice."""
        return not passphrases.faults(self.text) and self.text == self.second.text()

    def say(self, fault: str) -> None:
        """Say under the first field why it can't be taken."""
        self._first_field.say_fault(fault)

    def say_why(self) -> None:
        """Say at once why it can't be taken yet, and go where it can be put right."""
        fault = passphrases.faults(self.text) or ""
        self._first_field.say_fault(fault)
        if not fault and self.text != self.second.text():
            said = self._mismatch() or self._words.tr("Type it once more here.")
            self._second_field.say_fault(said)
        (self.first if fault else self.second).setFocus()

    def forget(self) -> None:
        self.first.forget()
        self.second.forget()

    def _on_suggest(self) -> None:
        """Put six words in and show them, since they must be read to be remembered."""
        self.first.setText(passphrases.suggest())
        self.first.show_text(shown=True)
        self.second.clear()
        self.first.setFocus()

    def _on_first(self) -> None:
        level, verdict = passphrases.strength(self.text)
        ink = LEVEL_INKS[level]
        shown = verdict if self.text else ""
        self._steps.tell(level if self.text else 0, shown, ink)
        self._verdict.set_ink(ink)
        self._verdict.setText(shown)
        if not passphrases.faults(self.text):
            self._first_field.say_fault("")
        self._on_second()

    def _on_second(self) -> None:
        """Say nothing of a mismatch while the second is still on its way."""
        second = self.second.text()
        if self.text == second or not second or not self._second_field.fault:
            longer = len(second) > len(self.text)
            self._second_field.say_fault(self._mismatch() if longer else "")
        else:
            self._second_field.say_fault(self._mismatch())
        self.changed.emit()

    def _mismatch(self) -> str:
        first, second, tr = self.text, self.second.text(), self._words.tr
        if first == second or not second:
            return ""
        said = tr("These don\u2019t match yet.")
        if len(second) == len(first):
            return said
        shorter = len(second) < len(first)
        tail = tr("The second one is shorter.") if shorter else tr("The second one is longer.")
        return f"{said} {tail}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            if watched is self.second:
                self._second_field.say_fault(self._mismatch())
            elif watched is self.first and self.text:
                self._first_field.say_fault(passphrases.faults(self.text) or "")
        return super().eventFilter(watched, event)
