"""D13: a search index that drifted, an index or a trigger that is gone: found, and mended."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from cmdesk.casework import search
from cmdesk.store import check, engine
from cmdesk.store.header import RECORDS
from tests.hostile.conftest import Run
from tests.hostile.kept import Kept, examined

DRIFTS = {
    "row missing": (
        "INSERT INTO search_names (search_names, rowid, body) SELECT 'delete', id, body "
        "FROM search_names_source LIMIT 1"
    ),
    "row stale": "DROP TRIGGER search_person_update",
    "row extra": "INSERT INTO search (rowid, body) VALUES (999999, 'never written')",
    "index dropped": "DROP INDEX {index}",
    "trigger dropped": "DROP TRIGGER {trigger}",
    "table of the index emptied": "DELETE FROM search_data",
}


def spoil(kept: Kept, folder: Path, what: str) -> None:
    """Change the schema behind the program's back, as a foreign tool with the key could."""
    held = kept.fresh_keys()
    raw = engine.connect(folder / RECORDS, held, guarded=False)
    held.forget()
    named = {
        kind: raw.execute(
            "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL "
            "AND name NOT LIKE 'search%' ORDER BY name",
            (kind,),
        ).fetchall()
        for kind in ("index", "trigger")
    }
    statement = DRIFTS[what].format(
        index=named["index"][0][0], trigger=f'"{named["trigger"][0][0]}"'
    )
    raw.execute(statement)
    if what == "row stale":
        raw.execute("UPDATE person SET family_name = 'Moved' WHERE id = 1")
    raw.close()


@pytest.mark.parametrize("what", DRIFTS)
def test_drift_is_found_and_mended_and_search_is_complete_again(
    kept: Kept, folder: Path, run: Run, what: str
) -> None:
    spoil(kept, folder, what)
    found = examined(kept, folder)
    assert found, what
    assert all(finding.why and finding.do for finding in found)
    said = run("check", "a.cmdesk", "--mend", "--json")
    assert said.code in (0, 5), said.err
    assert examined(kept, folder) == []
    store = kept.open(folder)
    try:
        for name in ("Tess", "Brenner" if what != "row stale" else "Moved"):
            assert store.ask(search.search, name), name
    finally:
        store.close()


def test_control_the_databases_own_check_does_not_see_drift(kept: Kept, folder: Path) -> None:
    spoil(kept, folder, "row stale")
    store = kept.open(folder)
    try:
        assert store.examine(_own_check) == ["ok"]
        assert {finding.check for finding in check.check(store)} >= {"search"}
    finally:
        store.close()


def _own_check(connection: Connection, _key: bytearray) -> list[str]:
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
