"""Hold the rules to full branch coverage: read coverage's JSON, name what was never taken."""

import json
import sys
from pathlib import Path

HELD_TO_ALL = "src/cmdesk/rules/"


def main() -> int:
    files = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]
    held = {name: found for name, found in files.items() if HELD_TO_ALL in name.replace("\\", "/")}
    gaps = [f"{name}: {gap}" for name, found in sorted(held.items()) for gap in gaps_of(found)]
    if not held:
        gaps = [f"nothing under {HELD_TO_ALL} was measured"]
    for gap in gaps:
        print(f"not covered: {gap}", file=sys.stderr)
    return 1 if gaps else 0


def gaps_of(found: dict[str, list[int] | list[list[int]]]) -> list[str]:
    """Name the lines and branches of one file that no test took."""
    lines = [f"line {line}" for line in found["missing_lines"]]
    return lines + [f"branch {start} to {end}" for start, end in pairs(found)]


def pairs(found: dict[str, list[int] | list[list[int]]]) -> list[tuple[int, int]]:
    return [
        (branch[0], branch[1]) for branch in found["missing_branches"] if isinstance(branch, list)
    ]


if __name__ == "__main__":
    sys.exit(main())
