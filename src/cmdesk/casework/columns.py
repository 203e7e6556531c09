"""Ask for columns: rows of a whole table cost several times as much to make as to ask for.

Questions asked often are put together once, with the values left open: that costs more, too.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple, cast

from sqlalchemy import Dialect, Executable, Select, Text, bindparam, func, select
from sqlalchemy.orm import Session


class Codes(Text):
    """A list of codes as the file holds it: the same few come again and again, and are kept."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002
        return _codes


@lru_cache(maxsize=4096)
def _codes(told: str | None) -> tuple[str, ...] | None:
    return tuple(json.loads(told)) if told is not None else None


def read(session: Session, question: Executable, **values: object) -> list[Any]:
    """Return the rows of a question, whose columns go by their names.

    They are plain named tuples: SQLAlchemy's own rows take twenty times as long to find a name. The
    connection is asked itself: a session looks for records among the columns, which costs as much.
    """
    _told(session)
    found = session.connection().execute(question, values)
    return list(map(_maker(tuple(found.keys())), found))


def _told(session: Session) -> None:
    """Let the connection know what a writing session holds yet, as the session itself would."""
    if session.autoflush:
        session.flush()


@cache
def _maker(names: tuple[str, ...]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    typed: list[tuple[str, type]] = [(name, object) for name in names]
    made = NamedTuple("Columns", typed)
    # Rows have as many columns as names: `_make` would count them again each time.
    make: Callable[[Iterable[Any]], tuple[Any, ...]] = partial(tuple[Any, ...].__new__, made)
    return make


def among(name: str) -> Select[int]:
    """Ask for the numbers handed in under a name as one list, however many there are."""
    given = func.json_each(bindparam(name)).table_valued("value")
    return cast("Select[int]", select(given.c.value))


def listed(numbers: Iterable[int]) -> str:
    """Write numbers down as `among` reads them."""
    return json.dumps(sorted(numbers))
