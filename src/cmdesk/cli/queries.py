"""Commands that only ask: disclosures, search, agenda."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from cmdesk.casework import agenda as due
from cmdesk.casework import clock, parties
from cmdesk.casework import disclosures as accounting
from cmdesk.casework import search as finding
from cmdesk.cli.opening import answer, opened, tell
from cmdesk.errors import Problem
from cmdesk.exchange import accounting_csv, placing
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.store.store import Store

GROUPS: Final = {
    Group.OVERDUE: "Overdue",
    Group.TODAY: "Today",
    Group.COMING: "Coming days",
    Group.UPDATES_DUE: "Family updates",
    Group.ENDING_SOON: "Ending soon",
    Group.MOVES: "Moves ahead with gaps",
    Group.REASSESS: "Time to reassess",
    Group.WAITING: "Waiting on others",
}


def disclosures(options: argparse.Namespace) -> None:
    with opened(options) as store:
        client_id = store.ask(parties.client_by_name, options.client) if options.client else None
        rows = store.ask(accounting.accounting, client_id)
        if options.csv:
            _as_table(store, client_id, Path(options.csv))
    if options.json:
        answer({"disclosures": rows})
        return
    if options.csv:
        tell(f"{options.csv}: {len(rows)} rows.")
        return
    for row in rows:
        print(f"{row['at_local']}  {row['recipient_name']}  {row['what']}  {row['basis']}")


def _as_table(store: Store, client_id: int | None, place: Path) -> None:
    """Write every field of every row for the owner alone, and note that it was taken out."""
    if client_id is None:
        raise Problem("A table is of one client.", "Say whose with --client.")
    placing.check([place])
    placing.set_beside(place, store.ask(accounting_csv.make, client_id))
    placing.publish([place])
    if not store.read_only:
        store.note("Exported a sharing log", "export")


def search(options: argparse.Namespace) -> None:
    with opened(options) as store:
        hits = store.ask(finding.search, options.text)
    if options.json:
        shown = ("kind", "ref", "title", "snippet")
        answer({"hits": [{key: asdict(hit)[key] for key in shown} for hit in hits]})
        return
    for hit in hits:
        print(f"{hit.kind}  {hit.title}  {hit.snippet}")


def agenda(options: argparse.Namespace) -> None:
    with opened(options) as store:
        day = options.on or store.ask(clock.today)
        found = store.ask(due.on, day, options.ahead)
        names = store.ask(parties.client_names)
    rows = [_plain(asdict(row)) for row in found]
    if options.json:
        answer({"on": day.isoformat(), "rows": rows})
        return
    for group, title in GROUPS.items():
        lines = [_line(row, names.get(row.client or "", "")) for row in found if row.group == group]
        if lines:
            print("\n".join([title, *lines]))


def _line(row: AgendaRow, client: str) -> str:
    """Say one row; most reasons of letters and consents are sentences that name their subject."""
    said = [row.why] if row.why.startswith(row.title) else [row.title, row.why]
    return "  ".join(["", row.due.isoformat(), *filter(None, (*said[:1], client, *said[1:]))])


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out the number, which means nothing outside, and what the group and reason say."""
    told = {name: value for name, value in row.items() if name not in ("record", "snoozed")}
    return told | {"due": row["due"].isoformat()}
