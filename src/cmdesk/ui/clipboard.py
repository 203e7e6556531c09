"""Copied text is marked as secret, and cleared after a while and on lock if it is still ours."""

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

# What keeps clipboard histories off: Windows (three), KDE, macOS.
WINDOWS = 'application/x-qt-windows-mime;value="{}"'
SECRET = {
    WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0\0\0\0",
    WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
}


class Clipboard(QObject):
    """What our own Copy buttons use. Ctrl+C inside an editor goes past it."""

    def __init__(
        self, clipboard: QClipboard, seconds: int = 30, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._ours = ""
        self._timer = QTimer(self, interval=seconds * 1000, singleShot=True)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        content = QMimeData()
        content.setText(text)
        for kind, value in SECRET.items():
            content.setData(kind, QByteArray(value))
        self._clipboard.setMimeData(content)
        self._ours = text
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard, unless someone else has filled it since."""
        self._timer.stop()
        if self._ours and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._ours = ""
