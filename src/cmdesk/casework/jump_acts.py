"""A word that says what is to be done, before or after a name: `edit diane`, `tess call`."""

from enum import StrEnum
from typing import Final

from cmdesk.casework.name_search import WORD, Names, called, folded


class JumpAct(StrEnum):
    """What one may wish to do for somebody."""

    CALL = "call"
    CONSENT = "consent"
    COVERAGE = "coverage"
    CRISIS = "crisis"
    EDIT = "edit"
    LOG = "log"
    MOVE = "move"
    PLACEMENT = "placement"
    TASK = "task"
    WRITE = "write"


SAID: Final = {
    "edit": JumpAct.EDIT,
    "change": JumpAct.EDIT,
    "call": JumpAct.CALL,
    "phone": JumpAct.CALL,
    "ring": JumpAct.CALL,
    "log": JumpAct.LOG,
    "task": JumpAct.TASK,
    "consent": JumpAct.CONSENT,
    "coverage": JumpAct.COVERAGE,
    "move": JumpAct.MOVE,
    "transition": JumpAct.MOVE,
    "placement": JumpAct.PLACEMENT,
    "program": JumpAct.PLACEMENT,
    "crisis": JumpAct.CRISIS,
    "notice": JumpAct.CRISIS,
    "write": JumpAct.WRITE,
    "update": JumpAct.WRITE,
}


PLAN: Final = "plan"


def split(names: Names, typed: str) -> tuple[JumpAct | None, str]:
    """Take the act from what was typed; without one, give None and all that was typed.

    A word that begins the name of somebody meant is a part of the name: `call` of Tess Callahan.
    """
    words = WORD.findall(folded(typed))
    if PLAN in words:  # the crisis plan is a thing to be found, not an act
        return None, typed
    for place, others in ((0, words[1:]), (-1, words[:-1])):
        act = SAID.get(words[place]) if others else None
        known, _ = called(names, " ".join(others)) if act else ([], [])
        parts = [part for one in known for part in WORD.findall(folded(one.name))]
        if known and not any(part.startswith(words[place]) for part in parts):
            return act, " ".join(others)
    return None, typed
