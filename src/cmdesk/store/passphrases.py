"""Judge passphrases by length and blocklist (NIST SP 800-63B-4, 3.1.1.2), and suggest good ones."""

import math
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

SHORTEST: Final = 15  # code points; SP 800-63B-4 for a password that is the only factor
_LONGEST_UNIT: Final = 4  # "abcabcabcabcabc" is one unit, five times over
_LONGEST_WORD: Final = 12  # letters; what is longer was run together
_PROSE_BITS: Final = 1.7  # per letter of English run together (Shannon 1951 gives 1 to 2)
_MIXED_BITS: Final = 3.0  # per character of what people make of digits and signs
_LEVELS: Final = (0, 20, 32, 44, 56)  # bits from which a level is reached, four words = 3
_SEPARATORS: Final = str.maketrans(dict.fromkeys("-_.,;:/+", " "))
_WORDS: Final = (
    "Too weak. Choose words nobody would put together.",
    "Weak. Add two more words.",
    "Fair. One more word makes it strong.",
    "Strong. One more word makes it stronger.",
    "Very strong.",
)


def faults(text: str) -> str | None:
    """Say what is wrong with a new passphrase, None if nothing is. No rules of composition."""
    text = unicodedata.normalize("NFC", text)
    if len(text) < SHORTEST:
        return (
            f"The passphrase has {len(text)} characters; it needs at least {SHORTEST}. "
            "Four or five unrelated words are easy to remember and hard to guess."
        )
    if _plain(text) in _blocked() or _repeats(_plain(text)):
        return "This passphrase is one of those tried first. Choose other words."
    return None


def strength(text: str) -> tuple[int, str]:
    """Return a level from 0 to 4 and what it means. An estimate: only chance can be counted."""
    text = unicodedata.normalize("NFC", text)
    if not text.strip() or _plain(text) in _blocked() or _repeats(_plain(text)):
        return 0, _WORDS[0]
    bits = guessing_bits(text)
    level = max(level for level, least in enumerate(_LEVELS) if bits >= least)
    if len(text) < SHORTEST:
        return min(level, 1), f"Too short: {SHORTEST - len(text)} more characters are needed."
    return level, _WORDS[level]


def guessing_bits(text: str) -> float:
    """Estimate the guesses a passphrase resists, as a power of two, cautiously."""
    tokens = dict.fromkeys(text.casefold().translate(_SEPARATORS).split())
    return sum(_token_bits(token) for token in tokens)


def suggest(
    count: int = 6, choose: Callable[[Sequence[str]], str] = secrets.choice, between: str = " "
) -> str:
    """Draw words at random: 11.7 bits each, 70 for six. Serves for PDF passwords as well."""
    return between.join(choose(words()) for _ in range(count))


@cache
def words() -> tuple[str, ...]:
    """Return the list suggestions are drawn from: common English words of 4 to 8 letters."""
    return tuple(_resource("passphrase-words.txt"))


@cache
def _blocked() -> frozenset[str]:
    return frozenset(_plain(line) for line in _resource("blocked-passphrases.txt"))


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def _resource(name: str) -> list[str]:
    return (files("cmdesk.resources") / name).read_text("utf-8").splitlines()


def _plain(text: str) -> str:
    """Return the text as the blocklist compares it: without case and spaces."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


def _repeats(text: str) -> bool:
    """Whether a short unit is all there is, a longer one thrice, or a row of neighbours."""
    if not text or any(
        text == (text[:size] * len(text))[: len(text)]
        for size in range(1, min(_LONGEST_UNIT, len(text) // 2) + 1)
    ):
        return True
    if (text + text).find(text, 1) <= len(text) // 3:  # the length of the unit, if it has one
        return True
    steps = {ord(b) - ord(a) for a, b in pairwise(text)}
    return len(text) > _LONGEST_UNIT and steps in ({1}, {-1})


def _token_bits(token: str) -> float:
    a_word = math.log2(len(words()))
    if token in _known():
        return a_word
    if token.isalpha():
        bits = _PROSE_BITS * len(token)
        return bits if len(token) > _LONGEST_WORD else min(bits, a_word)
    return _MIXED_BITS * len(set(token))
