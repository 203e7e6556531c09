"""Commands about letters: what may be said, and saying it."""

import argparse
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.casework import parties, updates
from cmdesk.casework import verdicts as judging
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Findings
from cmdesk.cli.opening import answer, opened, tell
from cmdesk.cli.secret import secret
from cmdesk.errors import NothingToShare
from cmdesk.handover import Handover, Request, hand_over
from cmdesk.rules.letter_template import WEEKLY
from cmdesk.store.journal import Label


def _who(session: Session, client: str, reader: str) -> tuple[int, Party]:
    return parties.client_by_name(session, client), parties.party_by_name(session, reader)


def verdicts(options: argparse.Namespace) -> None:
    """Judge every entry of the period; nothing is recorded but the unlock."""
    with opened(options) as store:
        client_id, party = store.ask(_who, options.client, options.to)
        judged = store.ask(
            judging.of_period, client_id, party, options.first, options.last, options.on
        )
    entries = [
        {
            "entry": row.ref,
            "verdict": row.verdict.outcome.value,
            "rule": row.verdict.rule,
            "text": row.verdict.text,
            "consent": row.verdict.consent,
            "why": row.verdict.why,
        }
        for row in judged
    ]
    if options.json:
        answer({"entries": entries})
        return
    if not entries:
        tell("There is no entry in this period. Look at its dates.")
    for entry in entries:
        print(f"{entry['entry']}  {entry['verdict']}  rule {entry['rule']}  {entry['why']}")


def update(options: argparse.Namespace) -> int:
    """Compose, release and write one family update, and record the disclosure."""
    password = secret(options.pdf_password_file) if options.pdf_password_file else None
    with opened(options) as store:
        client_id, party = store.ask(_who, options.client, options.to)
        request = Request(
            client_id=client_id,
            party=party,
            first=options.first,
            last=options.last,
            target=Path(options.out),
            password=password,
            plain=options.plain,
            email=Path(options.eml) if options.eml else None,
        )
        said = f"Hand over an update to {party.full_name}"
        label = Label(said, undoable=False, kind="disclosure")
        try:
            made = hand_over(store, label, request)
        except NothingToShare as nothing:
            if options.json:
                found = store.ask(_findings, client_id, party, options)
                answer(_nothing(found))
            tell(f"cmdesk: {nothing}")
            return nothing.exit_code
    if options.json:
        answer(_made(made))
    pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
    tell(f"{made.target}: {pages} for {party.full_name}.")
    return 0


def _findings(
    session: Session, client_id: int, party: Party, options: argparse.Namespace
) -> Findings:
    about = updates.case(session, client_id, party, options.first, options.last, template=WEEKLY)
    return updates.findings(updates.judged(session, about))


def _kept_back(found: Findings) -> dict[str, Any]:
    return {
        "unwritten": list(found.unwritten),
        "kept_back": [
            {"entry": kept.entry, "rule": kept.rule, "why": kept.why} for kept in found.kept_back
        ],
    }


def _nothing(found: Findings) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(
        ("pdf", "pages", "sha256", "disclosure", "consent", "encrypted")
    )
    return empty | {"consents": list[str](), "shared": list[str]()} | _kept_back(found)


def _made(made: Handover) -> dict[str, Any]:
    found = made.released.findings
    shared = [
        {
            "entry": line.entry,
            "verdict": line.verdict,
            "rule": line.rule,
            "consent": line.consent,
            "text": line.text,
        }
        for line in found.shared
    ]
    return {
        "pdf": str(made.target),
        "pages": made.pages,
        "sha256": made.sha256,
        "disclosure": made.disclosure,
        "consent": made.released.consent,
        "consents": list(made.released.consents),
        "encrypted": made.encrypted,
        "shared": shared,
    } | _kept_back(found)
