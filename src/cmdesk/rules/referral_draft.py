"""A referral and a request for records as they are typed, and what keeps them from being saved."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.days import later
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState
from cmdesk.rules.referral_codes import Barrier, Direction, Outcome, ServiceKind

CHASE_DAYS: Final = 10  # days after which papers are asked for again, where nothing else is said
LONGEST_CHASE: Final = 365
LEAST_NAME: Final = 2  # letters of somebody who is new
MOST_DIGITS: Final = 12  # of the number of a row
AHEAD: Final = "This day is still to come."


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """One service. `recipient` is `p12` a person, `o3` an organisation, else the name of one new.

    `family_line` is all of it that may stand in a letter, and only as far as the verdict on
    `topics` goes.
    """

    kind: str = ServiceKind.SOCIAL
    what: str = ""
    recipient: str = ""
    entry_id: int | None = None
    state: str = ReferralState.CONSIDERED
    asked_on: date | None = None
    state_since: date | None = None
    next_step: str = ""
    next_on: date | None = None
    outcome: str = ""
    barrier: str = ""
    barrier_words: str = ""
    cost_cents: int | None = None
    cost_per: str = ""
    family_line: str = ""
    topics: tuple[str, ...] = ()
    part2: str = Part2.UNKNOWN
    note: str = ""
    version: int = 0

    @property
    def over(self) -> bool:
        return ReferralState(self.state) in NOT_GOING_AHEAD


@dataclass(frozen=True, slots=True)
class RequestForm:
    """Papers asked of somebody, or by somebody. `done_on` = received, or sent.

    `chase_days` is how long one waits, or has to answer.
    """

    direction: str = Direction.FROM
    recipient: str = ""
    what: str = ""
    consent_id: int | None = None
    asked_on: date | None = None
    asked_how: str = ""
    chase_days: int | None = None
    chased_on: date | None = None
    chases: int = 0
    done_on: date | None = None
    refused_on: date | None = None
    reason: str = ""
    fee_cents: int | None = None
    document_id: int | None = None
    part2: str = Part2.UNKNOWN
    note: str = ""
    version: int = 0

    @property
    def over(self) -> bool:
        return self.done_on is not None or self.refused_on is not None

    @property
    def went(self) -> bool:
        """Whether it is we who sent."""
        return self.done_on is not None and _theirs(self)


def referral_faults(form: ReferralForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a referral from being saved, one sentence each."""
    found: dict[str, str] = {}
    if not (form.what.strip() or form.recipient.strip()):
        found["what"] = "Say what the service is, or who gives it."
    if form.asked_on and form.asked_on > today:
        found["asked_on"] = AHEAD
    if form.next_on and not form.next_step.strip():
        found["next_step"] = "What is to be done then?"
    if form.over and form.next_on:
        found["next_on"] = "It is over. Take the next day out, or open it again."
    if form.cost_cents is not None and form.cost_cents < 0:
        found["cost_cents"] = "Less than nothing can’t be right."
    if form.state == ReferralState.CLOSED.value and not form.outcome:
        found["outcome"] = "It ended. Was the service received?"
    return found | _in_the_way(form) | _new_name(form.recipient) | _told(form)


def _in_the_way(form: ReferralForm) -> dict[str, str]:
    missed = form.outcome in (Outcome.NOT, Outcome.PARTLY)
    if missed and not form.barrier:
        return {"barrier": "What stood in the way?"}
    if form.barrier == Barrier.OTHER.value and not form.barrier_words.strip():
        return {"barrier_words": "Say in a few words what it was."}
    return {}


def _told(form: ReferralForm) -> dict[str, str]:
    """Say that a line without a topic is kept back from everybody."""
    if form.family_line.strip() and not form.topics:
        return {"topics": "Without a topic nobody may read this line."}
    return {}


def _new_name(recipient: str) -> dict[str, str]:
    typed = recipient.strip()
    if typed and known(typed) == (None, None) and sum(map(str.isalpha, typed)) < LEAST_NAME:
        return {"recipient": "Choose somebody, or type the whole name."}
    return {}


def known(recipient: str) -> tuple[int | None, int | None]:
    """Return the numbers of a person and of an organisation, none for a name that is new."""
    kind, digits = recipient[:1], recipient[1:]
    whole = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    if kind not in ("p", "o") or not whole:
        return None, None
    return (int(digits), None) if kind == "p" else (None, int(digits))


def request_faults(form: RequestForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a request from being saved, one sentence each."""
    found: dict[str, str] = {}
    if not form.recipient.strip():
        found["recipient"] = "Who asks for them?" if _theirs(form) else "Whom do you ask?"
    if not form.what.strip():
        found["what"] = "Which papers?"
    if form.chase_days is not None and not 0 < form.chase_days <= LONGEST_CHASE:
        found["chase_days"] = "A number of days, such as 10."
    if form.fee_cents is not None and form.fee_cents < 0:
        found["fee_cents"] = "Less than nothing can’t be right."
    return found | _new_name(form.recipient) | _days(form, today) | _ending(form)


def _theirs(form: RequestForm) -> bool:
    return Direction(form.direction) is Direction.TO


def _days(form: RequestForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    days = {
        "asked_on": form.asked_on,
        "chased_on": form.chased_on,
        "done_on": form.done_on,
        "refused_on": form.refused_on,
    }
    for name, day in days.items():
        if day and day > today:
            found[name] = AHEAD
        elif day and form.asked_on and day < form.asked_on:
            found[name] = "This is before it was asked."
    return found


def _ending(form: RequestForm) -> dict[str, str]:
    if form.done_on and form.refused_on:
        return {"refused_on": "It can’t have come and been refused. Take one day out."}
    if form.refused_on and not form.reason.strip():
        return {"reason": "Why was it refused?"}
    return {}


def due_on(form: RequestForm) -> date | None:
    """Return the day to ask again, or to have answered; none where it is over or no wait is set."""
    since = form.asked_on if _theirs(form) else form.chased_on or form.asked_on
    if form.over or since is None or form.chase_days is None:
        return None
    return later(since, form.chase_days)


def often(chases: int) -> str:
    """Say `asked again once`, `asked again twice`, `asked again 3 times`; from one on."""
    words = ("once", "twice")
    return f"asked again {words[chases - 1] if chases <= len(words) else f'{chases} times'}"


__all__ = [
    "CHASE_DAYS", "ReferralForm", "RequestForm", "due_on", "known", "often", "referral_faults",
    "request_faults",
]  # fmt: skip
