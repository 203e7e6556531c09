"""How far apart two places are, as the crow flies: miles, never pretended minutes."""

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

RADIUS: Final = 3958.8  # miles: the earth's mean radius (IUGG)
REACHES: Final = (25, 50, 100)  # miles, as the list can be narrowed by


class Point(NamedTuple):
    """A place in degrees."""

    latitude: float
    longitude: float


def miles(one: Point, other: Point) -> float:
    """Return the length of the great circle between two places, in miles."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(across / 2) ** 2
    return 2 * RADIUS * asin(min(1.0, sqrt(half)))


def five(zip_code: str) -> str:
    """Return the five digits of a ZIP, with the zeros a spreadsheet took away; else nothing.

    `7302` and `07302-1234` are `07302`; letters, or fewer than three digits, are no ZIP.
    """
    head, _, more = zip_code.strip().partition("-")
    digits = head.strip()
    if len(digits) in {8, 9} and not more:
        digits = digits.zfill(9)[:5]
    if not digits.isascii() or not digits.isdigit() or not 3 <= len(digits) <= 5:
        return ""
    return digits.zfill(5)
