"""The turns of a life in care, and what bears on how a stay goes."""

from cmdesk.rules.code import Code
from cmdesk.rules.topics import Topic


class EventKind(Code):
    RETURN_TO_USE = "return_to_use", "Return to use"
    CRISIS = "crisis"
    HOSPITAL_VISIT = "hospital_visit"
    MOVE = "move"
    LOSS = "loss"
    OTHER = "other"


class InCare(Code):
    """What was learned of somebody 90 days after a stay."""

    YES = "yes", "Still in care"
    NO = "no", "Not in care"
    OTHER = "other", "In other care"


class Factor(Code):
    """What came before, or bore on it. A list may hold a person's own words beside these."""

    SLEEP = "sleep", "Poor sleep"
    MEDICINE_STOPPED = "medicine_stopped"
    NO_NEXT_CARE = "no_next_care", "No next care set"
    LONG_WAIT = "long_wait", "A long wait"
    PAYER_ENDED = "payer_ended", "Coverage ended early"
    CONFLICT_AT_HOME = "conflict_at_home"
    NOWHERE_TO_LIVE = "nowhere_to_live", "Housing not settled"
    OLD_COMPANY = "old_company", "Back among people who use"
    ALONE = "alone", "Too much alone"
    SCHOOL_OR_WORK = "school_or_work", "School or work pressure"
    MONEY = "money", "Money worries"
    LOSS = "loss", "A loss"
    PAIN = "pain", "Pain or illness"
    DID_NOT_FIT = "did_not_fit", "The program did not fit"


# What a line of the program that tells of such a turn, or of such a factor, is about besides care.
EVENT_TOPICS = {
    EventKind.RETURN_TO_USE: Topic.SUBSTANCE_USE,
    EventKind.CRISIS: Topic.SAFETY,
    EventKind.HOSPITAL_VISIT: Topic.SAFETY,
}
FACTOR_TOPICS = {
    Factor.SLEEP: Topic.PROGRESS,
    Factor.MEDICINE_STOPPED: Topic.MEDICATION,
    Factor.PAYER_ENDED: Topic.FINANCIAL,
    Factor.CONFLICT_AT_HOME: Topic.FAMILY,
    Factor.NOWHERE_TO_LIVE: Topic.HOUSING,
    Factor.OLD_COMPANY: Topic.SUBSTANCE_USE,
    Factor.ALONE: Topic.PROGRESS,
    Factor.SCHOOL_OR_WORK: Topic.EDUCATION_WORK,
    Factor.MONEY: Topic.FINANCIAL,
    Factor.LOSS: Topic.FAMILY,
    Factor.PAIN: Topic.HEALTH,
}


def named(factor: str) -> str:
    """Return the words of a factor: the label of a code, else the words themselves."""
    return Factor(factor).label if factor in set(Factor) else factor.strip()


def of_words(words: str) -> str:
    """Return the code whose label somebody typed, else the words, one space between each."""
    typed = " ".join(words.split())
    codes = {each.label.casefold(): each.value for each in Factor}
    return codes.get(typed.casefold(), typed)
