"""A search, its must-haves, a candidate and what was said, as they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.placement import Asked, Match, Met, Need, a_month

MOST_NEEDS: Final = 20
FARTHEST: Final = 12_500  # miles, half around the earth
MOST_WORDS: Final = 2000  # signs of one text


class Around(Code):
    HOME = "home", "Home"
    HERE = "here", "Where the client is now"
    BOTH = "both", "Both"
    ANYWHERE = "anywhere", "Anywhere"


class Leaning(Code):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Per(Code):
    DAY = "day", "a day"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What is looked for, and the lines nobody can cross. `around_zip` is a third place."""

    looking_for: str = ""
    levels: tuple[str, ...] = ()
    by_on: date | None = None
    around: str = Around.HOME
    around_zip: str = ""
    most_miles: int | None = None
    budget_cents: int | None = None
    budget_per: str = Per.MONTH
    payer: str = ""
    legal: str = ""
    timing: str = ""
    part2: str = Part2.UNKNOWN
    version: int = 0


@dataclass(frozen=True, slots=True)
class CandidateForm:
    """What is noted of one program for one client. A next step may have a day."""

    availability: str = ""
    quoted_cents: int | None = None
    quoted_per: str = Per.MONTH
    watch_for: str = ""
    next_step: str = ""
    next_on: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What somebody said of one need, and who it was."""

    met: str = Met.UNKNOWN
    words: str = ""
    told_by: str = ""
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class WordForm:
    """What the client or a relative said, in their words."""

    person_id: int | None = None
    said_on: date | None = None
    words: str = ""
    leaning: str = ""


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The family’s decision: theirs, with who made it and when."""

    decided_on: date | None = None
    decided_by: str = ""
    decision: str = ""
    rationale: str = ""
    chosen_id: int | None = None  # an organisation
    version: int = 0


def search_faults(form: SearchForm) -> dict[str, str]:
    """Map fields to what keeps a search from being saved."""
    found: dict[str, str] = {}
    if not form.looking_for.strip() and not form.levels:
        found["looking_for"] = "Say in a few words what is looked for."
    if form.most_miles is not None and form.most_miles < 1:
        found["most_miles"] = "At least one mile."
    elif form.most_miles is not None and form.most_miles > FARTHEST:
        found["most_miles"] = f"No place is further than {FARTHEST:,} miles."
    if form.budget_cents is not None and form.budget_cents < 1:
        found["budget_cents"] = "More than nothing, or leave it empty."
    elif form.budget_cents is not None and a_month(form.budget_cents, form.budget_per) is None:
        found["budget_per"] = "For how long is that?"
    digits = form.around_zip.strip()
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 5):
        found["around_zip"] = "A ZIP has five digits."
    return found


def need_faults(needs: Sequence[Need]) -> dict[str, str]:
    """Map the positions of must-haves, from 0, to what is wrong with each."""
    found = {
        str(at): "Say what the place must have."
        for at, need in enumerate(needs)
        if not need.text.strip()
    }
    said = [need.text.strip().casefold() for need in needs]
    found |= {
        str(at): "This stands there twice."
        for at, text in enumerate(said)
        if text and text in said[:at]
    }
    if len(needs) > MOST_NEEDS:
        found[str(MOST_NEEDS)] = f"Keep to {MOST_NEEDS} at most."
    return found


def word_faults(form: WordForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a word of the family from being saved."""
    found: dict[str, str] = {}
    if form.person_id is None:
        found["person_id"] = "Who said it?"
    if not form.words.strip() and not form.leaning:
        found["words"] = "What did they say?"
    if form.said_on and form.said_on > today:
        found["said_on"] = "This day is still to come."
    return found


def decision_faults(form: DecisionForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a decision from being saved."""
    found: dict[str, str] = {}
    if not form.decided_by.strip():
        found["decided_by"] = "Whose decision is it?"
    if not form.decision.strip():
        found["decision"] = "What did they decide, in their words?"
    if form.decided_on is None:
        found["decided_on"] = "On which day?"
    elif form.decided_on > today:
        found["decided_on"] = "This day is still to come."
    return found


def candidate_faults(form: CandidateForm) -> dict[str, str]:
    """Map fields to what keeps a candidate from being saved."""
    found: dict[str, str] = {}
    if form.quoted_cents is not None and form.quoted_cents < 0:
        found["quoted_cents"] = "Less than nothing can’t be right."
    if form.next_on and not form.next_step.strip():
        found["next_step"] = "What is to be done then?"
    return found


def answer_faults(form: AnswerForm, today: date) -> dict[str, str]:
    """Map fields to what keeps an answer from being saved."""
    if form.told_on and form.told_on > today:
        return {"told_on": "This day is still to come."}
    return {}


def from_lines(form: SearchForm) -> tuple[Need, ...]:
    """Make the must-haves that follow from the lines of a search: level, day, way and money."""
    made: list[Need] = []
    if form.levels:
        named = " or ".join(LevelOfCare(code).label for code in form.levels)
        made.append(Need(0, f"Offers {named}", test=Match(Asked.LEVEL, form.levels)))
    if form.by_on is not None:
        day = f"{form.by_on:%B} {form.by_on.day}"
        made.append(Need(0, f"Place by {day}", test=Match(Asked.OPENING, by=form.by_on)))
    around = Around(form.around)
    if form.most_miles is not None and around is not Around.ANYWHERE:
        if around is not Around.HERE:
            near = Match(Asked.HOME, most=form.most_miles)
            place = form.around_zip.strip() or "home"
            made.append(Need(0, f"Within {form.most_miles:,} miles of {place}", test=near))
        if around is not Around.HOME:
            near = Match(Asked.HERE, most=form.most_miles)
            made.append(Need(0, f"Within {form.most_miles:,} miles of where they are", test=near))
    month = a_month(form.budget_cents, form.budget_per)
    if month is not None:
        under = f"Under ${month // 100:,} a month"
        made.append(Need(0, under, test=Match(Asked.PRICE, most=month)))
    if form.payer.strip():
        payer = form.payer.strip()
        made.append(Need(0, f"Takes {payer}", test=Match(Asked.PAYER, (payer,))))
    return tuple(made)


def lines_followed(
    needs: Sequence[Need], before: SearchForm, after: SearchForm
) -> tuple[Need, ...]:
    """Let the must-haves made from the lines of a search follow those that were changed.

    Each keeps its number, its weight and whether it is a must; one that was typed anew stays.
    """
    was, now = _by_test(before), _by_test(after)
    made = list(needs)
    for asked in Asked:
        old, new = was.get(asked), now.get(asked)
        if old == new:
            continue
        at = next((at for at, need in enumerate(made) if old and need.test == old.test), len(made))
        own = made[at] if at < len(made) else None
        made = [need for need in made if need is not own]
        if new and new.text.casefold() not in {need.text.strip().casefold() for need in made}:
            kept = replace(own, text=new.text, test=new.test, question="") if own else new
            made.insert(at, kept)
    return tuple(made)


def _by_test(form: SearchForm) -> dict[Asked, Need]:
    return {need.test.asked: need for need in from_lines(form) if need.test is not None}


__all__ = [
    "AnswerForm", "Around", "CandidateForm", "DecisionForm", "Leaning", "Per", "SearchForm",
    "WordForm", "answer_faults", "candidate_faults", "decision_faults", "from_lines",
    "lines_followed", "need_faults", "search_faults", "word_faults",
]  # fmt: skip
