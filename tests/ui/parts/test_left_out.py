"""Which parts a letter goes without, and where they come back."""

from cmdesk.rules.letter import WEEKLY
from cmdesk.ui.parts.left_out import listed, turned


def test_what_is_left_out_stays_in_its_place() -> None:
    less = turned(WEEKLY, WEEKLY, "goals")
    assert [part.key for part in less] == [each.key for each in WEEKLY if each.key != "goals"]
    assert listed(less, WEEKLY) == WEEKLY
    assert turned(less, WEEKLY, "goals") == WEEKLY


def test_a_letter_laid_out_otherwise_stays_as_it_is() -> None:
    for parts in (WEEKLY[::-1], WEEKLY[1:]):  # another order; without what is never left out
        assert listed(parts, WEEKLY) == parts
    assert listed(WEEKLY, ()) == WEEKLY
