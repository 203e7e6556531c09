"""A sitting at the whole program, every write recorded: nothing stands anywhere in the open."""

import os
import re
import shutil
import signal
from pathlib import Path

import pytest

from tests.leaks import commands, sitting
from tests.leaks.conftest import Make, Report
from tests.leaks.recording import Ended, Sandbox
from tests.leaks.sweeping import sweep
from tests.leaks.tokens import Tokens
from tests.leaks.tour import FIELDS, WHOLE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("leaks")]

SHORT = ("first_run", "bring_in")
STRIKES = ("SIGSEGV", "SIGABRT")
GIVEN_AWAY = (*sitting.GIVEN_AWAY, *commands.GIVEN_AWAY)
# One line of the log: when, how grave, which part of the program; then words, numbers and places.
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} (INFO|WARNING|ERROR) cmdesk[.\w]*: (.*)")
HARMLESS = "This plugin does not support "  # to raise, to grab keys: there is no screen
OURS = re.compile(
    r"bug|[\w<>]+ took \d+ ms"  # a function's name
    r"|keychain: no answer \(\w+\)"
    r"|cmdesk [\d.]+, Python [\d.]+, Qt [\d.]+, \w+ [\w.-]+"
    r"|\w+(\.\w+)*|  [\w.]+:\d+ [\w<>]+"  # a type; a place in our code
)


def test_a_whole_sitting_leaves_nothing_in_the_open(
    make: Make, tokens: Tokens, given: Path, report: Report
) -> None:
    sandbox = make()
    ended = sandbox.run("-m", "tests.leaks.tour", str(given), "quit", *WHOLE)
    assert ended.code == 0, ended.complained.decode()[-3000:]
    for field in fields(ended.said):
        tokens.of(field)
    swept = sweep(sandbox, tokens, GIVEN_AWAY)
    assert swept.files
    report(f"a sitting: {swept}\n{ended.said.decode()}")
    assert swept.found == []
    assert swept.given_away["Activity.csv"]  # the control
    assert said_of(ended.complained) == set()
    log = logged(sandbox)
    assert log.count("IntegrityError") >= 2  # the failures did come that far
    assert "LookupError" in log
    assert strange(log) == []
    assert sandbox_name_is_not_in(log, sandbox)
    struck = sandbox.run("-m", "tests.leaks.tour", str(given), "SIGSEGV")
    assert_nothing_told(sandbox, struck, signal.SIGSEGV, tokens)
    report(f"and a crash: {sweep(sandbox, tokens, GIVEN_AWAY)}")


def assert_nothing_told(
    sandbox: Sandbox, struck: Ended, strike: signal.Signals, tokens: Tokens
) -> None:
    """Hold a crash in an open chart to this: no core, and an account of places, not of values."""
    assert struck.code == -strike, struck.complained.decode()[-3000:]
    assert b"Current thread" in struck.complained
    assert tokens.hits(struck.complained) == []
    assert list(sandbox.home.rglob("core*")) == []
    assert sweep(sandbox, tokens, GIVEN_AWAY).found == []
    assert strange(logged(sandbox)) == []


PLACES = ("bring_in", "letter", "every_page", "read_chart", "log_contact", "consent", "hold",
          "documents", "working_day", "backups", "activity")  # fmt: skip


@pytest.mark.parametrize("strike", STRIKES)
@pytest.mark.parametrize("place", PLACES)
def test_what_a_crash_leaves_anywhere(
    place: str, strike: str, long: None, make: Make, tokens: Tokens, given: Path
) -> None:
    sandbox = make()
    steps = dict.fromkeys((*SHORT, place))
    ended = sandbox.run("-m", "tests.leaks.tour", str(given), strike, *steps)
    assert_nothing_told(sandbox, ended, signal.Signals[strike], tokens)


def test_no_failing_service_tells_what_it_was_about(
    long: None, make: Make, tokens: Tokens, given: Path, report: Report
) -> None:
    sandbox = make()
    steps = (*SHORT, "every_service")
    ended = sandbox.run("-m", "tests.leaks.tour", str(given), "quit", *steps)
    assert ended.code == 0, ended.complained.decode()[-3000:]
    swept = sweep(sandbox, tokens, GIVEN_AWAY)
    log = logged(sandbox)
    report(f"failing services: {swept}; {log.count('LookupError')} failures logged")
    assert swept.found == []
    assert log.count("LookupError") > 50
    assert strange(log) == []
    assert said_of(ended.complained) == set()


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may watch")
def test_printing_asks_this_computer_alone(
    long: None, make: Make, tokens: Tokens, given: Path
) -> None:
    """The system's print dialog speaks to the system's print service, which may be on a port."""
    sandbox = make()
    record = sandbox.notes.with_name("calls")
    words = ("strace", "-D", "-f", "-qq", "-e", "trace=connect,sendto", "-o", str(record))
    steps = (*SHORT, "printing")
    ended = sandbox.run(
        "-m", "tests.leaks.tour", str(given), "quit", *steps, sealed=False, under=words
    )
    assert ended.code == 0, ended.complained.decode()[-3000:]
    calls = [line for line in record.read_text().splitlines() if "AF_INET" in line]
    assert [line for line in calls if '"127.0.0.1"' not in line and '"::1"' not in line] == []
    assert sweep(sandbox, tokens, GIVEN_AWAY).found == []


def fields(said: bytes) -> list[str]:
    """Return the names of all that was given a word, as the program under test told them."""
    told = [line for line in said.decode().splitlines() if line.startswith(FIELDS)]
    return told[-1].split()[1:]


def said_of(complained: bytes) -> set[str]:
    """Return what was told on standard error, besides Qt's own remarks on having no screen."""
    told = set(complained.decode().splitlines()) - {""}
    return {line for line in told if not line.startswith(HARMLESS)}


def logged(sandbox: Sandbox) -> str:
    return "".join(path.read_text() for path in sorted(sandbox.home.rglob("cmdesk.log*")))


def strange(log: str) -> list[str]:
    """Return the lines that hold more than ids, counts, types and places."""
    told = [match[2] if (match := LINE.fullmatch(line)) else line for line in log.splitlines()]
    return [line for line in told if not OURS.fullmatch(line)]


def sandbox_name_is_not_in(log: str, sandbox: Sandbox) -> bool:
    """Whether no place on the disk is named: a folder may bear a client's name."""
    names = {sandbox.home.name, sandbox.desk.name, commands.VAULT, "Letter", "Sheet"}
    return not any(re.search(rf"\b{re.escape(name)}\b", log) for name in names)


def test_a_line_with_a_name_in_it_would_be_seen() -> None:
    """The control of what a log may hold."""
    start = "2026-03-09 10:00:00,123 INFO cmdesk.ui.desk: "
    account = "bug\ncmdesk 0.1.0, Python 3.11.7, Qt 6.9, Linux 6\nKeyError\n  cmdesk.app:12 main"
    assert strange(f"{start}rows took 12 ms\n{start}{account}\n") == []
    for said in ("Maya Brenner was saved", "KeyError: 'Maya'", "/home/nora/Maya.pdf took 3 ms"):
        assert strange(start + said) == [said]
