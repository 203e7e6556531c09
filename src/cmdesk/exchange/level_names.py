"""Levels of care as they stand in tables: codes, or the names and short forms people write."""

import re
from functools import cache
from typing import Final, NamedTuple

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import code_of

UNKNOWN: Final = "It names a level of care that is not known here; it is kept in the notes."
_BETWEEN: Final = re.compile(r"[,;/|*&+\n]| and ", re.IGNORECASE)
# What people write for levels whose label or detail says it otherwise.
_SHORT: Final = {
    "day_treatment": LevelOfCare.MH_PHP,
    "extended": LevelOfCare.MH_EXTENDED_CARE,
    "in_patient": LevelOfCare.MH_INPATIENT_PSYCHIATRIC,
    "inpatient": LevelOfCare.MH_INPATIENT_PSYCHIATRIC,
    "intensive_outpatient_program": LevelOfCare.MH_IOP,
    "op": LevelOfCare.MH_OUTPATIENT_THERAPY,
    "outpatient": LevelOfCare.MH_OUTPATIENT_THERAPY,
    "partial": LevelOfCare.MH_PHP,
    "partial_hospitalization": LevelOfCare.MH_PHP,
    "partial_hospitalization_program": LevelOfCare.MH_PHP,
    "php": LevelOfCare.MH_PHP,
    "psychiatric_hospital": LevelOfCare.MH_INPATIENT_PSYCHIATRIC,
    "residential_treatment": LevelOfCare.MH_RESIDENTIAL,
    "residential_treatment_center": LevelOfCare.MH_RESIDENTIAL,
    "rtc": LevelOfCare.MH_RESIDENTIAL,
    "sober_house": LevelOfCare.SETTING_SOBER_LIVING,
    "sober_living_home": LevelOfCare.SETTING_SOBER_LIVING,
    "transitional_living": LevelOfCare.MH_TRANSITIONAL,
    "wilderness": LevelOfCare.MH_OUTDOOR,
    "wilderness_therapy": LevelOfCare.MH_OUTDOOR,
    "withdrawal_management": LevelOfCare.SETTING_DETOX,
}


class Levels(NamedTuple):
    """The codes a cell names, and its words that name none."""

    codes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def levels_in(cell: str) -> Levels:
    """Read a cell: codes parted by blanks, or names parted by commas, strokes or `and`."""
    if "/" not in cell and (whole := _named().get(code_of(cell))):
        return Levels((whole.value,))  # the name of one may hold a comma
    codes: list[str] = []
    unknown: list[str] = []
    for part in _BETWEEN.split(cell):
        tokens = part.split()
        if all(":" in token for token in tokens):
            codes += tokens
        elif known := _named().get(code_of(part)):
            codes.append(known.value)
        else:
            unknown.append(" ".join(tokens))
    return Levels(tuple(dict.fromkeys(codes)), tuple(unknown))


@cache
def _named() -> dict[str, LevelOfCare]:
    """Return the levels by all that names them; of two schemes that say the same, the first."""
    known = list(reversed(LevelOfCare))
    by_detail = {code_of(level.detail): level for level in known if level.detail}
    by_label = {code_of(level.label): level for level in known}
    return by_detail | by_label | _SHORT


__all__ = ["UNKNOWN", "Levels", "levels_in"]
