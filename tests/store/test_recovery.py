import pytest

from cmdesk.errors import WrongSecret
from cmdesk.store.recovery import new_code, parse_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_is_read_as_people_type_it() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [5] * 7
    secret = parse_code(code)
    assert len(secret) == 20
    typed = code.lower().replace("0", "o").replace("1", "l").replace("-", "  ") + "\n"
    assert parse_code(typed) == secret
    assert parse_code(code.replace("1", "I")) == secret


@pytest.mark.parametrize("_code", range(5))
def test_every_wrong_character_is_noticed(_code: int) -> None:
    code = new_code().replace("-", "")
    tried = 0
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(WrongSecret, match="typing mistake"):
                parse_code(code[:place] + wrong + code[place + 1 :])
            tried += 1
    assert tried == 1085


@pytest.mark.parametrize("_code", range(50))
def test_every_swap_of_neighbours_is_noticed(_code: int) -> None:
    code = new_code().replace("-", "")
    for place in range(34):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(WrongSecret):
                parse_code(swapped)


@pytest.mark.parametrize("text", ["", "7K2QM", "U" * 35, "0" * 36, "é" * 35, "\0" * 35])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(WrongSecret):
        parse_code(text)


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100
