"""What keeps a letter from leaving, in words."""

from typing import Protocol

from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.rules.consent import Outcome
from cmdesk.rules.promises import Promise
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.finish_area import FinishArea
from cmdesk.ui.parts.watching import Watching


class Standing(Protocol):
    """The letter in front, as far as it stands."""

    place: Workplace | None
    finishing: FinishArea
    watching: Watching

    @property
    def left(self) -> bool: ...
    @property
    def to_fix(self) -> int: ...
    def typed(self) -> Begun | None: ...
    def waiting(self) -> list[Promise]: ...


def why_not(desk: Desk, letter: Standing) -> str:
    """Say what keeps the letter from leaving; empty when nothing does."""
    tr, place, typed = desk.words.tr, letter.place, letter.typed()
    if place is None or typed is None or nothing_to_share(desk, place)[0]:
        return tr("Nothing may be shared")
    reasons = (
        (letter.finishing.busy, tr("The letter is being handed over")),
        (letter.left, tr("It was handed over. Correct it to write another copy")),
        (bool(letter.to_fix), tr("Remove what can’t be sent first")),
        (bool(letter.waiting()), tr("Say what became of what you promised")),
        (not letter.watching.ready, tr("Checking names…")),
        (letter_acts.is_empty(place, typed.letter), tr("Write at least one paragraph")),
        (place.way.do_not_contact, tr("Marked “do not contact” in the circle")),
    )
    return next((why for holds, why in reasons if holds), "")


def nothing_to_share(desk: Desk, place: Workplace) -> tuple[str, str]:
    """Say in a heading and a sentence why there can be no letter; empty while there can."""
    tr, name = desk.words.tr, desk.privacy.name(place.party.called)
    if place.no_consent:
        heading = tr("Nothing can be shared with {name}").format(name=name)
        return heading, f"{place.no_consent}."
    if place.template.by_hand:
        return "", ""  # typed words alone make it
    if not place.materials:
        return tr("Nothing was logged this week"), tr("Log what happened, or choose another week.")
    if any(row.verdict.text for row in place.materials):
        return "", ""
    if any(row.verdict.outcome != Outcome.KEEP_BACK for row in place.materials):
        return tr("Nothing is written yet"), tr("Write a line for an entry on the left.")
    return tr("All of this week is kept back"), tr("The reasons stand on the left.")
