"""A closed list of stored codes, each with the words that stand for it on the screen."""

import re
from enum import StrEnum
from typing import Self

_LEFT_OUT = re.compile(r"\([^()]*\)|[/\u2013\u2014].*")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9:.]+")


def code_of(label: str) -> str:
    """Form the code of a label: lower case, joined by `_`, asides left out, programme = program."""
    words = _LEFT_OUT.sub("", label.lower()).replace("programme", "program")
    return _BETWEEN_WORDS.sub("_", words.replace("'", "").replace("\u2019", "")).strip("_")


class Code(StrEnum):
    """Codes are stored and never change; labels may be reworded. `detail` is one line more."""

    _value_: str
    label: str
    detail: str

    def __new__(cls, value: str, label: str = "", detail: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value.replace("_", " ").capitalize()
        member.detail = detail
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # "E-mail" is the one label people write as two words and as one.
        known = (member for member in cls if value == "email" and member.value == "e_mail")
        return next(known, None)


__all__ = ["Code", "code_of"]
