"""How people are named, numbered and spoken of."""

import re
from dataclasses import dataclass

from cmdesk.rules.days import age_on

_PHONE = re.compile(r"(?P<country>\+?1)?(?P<area>[2-9]\d{2})(?P<office>[2-9]\d{2})(?P<line>\d{4})")
_PHONE_SIGNS = re.compile(r"[\s().\-\u2010-\u2013\u00a0]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as recorded; any part may be empty."""

    given: str = ""
    family: str = ""
    preferred: str = ""

    @property
    def called(self) -> str:
        """The name used when speaking: `Maya`."""
        return self.preferred.strip() or self.given.strip() or self.family.strip()

    @property
    def full(self) -> str:
        """What lists and headings say: `Maya Brenner`."""
        family = self.family.strip()
        return f"{self.called} {family}" if family not in ("", self.called) else self.called

    @property
    def with_initial(self) -> str:
        """The footer's name: `Maya B.`."""
        family = self.family.strip()
        return f"{self.called} {family[0]}." if family not in ("", self.called) else self.called

    @property
    def initials(self) -> str:
        """One or two letters for the round picture: `MB`."""
        return "".join(word[0].upper() for word in self._ends())

    @property
    def sort_key(self) -> tuple[str, str]:
        """Family name first, whatever the case of its letters."""
        return (self.family.strip() or self.called).casefold(), self.called.casefold()

    def _ends(self) -> list[str]:
        words = self.full.split()
        return words if len(words) < 2 else [words[0], words[-1]]


@dataclass(frozen=True, slots=True)
class Pronouns:
    """How to go on about someone after the name: `she`, `her`; `plural` for "they say"."""

    subject: str
    possessive: str
    plural: bool = False

    def verb(self, singular: str, plural: str) -> str:
        return plural if self.plural else singular


def pronouns(recorded: str, called: str) -> Pronouns:
    """Read `she/her` and the like; where none are known the name is said again."""
    first = recorded.casefold().replace(" ", "").split("/")[0]
    known = {
        "she": Pronouns("she", "her"),
        "he": Pronouns("he", "his"),
        "they": Pronouns("they", "their", plural=True),
    }
    return known.get(first) or Pronouns(called, possessive(called))


def possessive(name: str) -> str:
    """Write `Diane's`."""
    return f"{name}'s"


def phone_shown(typed: str) -> str:
    """Write a number of North America as `(718) 555-0142`, any other as it was typed."""
    match = _PHONE.fullmatch(_PHONE_SIGNS.sub("", typed))
    if match is None:
        return typed.strip()
    return f"({match['area']}) {match['office']}-{match['line']}"


__all__ = ["Name", "Pronouns", "age_on", "phone_shown", "possessive", "pronouns"]
