"""What was told without a letter: a call, a report, an order, an emergency; kept for good."""

from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    consents,
    contacts,
    disclosures,
    drafts,
    merged,
    parties,
    verdicts,
)
from cmdesk.casework.contacts import Someone
from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.consent import Consent, Disclosure, Restriction, RestrictionRecipient
from cmdesk.models.person import ContactPoint
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import DisclosureBasis
from cmdesk.rules.disclosure_bases import SAID, DisclosureForm, Notice, concern, faults, said
from cmdesk.rules.notices import LONG, SHORT

FINAL: Final = "What was told stays as it was written; a correction is added beside it."
TIMELESS: Final = "time_unknown"  # such a row stands at noon
JUDGED: Final = "Recorded by hand: no line was judged by the program."


def record(session: Session, client_id: int, form: DisclosureForm, draft_key: str = "") -> str:
    """Write what was told, and throw the draft away; return the row's uid. It is final."""
    row = _row(session, merged.kept_client(session, client_id), form)
    return _kept(session, row, draft_key)


def correct(session: Session, uid: str, form: DisclosureForm, draft_key: str = "") -> str:
    """Add a row that puts another right, with the reason; return its uid. Both stay."""
    if not form.why_corrected.strip():
        raise Problem("Say what was wrong before.", FINAL)
    wrong = session.scalars(select(Disclosure).where(Disclosure.uid == uid)).one_or_none()
    if wrong is None:
        raise Problem("This row is not in the vault.", "Close the dialog and look again.")
    row = _row(session, wrong.client_id, form)
    row.correction_of_id, row.entries = wrong.id, wrong.entries
    for name in ("document_id", "sha256", "content_sha256", "pages", "delivery_evidence"):
        setattr(row, name, getattr(wrong, name))
    return _kept(session, row, draft_key)


def take_back(session: Session, uid: str, why: str) -> str:
    """Add a row that says that nothing was told; return its uid."""
    if not why.strip():
        raise Problem("Say why it was not told after all.", FINAL)
    return disclosures.correct(session, uid, why.strip())


def _kept(session: Session, row: Disclosure, draft_key: str) -> str:
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.uid


def _row(session: Session, client_id: int, form: DisclosureForm) -> Disclosure:
    found = faults(form, clock.today(session))
    if found or form.day is None:
        raise Problem(next(iter(found.values())), "Fill it in and save again.")
    zone, discloser = clock.zone(session), disclosures.discloser(session)
    person_id, organisation_id = parties.parts_of(form.recipient) if form.recipient else (None,) * 2
    by_consent = DisclosureBasis(form.basis) is DisclosureBasis.CONSENT
    consent = _consent(session, client_id, form.consent_id) if by_consent else None
    notice = form.notice if by_consent and form.under_part2 else ""
    return Disclosure(
        client_id=client_id,
        at=datetime.combine(form.day, form.at or time(12), zone),
        zone=str(zone),
        basis=form.basis,
        recipient_person_id=person_id,
        recipient_organisation_id=organisation_id,
        recipient_name=form.recipient_name.strip(),
        recipient_organisation=form.recipient_organisation.strip(),
        recipient_address=form.recipient_address.strip(),
        discloser=discloser,
        what=form.what.strip(),
        categories=list(form.topics),
        purpose=form.purpose.strip(),
        consent_id=consent.id if consent else None,
        consents=[parties.outside_name(consent)] if consent else [],
        notice_version=(LONG if notice == Notice.LONG.value else SHORT).id if notice else "",
        notice_form=notice,
        channel=form.channel,
        min_necessary_confirmed_by=discloser,
        part2=form.under_part2,
        restriction_check="\n".join((JUDGED, *doubts(session, client_id, form))),
        emergency=said(form) | ({} if form.at else {TIMELESS: True}),
    )


def _consent(session: Session, client_id: int, number: int | None) -> Consent:
    """Return a consent of this client; another's is never named."""
    row = stored(session, Consent, number or 0, "consent")
    if row.client_id not in merged.own_ids(session, client_id):
        raise Problem("This consent is another client’s.", "Choose one of this client.")
    return row


def form_of(session: Session, uid: str) -> DisclosureForm:
    """Return a row as a form, to put it right."""
    row = session.scalars(select(Disclosure).where(Disclosure.uid == uid)).one()
    at, told = row.at.astimezone(clock.zone(session)), row.emergency or {}
    days = {"asked_on", "suspended_until"}
    kept: dict[str, Any] = {
        name: date.fromisoformat(told[name]) if name in days else told[name]
        for name in SAID
        if told.get(name)
    }
    known = row.recipient_person_id or row.recipient_organisation_id
    to = parties.key_of(row.recipient_person_id, row.recipient_organisation_id) if known else ""
    return DisclosureForm(
        basis=row.basis,
        day=at.date(),
        at=None if told.get(TIMELESS) else at.time().replace(microsecond=0),
        recipient=to,
        recipient_name=row.recipient_name,
        recipient_organisation=row.recipient_organisation,
        recipient_address=row.recipient_address,
        channel=row.channel,
        what=row.what,
        topics=tuple(row.categories),
        purpose=row.purpose,
        under_part2=row.part2,
        only_needed=bool(row.min_necessary_confirmed_by),
        consent_id=row.consent_id,
        notice=row.notice_form,
        **kept,
    )


def doubts(session: Session, client_id: int, form: DisclosureForm) -> tuple[str, ...]:
    """Say what speaks against it: it is recorded all the same, and an incident may follow."""
    found = [concern(form.basis, part2=form.under_part2, report=form.report)]
    if form.day is not None:
        if DisclosureBasis(form.basis) is DisclosureBasis.CONSENT and form.consent_id:
            found += _of_consent(session, client_id, form, form.day)
        found.append(_of_holds(session, client_id, form, form.day))
    return tuple(filter(None, found))


def _of_consent(session: Session, client_id: int, form: DisclosureForm, day: date) -> list[str]:
    row = _consent(session, client_id, form.consent_id)
    keys = consents.keys_of(session, row.id)
    read = verdicts.consent_for_rules(session, row, keys)
    fault = rules.fault(read, verdicts.subject(session, client_id), day)
    beyond = [topic for topic in form.topics if topic not in row.topics]
    return [
        f"On that day this consent {fault}." if fault else "",
        "" if form.recipient in keys else "This consent does not name them.",
        "This consent does not cover all of these topics." if beyond else "",
    ]


def _of_holds(session: Session, client_id: int, form: DisclosureForm, day: date) -> str:
    if not form.recipient:
        return ""
    person_id, organisation_id = parties.parts_of(form.recipient)
    held = select(Restriction.topics).where(
        Restriction.id == RestrictionRecipient.restriction_id,
        Restriction.client_id.in_(merged.own_ids(session, client_id)),
        RestrictionRecipient.person_id == person_id
        if person_id
        else RestrictionRecipient.organisation_id == organisation_id,
        or_(Restriction.until.is_(None), Restriction.until >= day),
    )
    for topics in session.scalars(held):
        if not topics or set(topics) & set(form.topics):
            return "The client keeps this from them for now."
    return ""


def may_be_told(session: Session, client_id: int) -> list[Someone]:
    """Return whom one has most likely told: the client and the circle."""
    return contacts.around(session, client_id)


def of_someone(session: Session, key: str) -> dict[str, str]:
    """Return the name, house and address of someone known here, as the form calls them."""
    party = parties.of_key(session, key)
    return {
        "recipient": party.key,
        "recipient_name": party.full_name,
        "recipient_organisation": party.organisation,
        "recipient_address": _address(session, party),
    }


def _address(session: Session, party: parties.Party) -> str:
    """Return where someone is written to, or called: a preferred one before the others."""
    mine = (
        ContactPoint.person_id == party.person_id
        if party.person_id
        else ContactPoint.organisation_id == party.organisation_id
    )
    order = (ContactPoint.preferred.desc(), ContactPoint.position, ContactPoint.id)
    return session.scalars(select(ContactPoint.value).where(mine).order_by(*order)).first() or ""
