"""What one person may be told today, topic by topic, in the answers of the verdict itself."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import verdicts
from cmdesk.casework.parties import Party
from cmdesk.models.client import Client
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Channel
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.topics import NEVER_SHARED, Topic
from cmdesk.rules.validity import covers_until

TOPICS: Final = tuple(topic for topic in Topic if topic not in NEVER_SHARED)
ANY: Final = frozenset({Topic.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class Covered:
    """What one consent lets be told. `part2`: also what 42 CFR Part 2 protects."""

    topics: tuple[str, ...]
    until: date | None
    part2: bool
    by_phone: bool  # the form lists the telephone among its ways


@dataclass(frozen=True, slots=True)
class Held:
    """A wish of the client that is open: in its own words, of these topics, until its last day.

    Neither topics nor `some_entries`: everything is held.
    """

    words: str
    topics: tuple[str, ...]
    until: date | None
    some_entries: bool


@dataclass(frozen=True, slots=True)
class MayHear:
    """Either `own`, it is the client; or what is covered; or the one reason why nothing is."""

    covered: tuple[Covered, ...] = ()
    reason: str = ""
    held: tuple[Held, ...] = ()
    own: bool = False


def may_hear(session: Session, client_id: int, party: Party, on: date) -> MayHear:
    """Ask the verdict about an entry of each topic alone: the card is never looser than a letter.

    A talk that touches several topics needs one consent for all of them, hence a line for each.
    """
    own = session.scalar(select(Client.person_id).where(Client.id == client_id))
    if own is not None and own == party.person_id:
        return MayHear(own=True)
    stand = verdicts.standing(session, client_id, party, on)
    found: dict[tuple[tuple[str, ...], bool], list[Topic]] = {}
    for topic in TOPICS:
        answer = _answer(topic, Part2.YES, stand)
        if answer.outcome != rules.Outcome.SHARE:
            answer = _answer(topic, Part2.NO, stand)
        if answer.outcome == rules.Outcome.SHARE:
            found.setdefault((answer.consents, answer.part2), []).append(topic)
    covered = tuple(
        _covered(topics, refs, part2=part2, stand=stand) for (refs, part2), topics in found.items()
    )
    held = tuple(_held(each, stand) for each in stand.restrictions)
    return MayHear(covered, "" if covered else _reason(stand), held)


def _answer(topic: Topic, part2: Part2, stand: rules.Standing) -> rules.Verdict:
    entry = rules.Entry("", EntryStatus.SIGNED, frozenset({topic}), part2, family_line="")
    return rules.verdict(entry, stand)


def _covered(
    topics: list[Topic], refs: tuple[str, ...], *, part2: bool, stand: rules.Standing
) -> Covered:
    """Say how far it goes: of several consents relied on, the narrowest limit holds."""
    forms = {form.ref: form for form in (*stand.ordinary, *stand.own_form.values())}
    relied = [forms[ref] for ref in refs]
    ends = [covers_until(form, stand.subject) for form in relied]
    return Covered(
        topics=tuple(topic.value for topic in topics),
        until=min((end for end in ends if end), default=None),
        part2=part2,
        by_phone=all(Channel.PHONE in form.channels for form in relied),
    )


def _reason(stand: rules.Standing) -> str:
    """Give the first reason in the order of the rules, as an ordinary entry would be told it."""
    return (
        stand.no_consent
        or rules.verdict(rules.Entry("", EntryStatus.SIGNED, ANY, Part2.NO), stand).why
    )


def _held(wish: rules.Restriction, stand: rules.Standing) -> Held:
    words = wish.reason.strip() or (
        f"{stand.subject.called} asked to keep this from {stand.recipient.called}"
    )
    topics = tuple(topic.value for topic in Topic if topic in wish.topics)
    return Held(words, topics, wish.until, bool(wish.entries))
