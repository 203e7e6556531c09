"""What changes no record is looked at in one sitting of the real program, started once."""

import os
import shutil
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from tests.window.conftest import on_clients
from tests.window.screen import Driven, Screen, wait_until

pytestmark = [pytest.mark.window, pytest.mark.slow, pytest.mark.xdist_group("window")]

LONG = 1.5  # seconds of stillness: a busy computer pauses while a page is filled


@pytest.fixture(scope="module")
def lasting(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the vault that is open all the while."""
    place = tmp_path_factory.mktemp("sitting")
    return Path(shutil.copytree(sample, place / "Whitlock.cmdesk"))


@pytest.fixture(scope="module")
def sitting(screen: Screen, lasting: Path) -> Generator[Driven]:
    """Return the program; another may come up on the screen once this has ended."""
    with closing(Driven(screen, lasting.parent, "--vault", str(lasting))) as driven:
        yield on_clients(driven)


def test_names_are_hidden_and_shown_again(sitting: Driven) -> None:
    named = sitting.settle(LONG)
    sitting.keys("F8")
    wait_until(lambda: sitting.screen.picture() != named, "another picture")
    hidden = sitting.settle()
    sitting.keys("F8")
    wait_until(lambda: sitting.screen.picture() == named, "the names again")
    assert hidden != named


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() != 0, reason="the program shows what it holds to root only"
)
def test_no_socket_leads_out_of_this_computer(sitting: Driven) -> None:
    sitting.keys("ctrl+2")
    sitting.await_title("Clients")
    sitting.settle()
    sitting.keys("Return")
    sitting.await_title("Chart")
    sockets = sitting.sockets()
    assert len(sockets) >= 2  # the screen's, and the one that a second start knocks at
    assert set(sockets.values()) == {"unix"}


def test_a_second_start_leaves_the_first_alone(sitting: Driven, lasting: Path) -> None:
    with closing(Driven(sitting.screen, sitting.home, "--vault", str(lasting))) as second:
        assert second.finish() == 0
        assert second.said == ""
    assert sitting.process.poll() is None
    assert len(sitting.screen.windows()) == 1
