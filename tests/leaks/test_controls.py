"""Recorder and search notice what must never happen; without these, finding nothing is nothing."""

import signal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.models import complete
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.leaks import filling
from tests.leaks.conftest import Make
from tests.leaks.sweeping import sweep
from tests.leaks.tokens import Tokens
from tests.records import Maya

pytestmark = pytest.mark.xdist_group("leaks")


@pytest.mark.parametrize(
    "control", ["sort_on_disk", "log_an_error", "write_past_python", "name_a_file"]
)
def test_what_stands_in_the_open_is_found(control: str, make: Make, tokens: Tokens) -> None:
    sandbox = make()
    ended = sandbox.run("-m", "tests.leaks.controls", control)
    assert ended.code == 0, ended.complained.decode()
    found = sweep(sandbox, tokens, ()).found
    assert found
    if control == "log_an_error":
        assert all("control.log" in each for each in found)
    else:
        assert list(sandbox.home.rglob(f"*{tokens.beginning}*")) == []
        assert not any(tokens.beginning.encode() in p.read_bytes() for p in files(sandbox.home))


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_way_out_of_this_computer_ends_the_program(make: Make) -> None:
    assert make().run("-m", "tests.leaks.controls", "reach_out").code == -signal.SIGSYS
    assert make().run("-m", "tests.leaks.controls", "reach_out", sealed=False).code == 0


def test_every_column_somebody_may_write_in_gets_its_word(
    store: Store, maya: Maya, tokens: Tokens
) -> None:
    filled = store.do(Label("Fill", undoable=False), filling.fill, tokens)
    assert len(filled) > 150

    def without(session: Session) -> list[str]:
        return [
            str(column)
            for column in filling.written_by_people(complete())
            if not session.scalar(
                text(
                    f'SELECT count(*) FROM "{column.table.name}" WHERE instr("{column.name}", :w)'
                ),
                {"w": tokens.of(str(column))},
            )
        ]

    assert store.ask(without) == []
