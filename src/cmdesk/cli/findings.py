"""Say what a check found in plain sentences: one for each kind, and once what to do."""

from collections.abc import Sequence
from typing import Final

from cmdesk.store.check import MOST, Finding

WHOLE: Final = "Everything is whole."
WHOLE_AS_SEEN: Final = (
    "Everything that can be looked at without writing is whole; the search index was not compared."
)
_DAMAGE: Final = {"pages", "database"}
_FOLLOWS: Final = {"references", "search"}  # can't be judged where the records can't be read
_ONE: Final = {
    "pages": "1 page of the records is damaged.",
    "references": "1 row of the records points at one that is gone.",
}
_MANY: Final = {
    "pages": "{count} pages of the records are damaged.",
    "references": "{count} rows of the records point at others that are gone.",
}
_READING: Final = "The records can't be read from end to end."


def told(findings: Sequence[Finding]) -> list[str]:
    """Return the lines to print: sentences that want the same remedy stand together before it."""
    kinds = {finding.check for finding in findings}
    left_out = _FOLLOWS if kinds & _DAMAGE else set[str]()
    remedies: dict[str, list[str]] = {}
    for kind in dict.fromkeys(finding.check for finding in findings):
        rows = [finding for finding in findings if finding.check == kind]
        if kind in left_out or (kind == "database" and "pages" in kinds):
            continue
        for do in dict.fromkeys(row.do for row in rows):
            whys = [row.why for row in rows if row.do == do]
            remedies.setdefault(do, []).extend(_sentences(kind, whys))
    return [line for do, sentences in remedies.items() for line in (*sentences, do) if line]


def _sentences(kind: str, whys: Sequence[str]) -> list[str]:
    if kind == "database":
        return [_READING]
    if kind not in _MANY or any(why.startswith("The check itself") for why in whys):
        return list(dict.fromkeys(whys))
    if len(whys) == 1:
        return [_ONE[kind]]
    count = f"{MOST} or more" if len(whys) >= MOST else str(len(whys))
    return [_MANY[kind].format(count=count)]
