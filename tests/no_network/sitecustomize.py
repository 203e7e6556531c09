"""Make every way out of this computer an error, here and in each Python the tests start."""

import socket
import sys
from types import ModuleType

CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}

# A Python that a test started has loaded this file as `sitecustomize`, before anything else: then
# that copy refuses, and we read what it remembers.
first: ModuleType | None = sys.modules.get("sitecustomize") if __name__ != "sitecustomize" else None
reached: list[str] = getattr(first, "reached", [])


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise on anything but a socket of this machine's own file system; remember it, too."""
    if event in CONNECTING:
        asked = arguments[0]
        if isinstance(asked, socket.socket) and asked.family == getattr(socket, "AF_UNIX", None):
            return
    elif event not in LOOKING_UP:
        return
    reached.append(f"{event} {arguments[1:]}")
    raise PermissionError(f"cmdesk has no business on a network: {reached[-1]}")


if not hasattr(first, "reached"):
    sys.addaudithook(refuse)
