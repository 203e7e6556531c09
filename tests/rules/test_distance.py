"""Distances, and ZIPs as people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.distance import RADIUS, Point, five, miles

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
BROOKLYN, ALBANY = Point(40.694, -73.9903), Point(42.6526, -73.7562)


def test_a_known_distance() -> None:
    assert miles(BROOKLYN, ALBANY) == pytest.approx(135.9, abs=0.5)
    assert miles(Point(0, 0), Point(0, 180)) == pytest.approx(3.14159265 * RADIUS)


@given(POINTS, POINTS)
def test_there_is_as_far_as_back_and_no_farther_than_half_around(one: Point, other: Point) -> None:
    assert miles(one, other) == pytest.approx(miles(other, one))
    assert 0 <= miles(one, other) <= 3.1416 * RADIUS
    assert miles(one, one) == 0


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("11201", "11201"),
        ("7302", "07302"),
        ("501", "00501"),
        (" 07302-1234 ", "07302"),
        ("112011234", "11201"),
        ("73021234", "07302"),
        ("", ""),
        ("12", ""),
        ("1120A", ""),
        ("112012", ""),
        ("١١٢٠١", ""),
    ],
)
def test_a_zip_is_read_with_the_zeros_it_lost(typed: str, read: str) -> None:
    assert five(typed) == read
