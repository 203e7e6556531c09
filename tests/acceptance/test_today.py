"""The command line and the page of the day tell the same: one function, one order, one reason."""

from pathlib import Path

from cmdesk import clock as computer
from cmdesk.casework import clock, today
from cmdesk.cli.opening import METADATA
from cmdesk.exchange import practice_import, sample
from cmdesk.store import keys, vault
from tests.acceptance.conftest import PASSPHRASE, Run


def test_agenda_and_page_tell_the_same(run: Run, place: Path) -> None:
    folder, practice = place / "a.cmdesk", sample.practice(computer.system().date())
    held = keys.unlock(folder, PASSPHRASE)
    store = vault.open_store(folder, held, METADATA, computer.system)
    try:
        store.do("Sample", practice_import.bring_in, practice_import.read(practice))
        shown, day = store.ask(today.rows), store.ask(clock.today)
    finally:
        store.close()
    told = run("agenda", "a.cmdesk", "--on", day.isoformat(), "--json").json["rows"]
    assert len(told) > 20
    assert [(row["group"], row["kind"], row["ref"], row["due"], row["why"]) for row in told] == [
        (row.group.value, row.kind, row.ref, row.due.isoformat(), row.reason) for row in shown
    ]
    assert [row["client"] is None for row in told] == [row.client is None for row in shown]
