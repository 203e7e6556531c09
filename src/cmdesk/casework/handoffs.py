"""Warm handoffs: two people who talk before the client moves, and each end says that they did.

The records are those of who hands over, who sends them: no row of our accounting (decision 0029).
"""

from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, consents, drafts, merged, parties, transition_release
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.casework.transition_release import Receiver, Release
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.models.transition import Handoff, Transition
from cmdesk.rules.people import Name
from cmdesk.rules.transition_draft import HandoffForm, handoff_faults

COPIED: Final = (
    *("from_id", "from_words", "to_id", "to_words", "consent_id", "call_on"),
    *("sender_confirmed_on", "receiver_confirmed_on", "records_sent_on"),
    *("records_received_on", "note"),
)

# What a release for records that went answers for.
RELEASED: Final = ("records_sent_on", "to_id", "to_words", "consent_id")


def read(session: Session, handoff_id: int) -> HandoffForm:
    """Return a handoff as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, handoff_id)
    return HandoffForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def _row(session: Session, handoff_id: int) -> Handoff:
    return stored(session, Handoff, handoff_id, "handoff")


def save(
    session: Session,
    transition_id: int,
    form: HandoffForm,
    handoff_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a handoff as typed; return its number. Records are sent under a release alone."""
    for words in handoff_faults(form, clock.today(session)).values():
        raise Problem(words, "Put it right and save again.")
    move = stored(session, Transition, transition_id, "move")
    row = _row(session, handoff_id) if handoff_id else Handoff(transition_id=transition_id)
    if handoff_id:
        refuse_changed(row.version, form.version, "handoff")
    if form.records_sent_on and any(getattr(form, n) != getattr(row, n) for n in RELEASED):
        _require_release(session, move, form)
    copy_typed(form, COPIED, row)
    if handoff_id is None:
        last = select(func.max(Handoff.position)).where(Handoff.transition_id == transition_id)
        row.position = (session.scalar(last) or 0) + 1
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _require_release(session: Session, move: Transition, form: HandoffForm) -> None:
    """Refuse to note records as sent on a day on which nobody might be told."""
    answer = release(session, move.id, form, form.records_sent_on)
    if not answer.signed:
        raise Problem(f"{answer.reason}.", "Get the release signed, or leave the day open.")


def release(
    session: Session, transition_id: int, form: HandoffForm, on: date | None = None
) -> Release:
    """Say whether who takes over may be told, today or on another day."""
    move = stored(session, Transition, transition_id, "move")
    there = transition_release.next_house(session, move)
    receiver = Receiver(form.to_id, there, form.consent_id, form.to_words.strip())
    client, day = merged.kept_client(session, move.client_id), on or clock.today(session)
    return transition_release.releases(session, client, [receiver], day, part2=move.part2)[0]


def confirm(session: Session, handoff_id: int, end: str, on: date | None) -> None:
    """Note the day one end (`sender` or `receiver`) said that they talked; None takes it back."""
    row = _row(session, handoff_id)
    if on and on > clock.today(session):
        raise Problem("This day is still to come.", "Set the day of the call instead.")
    if end == "sender":
        row.sender_confirmed_on = on
    else:
        row.receiver_confirmed_on = on
    session.flush()


def remove(session: Session, handoff_id: int) -> None:
    """Take a handoff away. Undo brings it back."""
    session.delete(_row(session, handoff_id))
    session.flush()


def people(
    session: Session, client_id: int, also: tuple[int | None, ...] = ()
) -> list[tuple[int, Name]]:
    """Return who may hand over or take over: the circle in its order, and who is named already."""
    found = {each.person_id: each.name for each in clients.circle(session, client_id)}
    for number in also:
        if number is not None and number not in found:
            found[number] = parties.name_of(session.get_one(Person, number))
    return list(found.items())


def forms(session: Session, client_id: int) -> list[tuple[int, str]]:
    """Return the consents one can link, each by whom it names."""
    return [(row.id, ", ".join(row.recipients)) for row in consents.rows(session, client_id)]
