"""The real program on a real screen: typed at, looked at, and its records read afterwards."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk import clock
from cmdesk.casework import recent
from cmdesk.models import complete
from cmdesk.models.entry import Draft, Entry
from cmdesk.store import vault as vaults
from cmdesk.ui.tokens import LIGHT
from tests.window.conftest import PASSPHRASE, Drive
from tests.window.screen import SIZE, Driven, holds, wait_until

pytestmark = [pytest.mark.window, pytest.mark.slow, pytest.mark.xdist_group("window")]

TYPED = "Diane asked about visiting day."
LINE = "maya call diane 12m "


def written(session: Session) -> list[tuple[str, str]]:
    found = session.execute(select(Entry.narrative, Entry.status).where(Entry.narrative == TYPED))
    return [(text, str(status)) for text, status in found]


def drafts(session: Session) -> list[str]:
    typed = select(Draft.body).where(Draft.key != recent.KEY)
    return [str(body) for body in session.scalars(typed)]


def read(vault: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Open the records the window has closed; return what was typed: entries, and drafts."""
    store = vaults.unlock_and_open(vault, complete(), clock.system, passphrase=PASSPHRASE)
    try:
        return store.ask(written), store.ask(drafts)
    finally:
        store.close()


def type_contact(driven: Driven) -> None:
    """Log a call with Diane about Maya: one line for who and how long, then what happened."""
    before = driven.settle()
    driven.keys("ctrl+l")
    wait_until(lambda: driven.screen.picture() != before, "the log")
    driven.settle()
    driven.type(LINE)
    driven.settle()
    driven.keys("Return")
    driven.type(TYPED)
    driven.settle()


def test_a_wrong_passphrase_is_told_and_costs_a_moment(drive: Drive, vault: Path) -> None:
    driven = drive("--vault", vault)
    driven.come_up()
    assert not holds(driven.settle(), LIGHT.crit)
    driven.type("not the passphrase")
    driven.keys("Return")
    wait_until(lambda: holds(driven.screen.picture(), LIGHT.crit), "a word in red")
    assert driven.title == "cmdesk"
    driven.type(PASSPHRASE)  # what was wrong is selected, so this takes its place
    driven.settle()
    driven.keys("Return")
    wait_until(lambda: driven.keys("Return") or driven.title.startswith("T"), "the records")
    driven.keys("ctrl+q")
    assert driven.finish() == 0
    assert driven.said == ""


def test_a_contact_is_logged_and_signed_by_keyboard_alone(opened: Driven, vault: Path) -> None:
    type_contact(opened)
    opened.keys("ctrl+Return")
    wait_until(lambda: not holds(opened.screen.picture(), LIGHT.border_dialog), "the log gone")
    opened.settle()
    opened.keys("Return")
    opened.await_title("Chart")
    opened.settle()
    opened.keys("ctrl+q")
    assert opened.finish() == 0
    assert opened.said == ""
    assert read(vault) == ([(TYPED, "signed")], [])


def test_locked_nothing_is_in_sight_and_what_was_typed_comes_back(
    opened: Driven, vault: Path
) -> None:
    type_contact(opened)
    typed = opened.settle()
    opened.keys("ctrl+shift+l")
    wait_until(lambda: opened.title == "cmdesk", "the lock")
    locked = opened.settle()
    ground = locked.pixel(0, 0)
    middle_x, middle_y = SIZE[0] // 2, SIZE[1] // 2
    strays = [
        (x, y)
        for x in range(0, SIZE[0], 2)
        for y in range(0, SIZE[1], 2)
        if locked.pixel(x, y) != ground
        and not (abs(x - middle_x) < 180 and abs(y - middle_y) < 120)
    ]
    assert strays == []
    opened.type(PASSPHRASE)
    opened.keys("Return")
    opened.await_title("Clients")
    wait_until(lambda: holds(opened.screen.picture(), LIGHT.border_dialog), "the log again")
    assert opened.settle() != typed  # it says that the draft is back
    opened.keys("ctrl+Return")
    wait_until(lambda: not holds(opened.screen.picture(), LIGHT.border_dialog), "the log gone")
    opened.keys("ctrl+q")
    assert opened.finish() == 0
    assert opened.said == ""
    assert read(vault) == ([(TYPED, "signed")], [])


def test_told_to_end_it_keeps_what_was_typed(opened: Driven, vault: Path) -> None:
    type_contact(opened)
    opened.process.send_signal(signal.SIGTERM)
    assert opened.finish() == 0
    assert opened.said == ""
    entries, kept = read(vault)
    assert entries == []
    assert len(kept) == 1
    assert TYPED in kept[0]


def test_interrupted_at_the_door_it_leaves_quietly(drive: Drive, vault: Path) -> None:
    driven = drive("--vault", vault)
    driven.come_up()
    driven.process.send_signal(signal.SIGINT)
    assert driven.finish() == 0
    assert driven.said == ""


def test_without_a_vault_the_first_run_is_offered(drive: Drive, tmp_path: Path) -> None:
    driven = drive()
    driven.come_up()
    assert driven.title == "cmdesk"
    assert holds(driven.settle(), LIGHT.sidebar)
    driven.keys("ctrl+q")
    assert driven.finish() == 0
    assert driven.said == ""
    assert not list(tmp_path.rglob("*.cmdesk"))
