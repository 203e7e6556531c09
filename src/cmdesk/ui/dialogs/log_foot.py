"""The foot of the log: what is kept already, and the ways to save."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

FINAL = "Signing is final: after it, the entry takes addenda and new wording only."


class LogFoot(QObject):
    """Signals for each button: `finish`, `unsigned_asked`, `another_asked`, `next_asked`.

    And `lack_asked`: what is missing for a signature is to be filled in.
    """

    finish = Signal()
    unsigned_asked = Signal()
    another_asked = Signal()
    next_asked = Signal()
    lack_asked = Signal()

    def __init__(
        self, parent: QObject, foot: QHBoxLayout, tr: Callable[[str], str], *, new: bool
    ) -> None:
        super().__init__(parent)  # without one, what listens to it would keep the dialog for good
        self._tr, self._signable = tr, True
        foot.setSpacing(6)
        foot.addWidget(Glyph(Icon.CIRCLE_CHECK, "text2", 14))
        self._kept = Label(tr("Kept as a draft while you type"), "small", "text2", wrap=True)
        foot.addWidget(self._kept, 1, Qt.AlignmentFlag.AlignVCenter)
        self.cancel = Button(tr("Cancel"), "plain", keys="Esc")
        self.another = Button(tr("Save and log another"))
        self.unsigned = Button(tr("Save unsigned"))
        self.next = Button(tr("Sign and next"))
        self.sign = Button(tr("Sign and save"), "primary", keys="Ctrl+Return")
        self.another.setToolTip(tr("Kept unsigned. Sign it from the log."))
        self.why = Button("", "link", size="small")
        for button in (self.cancel, self.another, self.unsigned, self.next, self.why, self.sign):
            foot.addWidget(button)
        self.another.setVisible(new)
        self.next.hide()
        self.sign.clicked.connect(self.finish)
        self.unsigned.clicked.connect(self.unsigned_asked)
        self.another.clicked.connect(self.another_asked)
        self.next.clicked.connect(self.next_asked)
        self.why.clicked.connect(self.lack_asked)
        self.promise(signs=True)

    def promise(self, *, signs: bool, lack: str = "") -> None:
        """Say on the main button what it will do, and beside it what keeps it from signing."""
        self.sign.setText(self._tr("Sign and save") if signs else self._tr("Save"))
        why = self._tr("To sign it, add {lack}").format(lack=lack)
        told = self._tr(FINAL) if signs else f"{self._tr('Kept unsigned.')} {why}"
        self.sign.setToolTip(told)
        self.sign.setAccessibleDescription(told)
        self.unsigned.setVisible(signs and self.next.isHidden())
        self.why.setText(why)
        self.why.setAccessibleName(why)
        self.why.setVisible(not signs)

    def lead_on(self) -> None:
        """Offer the next of several that wait for a signature."""
        self.next.show()
        self.unsigned.hide()
        self.another.hide()

    def allow(self, *, saving: bool) -> None:
        for button in (self.another, self.unsigned, self.next, self.sign):
            button.setEnabled(saving)

    def say_kept(self, trouble: str) -> None:
        kept = self._tr("Kept as a draft while you type")
        words = self._tr("Not kept yet: {why}").format(why=trouble)
        self._kept.setText(words if trouble else kept)
        self._kept.set_ink("crit" if trouble else "text2")
