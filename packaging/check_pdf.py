"""Check every paper by three independent readers: veraPDF, qpdf, and our own structure walk.

`check_pdf.py [COUNT]`: every paper, Letter and A4, plain and sealed, and COUNT (300) by chance,
of which every tenth is sealed as well. veraPDF and qpdf are tools for checking and no part of the
program; the command named by CMDESK_VERAPDF takes [--pw=PASSWORD] and files, and answers 0 if all
of them are PDF/UA-1. Without either of them nothing is checked, and that is a failure.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.reports.papers import by_chance, every  # noqa: E402 - found by the line above
from tests.reports.structure import Structure  # noqa: E402

from cmdesk.reports.seal import seal  # noqa: E402
from cmdesk.rules.letter import Paper  # noqa: E402

OUT: Final = ROOT / "build/check-pdf"
PASSWORD: Final = "correct horse battery"  # noqa: S105 - of papers without anyone's words
SEED: Final = 20261123
AT_A_TIME: Final = 40  # files to one run of veraPDF
EVERY: Final = 10  # of the papers by chance one is sealed, too


def main(asked: list[str]) -> int:
    if missing := lacking():
        print(missing, file=sys.stderr)
        return 2
    count = int(asked[0]) if asked else 300
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    plain = list(made(count))
    locked = [sealed(path) for path in plain if is_sealed(path)]
    faults = 0
    for files, password in ((plain, ""), (locked, PASSWORD)):
        for complaint in (
            *walked(files, password), *qpdf(files, password), *verapdf(files, password)
        ):  # fmt: skip
            print(complaint)
            faults += 1
    print(f"{len(plain)} papers plain, {len(locked)} sealed: {faults} findings")
    return 1 if faults else 0


def lacking() -> str:
    """Say in one sentence which of the tools is not here; empty when both are."""
    named = shlex.split(os.environ.get("CMDESK_VERAPDF", ""))
    missing: list[str] = []
    if not shutil.which("qpdf"):
        missing.append("qpdf (Debian: apt-get install qpdf)")
    if not named:
        missing.append("veraPDF (CMDESK_VERAPDF names no command)")
    elif not shutil.which(named[0]):
        missing.append(f"veraPDF (CMDESK_VERAPDF names {named[0]}, which is no command)")
    what = " and ".join(missing)
    return f"Nothing was checked, because this is missing: {what}." if what else ""


def is_sealed(path: Path) -> bool:
    """Whether a paper is checked sealed, too: all but those by chance, and a sample of these."""
    kind, _, number = path.stem.partition("-")
    return kind != "chance" or int(number) % EVERY == 0


def made(count: int) -> Iterator[Path]:
    """Write the papers; the same ones each time."""
    for paper in Paper:
        for name, data in every(paper):
            path = OUT / f"{name}-{paper}.pdf"
            path.write_bytes(data)
            yield path
    for number, data in enumerate(by_chance(count, SEED)):
        path = OUT / f"chance-{number:04}.pdf"
        path.write_bytes(data)
        yield path


def sealed(path: Path) -> Path:
    target = path.with_stem(f"{path.stem}-sealed")
    target.write_bytes(seal(path.read_bytes(), PASSWORD))
    return target


def walked(paths: list[Path], password: str) -> list[str]:
    return [
        f"{path.name}: {problem}"
        for path in paths
        for problem in Structure(path.read_bytes(), password).problems
    ]


def qpdf(paths: list[Path], password: str) -> list[str]:
    """Complain of files that qpdf can't read without a warning."""
    found: list[str] = []
    for path in paths:
        asked = ["qpdf", f"--password={password}", "--check", str(path)]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        found += [f"{path.name}: {answer.stderr.strip()}"] if answer.returncode else []
    return found


def verapdf(paths: list[Path], password: str) -> list[str]:
    """Complain of files that break a rule of PDF/UA-1."""
    tool = shlex.split(os.environ["CMDESK_VERAPDF"])
    found: list[str] = []
    for start in range(0, len(paths), AT_A_TIME):
        some = [str(path) for path in paths[start : start + AT_A_TIME]]
        asked = [*tool, *([f"--pw={password}"] if password else []), *some]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        lines = answer.stdout.splitlines()
        bad = [line for line in lines if "compliant=false" in line]
        if answer.returncode and not bad:
            bad = [(answer.stderr or answer.stdout).strip()]
        found += bad
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
