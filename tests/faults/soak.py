"""A day of use in one process: saves, with a lock after every few, among many clients."""

import os
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from cmdesk.casework import entries, parties
from cmdesk.hardening import give_memory_back
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.store.store import Store
from tests.faults import shim
from tests.faults.operations import Operation, Save
from tests.faults.scenes import Progress, Scene

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Soak(Operation):
    """Goes on from the contacts that are there, so that a killed day can be taken up again."""

    name, steps, counted = "soak", 0, False

    def __init__(self, clients: int = 0) -> None:
        """Take how many clients there are to be beside the scene's own."""
        self._clients = clients

    def prepare(self, scene: Scene) -> None:
        store = scene.open()
        store.do("Clients", _add_clients, self._clients)
        store.close()

    def begin(self, scene: Scene) -> Store | None:
        return None

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        """Save until killed, or as often as the scene asks for."""
        saves, locks = scene.soak
        for _ in range(locks):
            opened = scene.open()
            progress.count = opened.ask(_saved)
            client = opened.ask(parties.client_by_name, "c-maya")
            for _ in range(saves // locks):
                contact = Save.contact(client, progress.count % 50 + 1)
                opened.do("Log a contact", entries.log, contact, sign=True)
                progress.count += 1
                shim.acknowledge({"n": progress.count, "memory": _memory(), "files": _files()})
            opened.close()
            give_memory_back()  # as the program's own lock ends

    def level(self, scene: Scene, store: Store) -> int:
        return store.ask(_saved)


def _saved(session: Session) -> int:
    query = select(func.count()).select_from(Entry)
    return session.scalar(query.where(Entry.narrative.startswith("Fault contact "))) or 0


def _add_clients(session: Session, count: int) -> None:
    first = (session.scalar(select(func.max(Person.id))) or 0) + 1
    numbers = range(first, first + count)
    people = [{"id": n, "given_name": f"Given{n}", "family_name": f"Family{n}"} for n in numbers]
    session.execute(insert(Person), people)
    session.execute(insert(Client), [{"person_id": n} for n in numbers])


def _memory() -> int:
    """Return the bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
