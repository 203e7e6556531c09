"""A recorder, words of one's own, and the files that a practice would bring in."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.clock import system
from cmdesk.exchange import sample
from tests.leaks import filling, recording
from tests.leaks.recording import Sandbox
from tests.leaks.tokens import Tokens
from tests.records import clock, maya, mayas_case, store, template

__all__ = ["clock", "maya", "mayas_case", "store", "template"]

_LETTERS = "bcdfghjkmpqtvwxz"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = recording.missing()
    if missing:
        pytest.skip(missing)
    return recording.build(tmp_path_factory.mktemp("recorder"))


@pytest.fixture(scope="session")
def tokens() -> Tokens:
    """Give words that no language has."""
    return Tokens("".join(secrets.choice(_LETTERS) for _ in range(10)))


@pytest.fixture(scope="session")
def given(tokens: Tokens, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of what is handed to the program: it is not the program's doing."""
    place = tmp_path_factory.mktemp("given")
    told = sample.practice(system().date())
    (place / "practice.json").write_bytes(filling.practice(told, tokens))
    (place / "broken.json").write_bytes(filling.practice(told, tokens).replace(b"]", b"", 1))
    called, noted = tokens.of("card.name"), tokens.of("card.note")
    card = (
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{called} Lee\nN:Lee;{called};;;\nNOTE:{noted}\nEND:VCARD\n"
    )
    (place / "people.vcf").write_text(card)
    chosen = place / f"{tokens.of('chosen.file_name')}.pdf"
    chosen.write_bytes(filling.letter(tokens.of("chosen.content")))
    for name in ("passphrase", "second", "wrong", "pdf-password"):
        (place / name).write_text(f"open it by {tokens.of(name)}\n")
    return place


Make = Callable[[], Sandbox]
Report = Callable[[str], None]


@pytest.fixture
def make(library: Path, tokens: Tokens, tmp_path: Path) -> Make:
    """Return a function that makes a home for one more program."""
    made = list[Sandbox]()

    def another() -> Sandbox:
        made.append(Sandbox(tmp_path / str(len(made)), library, tokens.beginning))
        return made[-1]

    return another


@pytest.fixture
def long(request: pytest.FixtureRequest) -> None:
    """Leave what takes minutes to `make torture`."""
    if not request.config.getoption("--torture"):
        pytest.skip("in the long run")


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Return a function that puts a line under the run."""

    def add(line: str) -> None:
        request.node.user_properties.append(("leaks", line))

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for outcome in ("passed", "failed"):
        for told in terminalreporter.getreports(outcome):
            for name, line in told.user_properties if told.when == "call" else ():
                if name == "leaks":
                    terminalreporter.write_line(f"leaks: {line}")
