"""Several reads in one transaction: all of them show one moment, and wait for a save once."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class Looks:
    """At most one look at a time on each thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = threading.local()

    @property
    def _connection(self) -> Connection | None:
        return getattr(self._own, "connection", None)

    @property
    def bind(self) -> Engine | Connection:
        """What this thread reads from: the connection of its look, else any."""
        return self._connection or self._engine

    @contextmanager
    def begin(self) -> Generator[None]:
        """Begin one, unless this thread is within one."""
        if self._connection is not None:
            yield
            return
        with self._engine.connect() as connection:
            connection.begin()  # what reads joins it, and leaves it open
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection = None

    def leave(self) -> None:
        """Give a spoilt connection up: what is read from now on is read by itself."""
        if (connection := self._connection) is not None:
            self._own.connection = None
            connection.invalidate()
