"""The levels of two editions of the ASAM Criteria, told in each other's names (facts/rules.md 3.1).

Payers and programs still say the third edition's names. A stay keeps the level and the edition it
was recorded with; what it is called now stands beside it. Names only, no criteria.
"""

from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.speech import IN_ENGLISH, Speech

THIRD: Final = "asam3"
# Withdrawal care has no levels of its own any more: it is part of the medical ones.
NOW: Final = {
    LevelOfCare.ASAM3_1: LevelOfCare.ASAM4_1_5,
    LevelOfCare.ASAM3_OTP: LevelOfCare.ASAM4_1_7,
    LevelOfCare.ASAM3_2_1: LevelOfCare.ASAM4_2_1,
    LevelOfCare.ASAM3_2_5: LevelOfCare.ASAM4_2_5,
    LevelOfCare.ASAM3_3_1: LevelOfCare.ASAM4_3_1,
    LevelOfCare.ASAM3_3_5: LevelOfCare.ASAM4_3_5,
    LevelOfCare.ASAM3_3_7: LevelOfCare.ASAM4_3_7,
    LevelOfCare.ASAM3_4: LevelOfCare.ASAM4_4,
    LevelOfCare.ASAM3_1_WM: LevelOfCare.ASAM4_1_7,
    LevelOfCare.ASAM3_2_WM: LevelOfCare.ASAM4_2_7,
    LevelOfCare.ASAM3_3_7_WM: LevelOfCare.ASAM4_3_7,
    LevelOfCare.ASAM3_4_WM: LevelOfCare.ASAM4_4,
}


def now(level: str) -> LevelOfCare | None:
    """Return what a level of the third edition is called in the fourth; None: it has no such."""
    return NOW.get(LevelOfCare(level))


def told(level: str, language: Speech = IN_ENGLISH) -> str:
    """Name a level, one of the third edition in both editions' words."""
    if not level:
        return ""
    tr, known = language.tr, LevelOfCare(level)
    if known.scheme != THIRD:
        return tr(known.label)
    after = now(level)
    if after is None:
        return tr("{level} (3rd edition), not in the 4th").format(level=tr(known.label))
    both = tr("{level} (3rd edition) = {now} now")
    return both.format(level=tr(known.label), now=tr(after.label))


__all__ = ["NOW", "THIRD", "now", "told"]
