"""Rows of a practice file, sound unless a test says otherwise, and how they are judged."""

import json
from pathlib import Path
from typing import Any, Final

from tests.acceptance.conftest import Run

Row = dict[str, Any]

DAY: Final = "2026-03-10"
PRACTICE: Final = {"name": "W", "practitioner": "N", "time_zone": "America/New_York"}
STATEMENTS: Final = {"revocation": True, "conditioning": True, "redisclosure": True}


def consent(ref: str, kind: str = "hipaa", **given: Any) -> Row:
    sound: Row = {
        "ref": ref,
        "kind": kind,
        "recipients": ["p-diane"],
        "topics": ["attendance", "progress"],
        "purpose": "Family support",
        "signed_on": "2026-01-28",
        "expires_on": "2026-12-31",
        "signer": "client",
        "form_on_file": True,
        "statements": STATEMENTS,
    }
    return sound | given


def entry(ref: str, **given: Any) -> Row:
    plain: Row = {
        "ref": ref,
        "occurred_at": "2026-03-06T11:00:00-05:00",
        "status": "signed",
        "part2": "no",
        "topics": ["progress"],
        "family_line": f"Line of {ref}.",
    }
    return plain | given


def client(ref: str, **given: Any) -> Row:
    return {"ref": ref, "given_name": "Maya", "born": "1990-01-01"} | given


def bring_in(run: Run, place: Path, clients: list[Row]) -> None:
    circle = ("diane", "tess", "mo", "gus")
    practice = {
        "format": "cmdesk-practice",
        "version": 1,
        "practice": PRACTICE,
        "people": [{"ref": f"p-{name}", "given_name": name.title()} for name in circle],
        "organisations": [{"ref": "o-still", "name": "Still"}, {"ref": "o-else", "name": "Else"}],
        "clients": clients,
    }
    (place / "rules.json").write_text(json.dumps(practice), "utf-8")
    said = run("import", "a.cmdesk", "rules.json")
    assert said.code == 0, said.err


def judged(run: Run, who: str, reader: str = "p-diane", on: str = DAY, **period: str) -> list[Row]:
    first, last = period.get("first", "2026-03-01"), period.get("last", "2026-03-31")
    said = run(
        "verdicts", "a.cmdesk", "--client", who, "--to", reader,
        "--from", first, "--until", last, "--on", on, "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    return said.json["entries"]
