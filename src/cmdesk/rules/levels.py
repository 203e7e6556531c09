"""How much support a level of care gives: an order to draw levels by, no criterion for anything."""

import re
from typing import Final

MOST: Final = 7  # a hospital
HOME, OUTPATIENT, SHARED_HOME, INTENSIVE, RESIDENTIAL, MEDICAL = 1, 2, 3, 3, 5, 6
DAY_PROGRAM: Final = 4
DAY_AND_NIGHT: Final = 5  # the support from which somebody lives where they are cared for

_BY_CODE: Final = {
    "asam4:rr": SHARED_HOME,
    "asam3:otp": OUTPATIENT,
    "mh:outpatient_therapy": OUTPATIENT,
    "mh:medication_management_only": HOME,
    "mh:iop": INTENSIVE,
    "mh:php": DAY_PROGRAM,
    "mh:crisis_stabilisation": MEDICAL,
    "mh:transitional": SHARED_HOME,
    "mh:state_hospital": MOST,
    "setting:ed": MOST,
    "setting:detox": MEDICAL,
    "setting:medical_inpatient": MOST,
    "setting:sober_living": SHARED_HOME,
    "setting:sober_companion_at_home": SHARED_HOME,
    "setting:home_with_services": OUTPATIENT,
    "setting:home_without_services": HOME,
    "setting:college_recovery_program": OUTPATIENT,
    "setting:jail": HOME,
    "setting:unhoused": 0,
    "setting:missing": 0,
}
# ASAM and LOCUS number their levels; the first figure tells the setting.
_BY_NUMBER: Final = {
    "0": HOME,
    "1": OUTPATIENT,
    "2": INTENSIVE,
    "3": RESIDENTIAL,
    "4": MOST,
}
_BY_LOCUS: Final = (HOME, HOME, OUTPATIENT, INTENSIVE, DAY_PROGRAM, RESIDENTIAL, MOST)
_MEDICAL: Final = re.compile(r"asam\d:3\.7")
_DAY: Final = re.compile(r"asam\d:2\.[5-9]|.*_php$")
_INPATIENT: Final = re.compile(r"mh:.*inpatient")
_INTENSIVE: Final = re.compile(r"mh:.*_iop$")


def support(level: str) -> int:
    """Return 0 (none) to 7 (a hospital) for the code of a level; of an unknown one, 1."""
    if level in _BY_CODE:
        return _BY_CODE[level]
    for pattern, found in (
        (_MEDICAL, MEDICAL),
        (_DAY, DAY_PROGRAM),
        (_INPATIENT, MOST),
        (_INTENSIVE, INTENSIVE),
    ):
        if pattern.match(level):
            return found
    scheme, _, number = level.partition(":")
    if scheme == "locus" and number in tuple("0123456"):
        return _BY_LOCUS[int(number)]
    if scheme.startswith("asam"):
        return _BY_NUMBER.get(number[:1], HOME)
    if scheme == "narr":
        return SHARED_HOME
    return RESIDENTIAL if scheme == "mh" else HOME
