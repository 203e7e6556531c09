"""A field with its label above, and below it what is wrong, in words."""

from typing import Literal

from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def line_edit(
    placeholder: str = "", *, size: Literal["", "small", "large"] = "", name: str = ""
) -> QLineEdit:
    """Make a one-line field; `name` is for screen readers where no label stands by it."""
    edit = QLineEdit()
    edit.setPlaceholderText(placeholder)
    edit.setProperty("grade", size)
    edit.setAccessibleName(name or placeholder)
    return edit


class Remark(QWidget):
    """Small words with an icon, under a field; takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = row(self, gap=6)
        line.setContentsMargins(0, 6, 0, 0)
        self._glyph = Glyph(Icon.CIRCLE_ALERT, "crit", 14)
        self._words = Label("", "small", "crit", wrap=True)
        line.addWidget(self._glyph)
        line.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, ink: Ink = "crit", icon: Icon | None = Icon.CIRCLE_ALERT) -> None:
        """Show these words; empty words hide the remark."""
        self._words.set_ink(ink)
        self._words.setText(text)
        self._glyph.setVisible(icon is not None)
        if icon:
            self._glyph.show_as(icon, ink)
        self.setVisible(bool(text))


class Field(QWidget):
    """Label, editor, remark. A fault turns the editor's border red and is read out with it."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        action: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor, self._hint = editor, hint
        whole = column(self)
        if label:
            title = Label(label, "label", "text2")
            title.setBuddy(editor)
            editor.setAccessibleName(label)
            heading = row()
            heading.addWidget(title, 1)
            if action:
                heading.addWidget(action)
            whole.addLayout(heading)
            whole.addSpacing(0 if action else 4)
        whole.addWidget(editor)
        self.remark = Remark()
        whole.addWidget(self.remark)
        self.setFocusProxy(editor)
        self.say_fault("")

    @property
    def fault(self) -> str:
        return self.remark.text if self.remark.text != self._hint else ""

    def say_fault(self, fault: str) -> None:
        """Say what is wrong, or nothing: then the hint returns."""
        restyle(self.editor, "bad", "true" if fault else "false")
        if fault:
            self.remark.say(fault)
        else:
            self.remark.say(self._hint, "text3", None)
        self.editor.setAccessibleDescription(fault or self._hint)

    def say_hint(self, hint: str) -> None:
        """Take another hint; a fault that is said goes before it."""
        fault, self._hint = self.fault, hint
        self.say_fault(fault)
