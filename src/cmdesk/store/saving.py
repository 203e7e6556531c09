"""One act in one transaction, done anew after a failure unless it turns out to stand."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from sqlalchemy import Connection

from cmdesk.store import audit

T = TypeVar("T")


class Attempt(Generic[T]):
    """An act, and how to open the transaction it is done in."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[Connection]],
        act: Callable[[Connection], T],
    ) -> None:
        self._writing, self._act = writing, act
        self._done: tuple[audit.Head, T] | None = None

    def once(self) -> T:
        with self._writing() as connection:
            before = audit.head(connection)
            result = self._act(connection)
            after = audit.head(connection)
            self._done = None if after == before else (after, result)
        return result

    def unless_done(self, stands: audit.Head) -> T:
        """Do it again, given the newest act in the records as a new connection finds them.

        A commit can fail in its last call, when the disk is told to keep what it was given, and be
        whole in the file all the same.
        """
        if self._done and self._done[0] == stands:
            return self._done[1]
        return self.once()
