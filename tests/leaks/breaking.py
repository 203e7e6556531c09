"""Lets every function of the records' services fail, one by one, with a record's words in it."""

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from types import FunctionType, ModuleType
from typing import Any, Final

import cmdesk.casework
import cmdesk.exchange
import cmdesk.reports
from cmdesk.models.client import Client
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.page import Route
from tests.leaks import sitting
from tests.leaks.hands import Hands

_NEEDED: Final = frozenset({"today", "zone", "now"})  # the window's own clock
_PAGES: Final = ("today", "clients", "updates", "activity", "settings", "chart", "composer")
ABOUT_ONE: Final = ("chart", "composer")


def services() -> Iterator[tuple[ModuleType, str, FunctionType]]:
    """Give every public function of casework, exchange and reports."""
    for package in (cmdesk.casework, cmdesk.exchange, cmdesk.reports):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = import_module(found.name)
            for name, function in getmembers(module, isfunction):
                own = function.__module__ == module.__name__
                if own and not name.startswith("_") and name not in _NEEDED:
                    yield module, name, function


def failing(word: str) -> Callable[..., Any]:
    def fail(*_given: object, **_named: object) -> None:
        raise LookupError(word, {"said": word})

    return fail


def every_service(hands: Hands) -> None:
    """Visit every page and begin a contact, while one service after another fails."""
    maya = hands.number(Client, "c-maya")
    word = hands.tokens.of("service")
    for module, name, function in services():
        setattr(module, name, failing(word))
        try:
            for page in _PAGES:
                hands.desk.go(Route(page, maya if page in ABOUT_ONE else None))
                hands.settle(5)
            hands.command("log")
            for dialog in hands.window.findChildren(Dialog):
                dialog.close_dialog()
        except LookupError as error:  # it failed in our own hands
            hands.program._say.bug(error)
        finally:
            setattr(module, name, function)
        hands.settle(5)
    sitting.chart(hands)
