"""What a letter may say of services outside programs: the line written for the family, alone.

Domain.md 0.6 tells it of tasks, and a service goes the same way: by its own topics, mark and line.
One that came up in a contact is kept back with it. Who gives it, and what for, is never told.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, verdicts
from cmdesk.casework.fact import Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.models.practice import Practitioner
from cmdesk.models.referral import Referral
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import PartKind, Step
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState


def services(session: Session, about: Case, ahead: timedelta) -> list[Fact]:
    """Give every service with a line for the family; only what is next is offered."""
    own = merged.own_ids(session, about.client_id)
    query = select(Referral).where(Referral.client_id.in_(own), Referral.family_line != "")
    found: Sequence[Referral] = session.scalars(query.order_by(Referral.id)).all()
    if not found:
        return []
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    who = practitioner.split(" ", maxsplit=1)[0]
    held = _held(session, about, {row.entry_id for row in found if row.entry_id})
    return [_fact(about, row, who, ahead, held) for row in found]


def _held(session: Session, about: Case, entries: set[int]) -> dict[int, rules.Verdict]:
    """Return what keeps back the services whose contact is kept back from this reader."""
    return {
        number: verdict
        for number, _, entry in (verdicts.for_rules(session, sorted(entries)) if entries else ())
        if (verdict := rules.verdict(entry, about.standing)).outcome is Outcome.KEEP_BACK
    }


def _fact(
    about: Case,
    row: Referral,
    who: str,
    ahead: timedelta,
    held: Mapping[int, rules.Verdict],
) -> Fact:
    """Make a step of a line that has a day; without one it is only known to the leak check."""
    verdict = held.get(row.entry_id or 0) or judged(
        about, verdicts.topics(row.topics), row.part2, row.family_line
    )
    if row.next_on is None:
        return Fact(f"referral {row.id}", row.family_line, verdict, offered=False)
    step = Step(about.words.weekday_date(row.next_on), row.family_line, who)
    going = ReferralState(row.state) not in NOT_GOING_AHEAD
    return Fact(
        *(f"referral {row.id}", row.family_line, verdict, PartKind.STEPS, row.next_on, step),
        offered=going and about.on <= row.next_on <= about.on + ahead,
    )
