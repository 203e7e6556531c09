import pytest

from cmdesk.rules.states import NAMES, state_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CT", "CT"),
        ("ct", "CT"),
        ("Connecticut", "CT"),
        (" new  york ", "NY"),
        ("Ontario", "Ontario"),
        ("", ""),
    ],
)
def test_a_state_is_read_by_its_letters_or_its_name(text: str, code: str) -> None:
    assert state_code(text) == code


def test_there_are_fifty_states_the_district_and_five_territories() -> None:
    assert len(NAMES) == len(set(NAMES.values())) == 56
    assert list(NAMES) == sorted(NAMES)
