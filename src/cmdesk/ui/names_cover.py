"""A cover over an open dialog once names are hidden (F8): what one writes can't be abridged."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.empty import Empty
from cmdesk.words import Words

MOVED = (QEvent.Type.Resize, QEvent.Type.Move)


class Cover(QFrame):
    """Stands where the dialog stands; `back` shows the dialog all the same."""

    def __init__(self, scrim: QWidget, words: Words) -> None:
        super().__init__(scrim)
        self.setProperty("kind", "dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words.tr("Names are hidden"))
        self.back = Button(words.tr("Show it all the same"))
        told = words.tr("What you typed is kept. F8 shows all names again.")
        column(self).addWidget(Empty(Icon.EYE_OFF, self.accessibleName(), told, [self.back]))


class NamesCover(QObject):
    """Covers a dialog from the moment names are hidden until they are shown, or it is asked for.

    Meanwhile no key reaches what is under it: nobody signs or sends what nobody sees.
    """

    def __init__(self, dialog: Dialog, desk: Desk) -> None:
        super().__init__(dialog)
        self._dialog, self._desk = dialog, desk
        self._typed_in: QWidget | None = None
        self.cover: Cover | None = None
        desk.privacy.changed.connect(self._on_changed)

    @Slot()
    def _on_changed(self) -> None:
        if not vars(self) or not isValid(self._dialog):  # on its way out
            return
        if self._desk.privacy.hidden and self._dialog.isVisible():
            self._put_on()
        else:
            self.lift()

    def _put_on(self) -> None:
        scrim, focus = self._dialog.parentWidget(), QApplication.focusWidget()
        if scrim is None or self.cover is not None:
            return
        inside = focus is not None and self._dialog.isAncestorOf(focus)
        self._typed_in = focus if inside else None
        self.cover = Cover(scrim, self._desk.words)
        self.cover.back.clicked.connect(self.lift)
        self.cover.setGeometry(self._dialog.geometry())
        self.cover.show()
        self.cover.raise_()
        if inside:
            self.cover.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._dialog.installEventFilter(self)
        self._dialog.setEnabled(False)
        self._desk.say.announce(self.cover.accessibleName())

    def lift(self) -> None:
        """Show the dialog again, with the caret where it was."""
        cover, self.cover = self.cover, None
        if cover is None:
            return
        self._dialog.removeEventFilter(self)
        self._dialog.setEnabled(True)
        if self._typed_in is not None and isValid(self._typed_in):
            self._typed_in.setFocus(Qt.FocusReason.OtherFocusReason)
        cover.hide()
        cover.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVED and self.cover is not None:
            self.cover.setGeometry(self._dialog.geometry())
        return super().eventFilter(watched, event)
