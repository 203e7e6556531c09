"""The nine-second log, by stopwatch: real keys on a real screen, from any page to a kept entry."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk import clock
from cmdesk.models import complete
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.store import vault as vaults
from cmdesk.ui.tokens import LIGHT
from tests.window.conftest import PASSPHRASE
from tests.window.screen import Driven, holds, wait_until

pytestmark = [pytest.mark.window, pytest.mark.slow, pytest.mark.xdist_group("window")]

LINE: Final = "maya call tess 24m fu mon ride home"
PACE: Final = 0.12  # seconds a key takes a person who types some 50 words a minute
GLANCE: Final = 1.0  # seconds to read what is there before going on
MOST_SECONDS, MOST_KEYS = 9.0, 60
BETWEEN_KEYS: Final = "83"  # milliseconds: twelve keys a second, faster than most people type


@dataclass
class Hands:
    """Presses keys and keeps count, as if with a stopwatch: each key of a chord is one."""

    driven: Driven
    keys: int = 0
    glances: int = 0
    log: list[str] = field(default_factory=list[str])

    def press(self, chord: str) -> None:
        self.keys += len(chord.split("+"))
        self.log.append(chord)
        self.driven.keys(chord)

    def write(self, text: str) -> None:
        self.keys += len(text)
        self.log.append(text)
        self.driven.screen.tell("type", "--delay", BETWEEN_KEYS, text)

    def glance(self) -> None:
        self.glances += 1

    @property
    def seconds(self) -> float:
        return self.keys * PACE + self.glances * GLANCE


def newest(session: Session) -> tuple[str, list[str], int | None, str, str, date | None]:
    """Return of the entry made last: client, people, minutes, method, promise and its day."""
    entry = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    client = session.get_one(Person, session.get_one(Client, entry.client_id).person_id)
    people = session.scalars(
        select(Person.given_name)
        .join(EntryParticipant, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id == entry.id)
    )
    promise = session.scalars(select(FollowUp).where(FollowUp.entry_id == entry.id)).one()
    return (
        client.given_name, list(people), entry.minutes, entry.method, promise.text, promise.due
    )  # fmt: skip


def test_a_contact_is_logged_within_nine_seconds_of_keys(opened: Driven, vault: Path) -> None:
    opened.keys("ctrl+comma")
    opened.await_title("Settings")
    opened.settle()
    hands = Hands(opened)
    hands.press("ctrl+l")
    wait_until(lambda: holds(opened.screen.picture(), LIGHT.border_dialog), "the log")
    hands.glance()
    hands.write(LINE)
    hands.glance()  # at the chips
    hands.press("ctrl+Return")
    wait_until(lambda: not holds(opened.screen.picture(), LIGHT.border_dialog), "the log gone")
    opened.keys("ctrl+q")
    assert opened.finish() == 0
    assert opened.said == ""
    store = vaults.unlock_and_open(vault, complete(), clock.system, passphrase=PASSPHRASE)
    try:
        client, people, minutes, method, promise, due = store.ask(newest)
    finally:
        store.close()
    assert (client, people, minutes, method) == ("Maya", ["Tess"], 24, "phone")
    assert promise == "Ride home"
    assert due is not None
    assert due.strftime("%a") == "Mon"
    assert hands.keys <= MOST_KEYS, hands.log
    assert hands.seconds <= MOST_SECONDS, hands.log
