"""Ask for columns: rows of a whole table cost several times as much to make as to ask for.

Questions asked often are put together once, with the values left open: that costs more, too.
"""

import json
from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Executable, Select, bindparam, func, select
from sqlalchemy.orm import Session


def read(session: Session, question: Executable, **values: object) -> list[Any]:
    """Return the rows of a question, whose columns go by their names."""
    return list(session.execute(question, values))


def among(name: str) -> Select[int]:
    """Ask for the numbers handed in under a name as one list, however many there are."""
    given = func.json_each(bindparam(name)).table_valued("value")
    return cast("Select[int]", select(given.c.value))


def listed(numbers: Iterable[int]) -> str:
    """Write numbers down as `among` reads them."""
    return json.dumps(sorted(numbers))
