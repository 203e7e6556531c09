"""What outside programs do to a command: streams that are closed, signals, places gone."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cmdesk.cli.ending import ended_as_interrupted
from cmdesk.errors import Damaged
from tests.acceptance.conftest import Run
from tests.acceptance.test_bad_input import one_sentence

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and closed streams of POSIX")


def test_a_closed_standard_input_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    said = run("recover", "a.cmdesk", "--recovery-file", "-", "--new-passphrase-file", "passphrase")
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)


def test_an_answer_that_nobody_takes_is_no_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (0, "")
    assert "bug" not in said.err


def test_a_data_folder_that_can_not_be_stops_nothing(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cmdesk.folders.data", lambda: place / "passphrase" / "data")
    said = run("agenda", "a.cmdesk", "--json")
    assert said.code == 0
    assert len(said.err.splitlines()) <= 1


def test_recovering_tells_a_damaged_header_too(run: Run, place: Path) -> None:
    assert run("new", "b.cmdesk", "--recovery-out", "code").code == 0
    header = place / "b.cmdesk" / "header.json"
    header.write_bytes(b"torn")
    given = (
        "recover",
        "b.cmdesk",
        "--recovery-file",
        "code",
        "--new-passphrase-file",
        "passphrase",
    )
    said = run(*given)
    assert (said.code, said.out) == (5, "")
    assert one_sentence(said.err)
    assert header.read_bytes() == b"torn"
    said = run("check", "b.cmdesk", "--mend", "--json")
    assert said.json == {"ok": True, "findings": []}
    assert "copy is put in its place" in said.err
    assert (header.parent / "header.json.damaged").read_bytes() == b"torn"
    assert run(*given).code == 0


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_told_to_end_says_so(place: Path, number: signal.Signals) -> None:
    os.mkfifo(place / "asked")
    command = [sys.executable, "-m", "cmdesk", "backup", "a.cmdesk", "--to", "drive",
               "--passphrase-file", "asked"]  # fmt: skip
    running = subprocess.Popen(
        command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with (place / "asked").open("wb"):  # as soon as it waits for the passphrase
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert one_sentence(err)
    assert not (place / "drive").exists()


@posix
def test_what_was_begun_is_undone_and_signals_are_as_before() -> None:
    undone: list[bool] = []

    def work() -> None:
        with ended_as_interrupted():
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            finally:
                undone.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert undone
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@posix
def test_an_interrupted_question_is_no_damage() -> None:
    def work() -> None:
        with ended_as_interrupted():
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                raise Damaged("The records are damaged.") from None  # as SQLite tells it

    with pytest.raises(KeyboardInterrupt):
        work()
    with pytest.raises(Damaged), ended_as_interrupted():
        raise Damaged("The records are damaged.")


def test_beside_the_main_thread_nothing_is_listened_to() -> None:
    seen: list[object] = []

    def command() -> None:
        with ended_as_interrupted():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=command)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]
