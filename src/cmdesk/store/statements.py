"""Statements kept compiled: each engine has its own, all begin with what was rehearsed."""

from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

_REHEARSED: Final[list[dict[Any, Any]]] = []  # the one with what was compiled without a record
_MOST: Final = 500  # an engine keeps


def fresh() -> "LRUCache[Any, Any]":
    """Return a cache for one engine; what is asked of records goes with it when they are locked."""
    made: LRUCache[Any, Any] = LRUCache(_MOST)
    for before in _REHEARSED:
        made.update(before)
    return made


def of(engine: Engine) -> "LRUCache[Any, Any]":
    kept: LRUCache[Any, Any] = engine.get_execution_options()["compiled_cache"]
    return kept


def keep(engine: Engine) -> None:
    """Let every engine from now on begin with what this one has compiled; safe on any thread."""
    _REHEARSED[:] = [dict(of(engine))]


def rehearsed() -> bool:
    """Tell whether engines begin with something."""
    return bool(_REHEARSED)
