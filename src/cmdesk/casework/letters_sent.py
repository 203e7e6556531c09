"""Letters that were handed over: kept as they were laid out, with the verdicts they rest on."""

from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clock, kept_copy, merged
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.models.consent import Disclosure
from cmdesk.models.update import LetterEvent, Update, UpdateCopy
from cmdesk.rules.codes import UpdateStatus
from cmdesk.rules.letter_period import OCCASIONAL
from cmdesk.rules.letter_state import CLOSED, LetterState

WEEKLY = "weekly"
LEFT_OUT = "Left out of the letter"


def keep(
    session: Session, released: Released, disclosure: Disclosure, draft: LetterDraft | None
) -> int:
    """Keep the reader's copy of the period's update; the period gets a number the first time."""
    update = _update(session, released, draft)
    update.status = "final"
    update.finalised_at = clock.now(session)
    letter = released.letter
    copy = UpdateCopy(
        update_id=update.id,
        person_id=released.recipient.person_id,
        organisation_id=released.recipient.organisation_id,
        consent_id=disclosure.consent_id,
        language=letter.language,
        headline=letter.headline,
        sections=draft.plain() if draft else {},
        text="\n".join((*letter.opening, *chain(*letter.prose.values()), *letter.close)),
        shared=[
            {"entry": line.entry, "verdict": line.verdict, "rule": line.rule, "text": line.text}
            for line in released.findings.shared
        ],
        kept_back=_kept_back(released),
        basis=letter.scope,
        document_id=disclosure.document_id,
        disclosure_id=disclosure.id,
        method=disclosure.channel,
    )
    session.add(copy)
    session.flush()
    return copy.id


def _kept_back(released: Released) -> list[dict[str, Any]]:
    """Name the entries that stayed; those the practitioner left out with how far they could go."""
    found = released.findings
    kept = [{"entry": row.entry, "rule": row.rule, "why": row.why} for row in found.kept_back]
    return [
        *kept,
        *({"entry": name, "why": LEFT_OUT, "reach": far} for name, far in found.left_out),
    ]


def _update(session: Session, released: Released, draft: LetterDraft | None) -> Update:
    """Find the update a copy belongs to; a corrected one begins its own, in the other's place."""
    kind = draft.template if draft else WEEKLY
    days = (released.first, released.last)
    before = session.get(UpdateCopy, draft.replaces) if draft and draft.replaces else None
    if before is None:
        return period(session, released.client_id, *days, kind)
    update = _begun(session, released.client_id, *days, kind)
    update.supersedes_id = before.update_id
    return update


def mailed_to(session: Session, copy_id: int, point_id: int | None) -> None:
    """Keep which of the reader's addresses an e-mail was drafted to."""
    session.get_one(UpdateCopy, copy_id).contact_point_id = point_id


def take_back(session: Session, disclosure: str) -> None:
    """Forget the copy of a letter that did not get to its place: it counts as sent no longer.

    What it was to replace counts again, and the period it alone was handed over for is a draft.
    """
    kept = select(Disclosure.id).where(Disclosure.uid == disclosure)
    for copy in session.scalars(select(UpdateCopy).where(UpdateCopy.disclosure_id.in_(kept))).all():
        replaced = select(LetterEvent).where(LetterEvent.other_copy_id == copy.id)
        for row in session.scalars(replaced).all():
            session.delete(row)
        session.flush()
        update, corrects = session.get_one(Update, copy.update_id), kept_copy.letter(copy)
        session.delete(copy)
        session.flush()
        _reopen(session, update, begun_for_it=bool(corrects and corrects.replaces))


def _reopen(session: Session, update: Update, *, begun_for_it: bool) -> None:
    """Let an update without a copy be as before; one begun to correct another is gone."""
    left = select(UpdateCopy.id).where(UpdateCopy.update_id == update.id).limit(1)
    if session.scalar(left) is not None:
        return
    if begun_for_it:
        session.delete(update)
    else:
        update.status, update.finalised_at = UpdateStatus.DRAFTED.value, None
    session.flush()


def period(
    session: Session, client_id: int, first: date, last: date, template: str = WEEKLY
) -> Update:
    """Find the update of the period in this kind of letter, or begin it.

    One begun when the period was shorter, and not handed to anybody, grows with it.
    """
    query = select(Update).where(
        Update.client_id == client_id, Update.period_from == first, Update.template == template
    )
    known = session.scalars(query.where(Update.period_until == last).order_by(Update.id)).first()
    if known is not None:
        return known
    handed = exists(UpdateCopy.id).where(UpdateCopy.update_id == Update.id)
    shorter = query.where(Update.period_until < last, Update.status != "final", ~handed)
    grown = session.scalars(shorter.order_by(Update.period_until.desc(), Update.id)).first()
    if grown is None:
        return _begun(session, client_id, first, last, template)
    grown.period_until = last
    session.flush()
    return grown


def _begun(session: Session, client_id: int, first: date, last: date, template: str) -> Update:
    update = Update(
        client_id=client_id,
        number=_next_number(session, client_id),
        period_from=first,
        period_until=last,
        template=template,
    )
    session.add(update)
    session.flush()
    return update


def _next_number(session: Session, client_id: int) -> int:
    own = Update.client_id.in_(merged.own_ids(session, client_id))
    return (session.scalar(select(func.max(Update.number)).where(own)) or 0) + 1


def copies(
    session: Session, client_id: int, party: Party, *, reached_alone: bool = False
) -> list[tuple[UpdateCopy, Update]]:
    """Return what a reader was handed about a client, the last first, across merged records.

    With `reached_alone`, what came back is left out.
    """
    if party.person_id is not None:
        whom = UpdateCopy.person_id.in_(merged.person_ids(session, party.person_id))
    else:
        whom = UpdateCopy.organisation_id == party.organisation_id
    query = (
        select(UpdateCopy, Update)
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(_about(session, client_id), whom)
        .where(*([reached()] if reached_alone else []))
        .order_by(UpdateCopy.id.desc())
    )
    return [(copy, update) for copy, update in session.execute(query)]


def last_sent(
    session: Session, client_id: int, person_id: int, template: str = WEEKLY
) -> date | None:
    """Return the local day of the last letter to a person, also under a number that is gone.

    Of the kind that is agreed: what was written for an occasion is no letter of the rhythm.
    """
    whom = UpdateCopy.person_id.in_(merged.person_ids(session, person_id))
    at = session.scalar(
        select(func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)))
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(_about(session, client_id), whom, reached())
        .where(or_(Update.template == template, Update.template.not_in(OCCASIONAL)))
    )
    return at.astimezone(clock.zone(session)).date() if at else None


def left_on(session: Session, copy_id: int) -> date | None:
    """Return the local day a letter left; none where it is gone, or no letter is named."""
    copy = session.get(UpdateCopy, copy_id) if copy_id else None
    at = (copy.sent_at or copy.created_at) if copy else None
    return at.astimezone(clock.zone(session)).date() if at else None


def _about(session: Session, client_id: int) -> ColumnElement[bool]:
    """Ask for letters about a client that count as written."""
    return and_(Update.client_id.in_(merged.own_ids(session, client_id)), counts())


def counts() -> ColumnElement[bool]:
    """Ask for copies that count as written: neither withdrawn nor replaced by a corrected one."""
    closed = exists(LetterEvent.id).where(
        LetterEvent.update_copy_id == UpdateCopy.id, LetterEvent.kind.in_(CLOSED)
    )
    return and_(Update.status != "withdrawn", ~closed)


def reached() -> ColumnElement[bool]:
    """Ask for copies that count as told: of those that count, the newest word is not "came back".

    What is in the others the reader never saw; the letter is owed until it is handed over again.
    """
    later = aliased(LetterEvent)
    newer = exists(later.id).where(
        later.update_copy_id == LetterEvent.update_copy_id, later.id > LetterEvent.id
    )
    back = exists(LetterEvent.id).where(
        LetterEvent.update_copy_id == UpdateCopy.id,
        LetterEvent.kind == LetterState.CAME_BACK.value,
        ~newer,
    )
    return and_(counts(), ~back)
