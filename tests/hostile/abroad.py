"""Use a vault through the command line under whatever locale and path this process has been given.

`python -m tests.hostile.abroad VAULT PLACE [briefly]` prints one JSON document of what came
out, without what differs from run to run anyway; tests compare it with what comes out at home.
"""

import io
import json
import locale
import os
import re
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from cmdesk.cli.main import main as command
from tests.records import PASSPHRASE, example
from tests.reports.structure import Structure

LOCK = "fifteen quiet lanterns"
# What differs from run to run: uids, moments of today, hashes.
UID = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9T:-]{19}\.\d{6}\+00:00|[0-9a-f]{64}"
)
WEEK = ("--client", "Maya", "--to", "Diane", "--from", "2026-03-02", "--until", "2026-03-08")
TABLE = "given name;family name;phone;latitude\nİlker;Şahin;+90 212 555 0110;1,5\nAli;İz;1;2\n"


def ran(place: Path, *words: str) -> tuple[int, str]:
    """Run one command; return its exit code and what it wrote to standard output."""
    out = io.TextIOWrapper(io.BytesIO(), sys.stdout.encoding, sys.stdout.errors)
    errors = io.StringIO()
    given = [*words]
    if "--recovery-file" not in words:
        given += ["--passphrase-file", str(place / "passphrase")]
    with redirect_stdout(out), redirect_stderr(errors):
        try:
            code = command(given)
        except SystemExit as left:
            code = int(left.code or 0)
        out.flush()
    if code or "bug of ours" in errors.getvalue():
        sys.stderr.write(f"{words} {errors.getvalue()}\n")
    return code, out.buffer.getvalue().decode("utf-8")  # pyright: ignore[reportAttributeAccessIssue] - made above


def told(vault: Path, place: Path, *, briefly: bool) -> dict[str, Any]:
    (place / "passphrase").write_text(PASSPHRASE, "utf-8")
    (place / "lock").write_text(LOCK, "utf-8")
    (place / "people.csv").write_text(TABLE, "utf-8")
    practice = example()
    practice["clients"][0]["consents"][0]["expires_on"] = "2099-12-31"
    (place / "practice.json").write_text(json.dumps(practice), "utf-8")
    codes: dict[str, int] = {}
    found: dict[str, Any] = {"codes": codes}

    def note(name: str, *words: str, keep: str = "") -> Any:
        code, out = ran(place, *words)
        answer: Any = json.loads(out) if out.startswith("{") else {}
        codes[name] = code
        found[name] = answer.get(keep) if keep else None
        return answer

    files = (str(place / "practice.json"), str(place / "people.csv"))
    taken = note("import", "import", str(vault), *files, "--json")["files"]
    found["taken"] = [[each[key] for key in ("kind", "added", "skipped")] for each in taken]
    for typed in ("şahin", "DIANE"):
        note(f"search {typed}", "search", str(vault), typed, "--json", keep="hits")
    note("agenda", "agenda", str(vault), "--on", "2026-03-10", "--json", keep="rows")
    note("verdicts", "verdicts", str(vault), *WEEK, "--json", keep="entries")
    if briefly:
        return found
    note("export", "export", str(vault), "--out", str(place / "out"), "--json")
    found["practice"] = (place / "out" / "practice.json").read_text("utf-8")
    found["tables"] = sorted(file.name for file in (place / "out" / "tables").iterdir())
    letter = ("--out", str(place / "letter.pdf"), "--pdf-password-file", str(place / "lock"))
    note("update", "update", str(vault), *WEEK, *letter, "--json", keep="shared")
    found["letter"] = Structure((place / "letter.pdf").read_bytes(), LOCK).words
    made = note("backup", "backup", str(vault), "--to", str(place / "backups"), "--json")
    file = next((place / "backups").glob("*.cmbak"))
    found["backup named"] = os.fsencode(made["file"]) == os.fsencode(file)
    by_code = ("--recovery-file", str(vault.with_suffix(".code")))
    note("verify", "verify", str(file), *by_code, "--json")
    note("restore", "restore", str(file), "--to", str(place / "back.cmdesk"), *by_code)
    note("check", "check", str(place / "back.cmdesk"), "--json", keep="findings")
    return found


def main() -> None:
    with suppress(locale.Error):  # as Qt does when a window is opened
        locale.setlocale(locale.LC_ALL, "")
    vault, place = map(Path, sys.argv[1:3])
    briefly = sys.argv[3:] == ["briefly"]
    document = {
        "locale": locale.setlocale(locale.LC_ALL),
        "told": told(vault, place, briefly=briefly),
    }
    sys.stdout.buffer.write(UID.sub("uid", json.dumps(document)).encode())


if __name__ == "__main__":
    main()
