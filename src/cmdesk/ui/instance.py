"""One window per vault: a second start brings the first to the front. Local sockets only.

Qt's network library is loaded behind the first window, which is there sooner without it.
"""

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

PATIENCE_MS = 500
RAISE = b"raise\n"


def name_for(folder: Path | None) -> str:
    """Name the socket after user and vault, without telling either."""
    told = f"{getpass.getuser()}\0{folder.resolve() if folder else ''}"
    digest = QCryptographicHash.hash(told.encode(), QCryptographicHash.Algorithm.Sha256)
    return f"cmdesk-{digest.toHex().toStdString()[:20]}"


def raise_running(name: str) -> bool:
    """Ask a running window to come to the front; false if there is none."""
    if not _may_run(name):
        return False
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(RAISE)
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def _may_run(name: str) -> bool:
    """Whether a window may be there: where its socket is a file, it is looked for first."""
    return os.name == "nt" or (Path(QDir.tempPath()) / name).exists()


class Instance(QObject):
    """Signals `asked`: another start wishes this window to the front; `elsewhere`: one was quicker.

    Of two windows that were started at one moment, the later to listen has to go.
    """

    asked = Signal()
    elsewhere = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server: QLocalServer | None = None

    def listen(self) -> None:
        """Hear other starts from now on, once the window stands."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415

        if raise_running(self._name):
            self.elsewhere.emit()
            return
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if not server.listen(self._name):
            # Left behind by a window that was killed: nobody answered on it.
            QLocalServer.removeServer(self._name)
            server.listen(self._name)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _on_connection(self) -> None:
        if self._server is not None:
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            self.asked.emit()
