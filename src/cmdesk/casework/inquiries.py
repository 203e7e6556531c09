"""Inquiries: the families that called, before there is a client, and the chart one may become."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import client_list, clients, clock, drafts
from cmdesk.casework.client_list import Call, ClientRow, Contact, Step
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import ContactPoint
from cmdesk.rules.codes import ClientStatus, ContactPointKind, Relationship
from cmdesk.rules.contact_codes import Direction, EntryKind, Outcome
from cmdesk.rules.family_codes import InquiryStatus
from cmdesk.rules.inquiry_draft import OPEN, OVER, InquiryForm, faults, unready
from cmdesk.rules.people import Name

THEMSELF: Final = "client"  # the relation of one who calls for themself
SHOWN: Final = {"inquiries": OPEN, "closed": tuple(sorted(OVER))}
COPIED: Final = (
    "caller_name", "caller_phone", "caller_email", "caller_id", "relation", "about", "channel",
    "referral_source", "referral_source_type", "concern", "urgency", "safety_screen_done",
    "location", "payer_expectation", "status", "fit_decision", "declined_reason", "referred_on_to",
    "next_step", "next_on", "notes",
)  # fmt: skip


def blank(session: Session) -> InquiryForm:
    """Return a form that begins now."""
    now = clock.now(session).astimezone(clock.zone(session))
    return InquiryForm(day=now.date(), at=now.time().replace(second=0, microsecond=0))


def read(session: Session, inquiry_id: int) -> InquiryForm:
    """Return an inquiry as it stands. Problem if it is gone."""
    row = _row(session, inquiry_id)
    at = row.received_at.astimezone(clock.zone(session))
    given, _, family = row.about.rpartition(" ") if " " in row.about else (row.about, "", "")
    kept = {name: getattr(row, name) for name in COPIED if name != "about"}
    return InquiryForm(
        **kept,
        day=at.date(),
        at=at.time(),
        given_name=given,
        family_name=family,
        client_id=row.client_id,
        version=row.version,
    )


def _row(session: Session, inquiry_id: int) -> Inquiry:
    return stored(session, Inquiry, inquiry_id, "inquiry", "Go back to the list of inquiries.")


def save(
    session: Session, edited: InquiryForm, inquiry_id: int | None = None, draft_key: str = ""
) -> int:
    """Keep an inquiry as typed, and throw the draft away; return its number."""
    found = faults(edited, clock.today(session))
    if found:
        raise Problem(next(iter(found.values())), "Fill it in and save again.")
    row = _row(session, inquiry_id) if inquiry_id else Inquiry()
    if inquiry_id:
        refuse_changed(row.version, edited.version, "inquiry")
    copy_typed(edited, COPIED, row)
    noon = edited.at or time(12)
    row.received_at = datetime.combine(edited.day or date.min, noon, clock.zone(session))
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def make_client(
    session: Session, edited: InquiryForm, inquiry_id: int | None = None, draft_key: str = ""
) -> int:
    """Make the chart of whom they call about, with the caller in its circle; return the client.

    Engaged means active from today. Anything before is a prospective client, to whom the agreement
    is sent. The inquiry stays, linked to the chart.
    """
    found = unready(edited, clock.today(session))
    if found:
        raise Problem(next(iter(found.values())), "Fill it in, then make the client.")
    if edited.client_id is not None:
        raise Problem("This inquiry has a chart already.", "Open the chart.")
    engaged = edited.status == InquiryStatus.ENGAGED
    status = edited.status if engaged else InquiryStatus.AGREEMENT_SENT
    number = save(session, replace(edited, status=status), inquiry_id, draft_key)
    own = ClientStatus.ACTIVE if engaged else ClientStatus.PROSPECTIVE
    client_id = clients.add(session, ClientDraft(edited.given_name, edited.family_name, status=own))
    row = session.get_one(Inquiry, number)
    row.client_id = client_id
    if edited.relation == THEMSELF:
        own_id = session.get_one(Client, client_id).person_id
        row.caller_id = own_id
        _reachable(session, own_id, edited)
    else:
        row.caller_id = _caller(session, client_id, edited)
    session.flush()
    return client_id


def _caller(session: Session, client_id: int, edited: InquiryForm) -> int:
    """Put who called into the circle: someone known, or someone new with number and address."""
    tie = edited.relation if edited.relation in set(Relationship) else Relationship.OTHER
    if edited.caller_id is not None:
        session.add(CircleMember(client_id=client_id, person_id=edited.caller_id, relationship=tie))
        return edited.caller_id
    given, _, family = edited.caller_name.strip().partition(" ")
    person_id = clients.add_to_circle(session, client_id, given, family, tie)
    _reachable(session, person_id, edited)
    return person_id


def _reachable(session: Session, person_id: int, edited: InquiryForm) -> None:
    for kind, value in (
        (ContactPointKind.MOBILE, edited.caller_phone.strip()),
        (ContactPointKind.E_MAIL, edited.caller_email.strip()),
    ):
        if value:
            session.add(ContactPoint(person_id=person_id, kind=kind, value=value))


def find(session: Session, group: str, text: str = "") -> list[int]:
    """Return the inquiries of a group without a chart, the next step due first, then the newest."""
    if group not in SHOWN:
        return []
    query = select(Inquiry.id).where(Inquiry.client_id.is_(None), Inquiry.status.in_(SHOWN[group]))
    for word in text.split():
        names = (Inquiry.caller_name, Inquiry.about)
        query = query.where(or_(*(name.icontains(word, autoescape=True) for name in names)))
    order = (Inquiry.next_on.is_(None), Inquiry.next_on, Inquiry.received_at.desc(), Inquiry.id)
    return list(session.scalars(query.order_by(*order)))


def counts(session: Session) -> dict[str, int]:
    """Return how many stand in each group of the list: clients, and inquiries without a chart."""
    found = clients.counts(session)
    for group, statuses in SHOWN.items():
        query = select(func.count()).where(
            Inquiry.client_id.is_(None), Inquiry.status.in_(statuses)
        )
        found[group] += session.scalar(query) or 0
    return found


def listed(
    session: Session,
    group: str = "active",
    text: str = "",
    *,
    order: str = "step",
    late: bool = False,
    level: str = "",
) -> list[int]:
    """Return a group of the list. An inquiry goes by its number below zero."""
    ids = client_list.find(session, group, text, order=order, late=late, level=level)
    own = [] if level else [-number for number in find(session, group, text)]
    if late:
        today = clock.today(session)
        due = {row.id: row.step.due for row in lines(session, own) if row.step}
        own = [number for number in own if (day := due.get(number)) and day < today]
    if group != "inquiries" or not own:
        return [*ids, *own]
    rows = {row.id: row for row in lines(session, [*ids, *own])}
    return sorted(rows, key=lambda number: _place(rows[number], order))


def _place(row: ClientRow, order: str) -> tuple[object, ...]:
    if order == "name":
        return row.name.sort_key
    if order == "contact":
        return (row.contact.at.timestamp() if row.contact else 0.0,)
    return (row.step is None, (row.step and row.step.due) or date.max)


def lines(session: Session, ids: Sequence[int]) -> list[ClientRow]:
    """Return some lines of the list, in the order asked: clients, and inquiries below zero."""
    rows = {row.id: row for row in client_list.rows(session, [n for n in ids if n > 0])}
    own = [-number for number in ids if number < 0]
    zone = clock.zone(session)
    for inquiry in session.scalars(select(Inquiry).where(Inquiry.id.in_(own))):
        caller = Name(inquiry.caller_name)
        rows[-inquiry.id] = ClientRow(
            id=-inquiry.id,
            name=Name(inquiry.about) if inquiry.about else caller,
            pronouns="",
            age=None,
            since=None,
            stay=None,
            step=Step(inquiry.next_step, inquiry.next_on) if inquiry.next_step else None,
            contact=Contact(
                at=inquiry.received_at.astimezone(zone),
                kind=EntryKind.CONTACT,
                method=inquiry.channel,
                outcome=Outcome.REACHED,
                direction=Direction.INBOUND,
                who=caller,
            ),
            update=None,
            call=Call(inquiry.status, inquiry.urgency),
        )
    return [rows[number] for number in ids if number in rows]
