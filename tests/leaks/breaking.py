"""Lets every function of the records' services fail, reading and writing, with a record's words."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction
from types import FunctionType

from sqlalchemy.orm import Session

import cmdesk.casework
import cmdesk.exchange
import cmdesk.reports
from tests.leaks import sitting
from tests.leaks.hands import Hands


def services() -> Iterator[FunctionType]:
    """Give every public function of casework, exchange and reports."""
    for package in (cmdesk.casework, cmdesk.exchange, cmdesk.reports):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = import_module(found.name)
            for name, function in getmembers(module, isfunction):
                if function.__module__ == module.__name__ and not name.startswith("_"):
                    yield function


def every_service(hands: Hands) -> None:
    """Call each with what it can't take, so that it fails in its own code, words at hand."""
    sitting.chart(hands)
    word = hands.tokens.of("service")
    for function in services():

        def work(session: Session, function: FunctionType = function) -> None:
            try:
                function(session, *[{word: word}] * (function.__code__.co_argcount - 1))
            except Exception as error:
                raise LookupError(word, error) from error
            raise ValueError(word)

        hands.desk.fetch(hands.desk, work)
        hands.desk.do(hands.desk, f"Try {word}", work)
        hands.settle(5)
    hands.settle(300)
