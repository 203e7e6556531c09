"""The classes of Qt's widgets, made before the first page is, which would wait for them."""

from PySide6 import QtWidgets


def make() -> None:
    """Ask for each, since PySide makes them as they are first asked for; takes some 25 ms.

    To know what a widget is that Qt hands out, it looks through all of them: the first chart would
    make them. No widget is made here, so any thread may do it.
    """
    for name in dir(QtWidgets):
        getattr(QtWidgets, name)
