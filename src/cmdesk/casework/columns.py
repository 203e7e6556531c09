"""Ask for columns: rows of a whole table cost several times as much to make as to ask for.

Questions asked often are put together once, with the values left open: that costs more, too.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Dialect, Executable, Select, Text, TypeDecorator, bindparam, func, select
from sqlalchemy.orm import Session


class Codes(TypeDecorator[tuple[str, ...]]):
    """A list of codes as the file holds it: the same few come again and again, and are kept."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        return _codes(value) if value is not None else None


@lru_cache(maxsize=4096)
def _codes(told: str) -> tuple[str, ...]:
    return tuple(json.loads(told))


def read(session: Session, question: Executable, **values: object) -> list[Any]:
    """Return the rows of a question, whose columns go by their names.

    They are plain named tuples: SQLAlchemy's own rows take twenty times as long to find a name.
    """
    found = session.execute(question, values)
    return list(map(_maker(tuple(found.keys())), found))


@cache
def _maker(names: tuple[str, ...]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    typed: list[tuple[str, type]] = [(name, object) for name in names]
    made = NamedTuple("Columns", typed)
    return made._make


def among(name: str) -> Select[int]:
    """Ask for the numbers handed in under a name as one list, however many there are."""
    given = func.json_each(bindparam(name)).table_valued("value")
    return cast("Select[int]", select(given.c.value))


def listed(numbers: Iterable[int]) -> str:
    """Write numbers down as `among` reads them."""
    return json.dumps(sorted(numbers))
