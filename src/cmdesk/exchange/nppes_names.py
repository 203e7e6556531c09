"""Names in capitals and numbers in bare digits, written as they are read."""

from typing import Final

_KEPT_CAPITAL: Final = frozenset(
    {"LLC", "PLLC", "LLP", "PC", "PA", "MD", "DO", "LCSW", "LMHC", "LMFT", "NP", "USA", "II", "III",
     "IV", "YMCA", "YWCA", "VA", "OTP", "NYC", "DBA", "LTD", "CMHC", "SUD"}
)  # fmt: skip


def person_name(name: str) -> str:
    """Write a person's name as it is written; what is mixed already stays as it is."""
    return " ".join((name.title() if name.isupper() else name).split())


def readable(name: str) -> str:
    """Give a name in capitals its small letters back; one that is mixed stays as it is."""
    words = name.split()
    if not name.isupper() or len(name) <= len("ABC"):
        return " ".join(words)
    return " ".join(
        word if word.strip(".,()") in _KEPT_CAPITAL else word.title().replace("'S", "'s")
        for word in words
    )


def telephone(number: str) -> str:
    """Write ten digits as they are read; anything else stays as it stands."""
    digits = number.removeprefix("+1")
    if len(digits) == len("2125550100") and digits.isdecimal():
        return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    return " ".join(number.split())
