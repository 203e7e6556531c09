"""Fuzz one target for some seconds: `python -m tests.hostile.fuzz header 600 FOLDER`.

Coverage of our own modules guides the changes (atheris, on Linux alone). Stops with 77 at the first
exception that is no Problem; the input that led there stays in FOLDER, the summary goes to
standard output.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

atheris: Any = import_module("atheris")  # installed for the long run alone

with atheris.instrument_imports(include=["cmdesk", "vobject", "json"]):
    from tests.hostile import seeds
    from tests.hostile.targets import TARGETS, refused

LONGEST = 65_600  # bytes: a header and then some


def planted(data: bytes) -> None:
    """A target with a bug, to see that one would be found."""
    if data[:2] == b"{]":
        raise KeyError


def main() -> None:
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    corpus = folder / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds.of(name) if name in TARGETS else [b"{"]):
        (corpus / f"seed-{number}").write_bytes(seed)
    target = TARGETS.get(name, planted)
    tried = 0

    def one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        if tried % 1_000 == 0:
            (folder / f"tried-{name}").write_text(str(tried))
        refused(target, data)

    options = [
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        "-timeout=20",
        "-rss_limit_mb=1024",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
