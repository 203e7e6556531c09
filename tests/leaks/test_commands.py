"""Every command of the command line, recorded: nothing in the open but what was asked for."""

from pathlib import Path

import pytest

from cmdesk.cli.main import COMMANDS
from cmdesk.models import complete
from tests.leaks import commands, filling
from tests.leaks.conftest import Make, Report
from tests.leaks.sweeping import sweep
from tests.leaks.tokens import Tokens

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("leaks")]


def test_no_command_leaves_anything_in_the_open(
    make: Make, tokens: Tokens, given: Path, report: Report
) -> None:
    sandbox = make()
    ended = sandbox.run("-m", "tests.leaks.commands", str(given))
    assert ended.code == 0, ended.complained.decode()[-3000:]
    code = (sandbox.desk / "Code.txt").read_bytes()
    columns = {str(column) for column in filling.written_by_people(complete())}
    for column in columns:
        tokens.of(column)
    swept = sweep(sandbox, tokens, commands.GIVEN_AWAY, [code])
    report(f"every command: {swept}")
    assert swept.found == []
    exported = swept.given_away["Export"]
    assert len(exported & columns) > 150  # the control: what is exported is found
    assert ended.complained.count(b"bug of ours") == 0


def test_every_command_is_run() -> None:
    told = Path(commands.__file__).read_text()
    assert [name for name in COMMANDS if f'run("{name}"' not in told] == []
