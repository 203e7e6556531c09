"""What the line fills in, and what it leaves alone because it was changed by hand."""

from dataclasses import replace
from typing import Final

from cmdesk.casework import quick_log
from cmdesk.casework.quick_log import Known
from cmdesk.rules.log import LogDraft
from cmdesk.rules.logline import Line

FILLED: Final = (
    "client_id", "participants", "minutes", "day", "at", "kind", "method", "direction", "outcome",
    "follow_up", "follow_up_on", "miles", "expense_cents",
)  # fmt: skip
# These mean something only together: who changes one of them by hand has decided on all.
TOGETHER: Final = (frozenset({"kind", "method"}), frozenset({"follow_up", "follow_up_on"}))


class Filling:
    """Keeps apart what the line says and what the user has changed in the fields since.

    `base` is the contact as it was before anything stood in the line.
    """

    def __init__(self, base: LogDraft, by_hand: frozenset[str] = frozenset()) -> None:
        self.base, self.by_hand = base, by_hand & frozenset(FILLED)
        self._topics: tuple[str, ...] = ()
        self._declined: set[str] = set()  # topics of the line that were taken away by hand

    def fill(self, line: Line, known: Known, shown: LogDraft) -> LogDraft:
        """Give the contact as it is to be shown now; without a word for it, a field goes back."""
        said = quick_log.draft(line, known, self.base)
        own = {name: getattr(said, name) for name in FILLED if name not in self.by_hand}
        self._declined |= {topic for topic in self._topics if topic not in shown.topics}
        self._declined &= set(line.topics)
        kept = [topic for topic in shown.topics if topic not in self._topics]
        new = [topic for topic in line.topics if topic not in self._declined]
        self._topics = tuple(line.topics)
        return replace(shown, topics=tuple(dict.fromkeys((*kept, *new))), **own)

    def notice(self, before: LogDraft, after: LogDraft) -> None:
        """Remember what the user has changed: the line no longer has a say in it."""
        changed = {name for name in FILLED if getattr(before, name) != getattr(after, name)}
        for group in TOGETHER:
            if changed & group:
                changed |= group
        self.by_hand |= changed


def told(narrative: str, summary: str) -> str:
    """Say what happened: the text, and after it the words of the line that say nothing else."""
    text, words = narrative.strip(), summary.strip()
    if not words or words.casefold() in text.casefold():
        return narrative
    words = words[:1].upper() + words[1:]
    return f"{text}\n{words}" if text else words
