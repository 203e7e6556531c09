import math

import pytest

from cmdesk.store import passphrases
from cmdesk.store.passphrases import faults, strength, suggest, words


@pytest.mark.parametrize("text", ["", "short", "fourteen chars", "e\u0301" * 14, " " * 3])
def test_fewer_than_fifteen_characters_are_too_few(text: str) -> None:
    assert "at least 15" in (faults(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        "correct horse battery staple",
        "CORRECT horse  batterystaple",
        "passwordpassword",
        "Password Password",
        "123456789012345",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabca",
        "abcdefghijklmnopq",
        "zyxwvutsrqponmlk",
        "               ",
        "hello hello hello",
        "lantern lantern lantern",
        "lanternriver lantern river lantern river",
        "open the sample practice",
    ],
)
def test_what_is_tried_first_is_refused(text: str) -> None:
    assert "tried first" in (faults(text) or "")
    assert strength(text)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "lantern river oatmeal",
        "lantern river lantern river",
        "lantern lantern river lantern",
        "nur kleine buchstaben",
        "пятнадцать букв",
        "家河川海空雲雨雪風花鳥月星山木",
    ],
)
def test_anything_else_is_allowed_whatever_it_is_made_of(text: str) -> None:
    assert faults(text) is None


def test_the_meter_says_what_the_picture_says() -> None:
    four = strength("lantern river oatmeal crooked ")
    assert four == (3, "Strong. One more word makes it stronger.")
    assert strength("lantern river oatmeal crooked harbor")[0] == 4
    assert strength("lantern river oatmeal")[0] == 2
    assert strength("lantern lantern lantern lantern")[0] <= 1
    assert strength("lantern river") == (1, "Too short: 2 more characters are needed.")
    assert strength("")[0] == 0


def test_more_words_are_never_weaker() -> None:
    text = ""
    last = 0
    for word in ("lantern", "river", "oatmeal", "crooked", "harbor", "pillow"):
        text = f"{text} {word}".strip()
        assert strength(text)[0] >= last
        last = strength(text)[0]


def test_six_words_are_suggested_at_random() -> None:
    assert all(len(suggest().split()) == 6 for _ in range(50))
    assert len({suggest() for _ in range(50)}) == 50
    assert all(strength(suggest())[0] == 4 and faults(suggest()) is None for _ in range(50))
    assert suggest(3, min, "-").count("-") == 2


def test_the_word_list_is_what_it_claims() -> None:
    assert len(words()) == len(set(words())) >= 2048
    assert all(4 <= len(w) <= 8 and w.isascii() and w.isalpha() and w.islower() for w in words())
    assert 11.7 <= math.log2(len(words())) < 11.8


def test_every_blocked_phrase_would_otherwise_pass_or_is_short() -> None:
    blocked = passphrases._blocked()
    assert len(blocked) > 200
    assert all(phrase == passphrases._plain(phrase) for phrase in blocked)
