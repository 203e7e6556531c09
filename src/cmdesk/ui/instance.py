"""One window per vault: a second start brings the first to the front. Local sockets only."""

import getpass
from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 500
RAISE = b"raise\n"


def name_for(folder: Path | None) -> str:
    """Name the socket after user and vault, without telling either."""
    told = f"{getpass.getuser()}\0{folder.resolve() if folder else ''}"
    digest = QCryptographicHash.hash(told.encode(), QCryptographicHash.Algorithm.Sha256)
    return f"cmdesk-{digest.toHex().toStdString()[:20]}"


def raise_running(name: str) -> bool:
    """Ask a running window to come to the front; false if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(RAISE)
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class Instance(QObject):
    """Signal `asked`: another start wishes this window to the front."""

    asked = Signal()

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            # Left behind by a window that was killed: nobody answered on it.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.asked.emit()
