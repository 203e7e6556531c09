"""The connection that writes, and one act in one transaction on it."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine, MetaData

from cmdesk.errors import Damaged, Problem
from cmdesk.store import audit, journal
from cmdesk.store.troubles import plainly

T = TypeVar("T")


class Writer:
    """Writes through one connection, on which the journal remembers what is changed."""

    def __init__(self, engine: Engine, metadata: MetaData) -> None:
        self.engine, self._metadata = engine, metadata
        self._watched = False

    @contextmanager
    def begin(self) -> Generator[Connection]:
        self._watch()
        with plainly(), self.engine.begin() as connection:
            yield connection

    def anew(self) -> audit.Head:
        """Leave a spoilt connection; return the newest act that stands in the records."""
        self.engine.dispose()
        self._watched = False
        with self.begin() as connection:
            return audit.head(connection)

    def _watch(self) -> None:
        if not self._watched:
            with plainly(), self.engine.begin() as connection:
                journal.watch(connection, self._metadata)
            self._watched = True


class Attempt(Generic[T]):
    """An act, and how to open the transaction it is done in."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[Connection]],
        act: Callable[[Connection], T],
        anew: Callable[[], audit.Head],
    ) -> None:
        """Take what leaves a spoilt connection, too, and tells the newest act that stands."""
        self._writing, self._act, self._anew = writing, act, anew
        self._done: tuple[audit.Head, T] | None = None

    def once(self) -> T:
        """Do the act. Raises Problem where it failed and does not stand all the same."""
        try:
            return self._go()
        except Problem as problem:
            stood = self._standing(problem)
            if stood:
                return stood[0]
            raise

    def _go(self) -> T:
        self._done = None
        with self._writing() as connection:
            before = audit.head(connection)
            result = self._act(connection)
            after = audit.head(connection)
            self._done = None if after == before else (after, result)
        return result

    def _standing(self, problem: Problem) -> list[T]:
        """Return the result, if what seemed to fail stands in the records all the same.

        A commit can fail in its last call, when the disk is told to keep what it was given, and be
        whole in the file. One page not given back spoils a connection; `anew` leaves it.
        """
        done = self._done
        if done is None and not isinstance(problem, Damaged):
            return []
        try:
            stands = self._anew()
        except Problem:  # what went wrong first says more
            return []
        return [done[1]] if done is not None and done[0] == stands else []
