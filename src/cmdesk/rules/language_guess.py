"""Which of the letters' languages a paragraph is in, by its small words; silent when in doubt."""

import re
from typing import Final

_WORDS: Final = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text))


# Small words that only one of the two has; what both have ("me", "no", "has") says nothing.
_SMALL: Final = {
    "en": _words(
        "the and of to in is was for that with on at her she they his him will this from by be it "
        "as are were had have not but you we when who what there their them would about after "
        "next your our i my if two good week monday tuesday wednesday thursday friday saturday "
        "sunday"
    ),
    "es": _words(
        "el la los las de del y que en un una su sus se con por para al lo es está fue más le les "
        "muy pero como cuando ya también esta este esto hoy si porque nos mi sobre desde hasta "
        "eso qué cómo será tiene hay dos bien semana lunes martes miércoles jueves viernes sábado "
        "domingo"
    ),
}
_REMARKS: Final = {"en": "This paragraph is in English", "es": "This paragraph is in Spanish"}
LEAST: Final = 3  # small words that are needed: a name, a place or a figure shows no language
TIMES: Final = 3  # as many as of the other language


def looks(text: str) -> str:
    """Return `en` or `es`; nothing where a text is too short, or in both."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    count = {name: sum(word in small for word in words) for name, small in _SMALL.items()}
    likely = max(count, key=lambda name: count[name])
    rest = sum(count.values()) - count[likely]
    return likely if count[likely] >= LEAST and count[likely] >= TIMES * rest else ""


def remark(text: str, language: str) -> str:
    """Say that a paragraph of a letter in `language` is in the other one; nothing if it is not."""
    found = looks(text)
    return _REMARKS[found] if found and found != language else ""


__all__ = ["looks", "remark"]
