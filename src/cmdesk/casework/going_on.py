"""A letter that was begun or handed over already, to go on with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cmdesk.casework import begun, kept_copy
from cmdesk.casework.begun import Begun
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.drafts import Kept
from cmdesk.casework.verdicts import Judged
from cmdesk.models.update import UpdateCopy


def written_in(kept: Kept | None, copies: Sequence[UpdateCopy]) -> str:
    """Return the language of the letter that is gone on with; empty if there is none."""
    if kept is None:
        last = _last(copies)
        sent = kept_copy.letter(last) if last else None
        return sent.language if sent else ""
    letter: Mapping[str, Any] = kept.body.get("letter", dict[str, Any]())
    return str(letter.get("language", ""))


def _last(copies: Sequence[UpdateCopy]) -> UpdateCopy | None:
    """Find what was handed over last, of what did not come as lines alone."""
    return next((copy for copy in copies if copy.sections), None)


def as_sent(
    copies: Sequence[UpdateCopy], judged: Sequence[Judged], proposal: LetterDraft
) -> Begun | None:
    """Go on from the letter as it was handed over last.

    A copy does not say which lines the program wrote. Where the client is, what comes next, goals,
    dates and stays count as its own, so that they are proposed anew and judged by the consents of
    today.
    """
    last = _last(copies)
    letter = kept_copy.letter(last) if last else None
    if last is None or letter is None:
        return None
    numbers = {row.ref: row.entry_id for row in judged}
    shared = kept_copy.lines(last.shared, "entry", "text")
    told = {numbers.get(line["entry"]): line["text"] for line in shared}
    used = (part.entry_id for part in letter.passages if part.entry_id is not None)
    offered = {number: told.get(number, "") for number in used}
    hers = {line.label for line in proposal.glance if not line.text}
    own = tuple(line for line in letter.glance if line.label not in hers)
    made = begun.program_lines(replace(letter, glance=own))
    return Begun(replace(letter, replaces=0), offered, made)  # what it corrected is corrected
