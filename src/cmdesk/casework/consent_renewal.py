"""One form in the place of another: prefilled, and the older one ends when the newer counts.

An older consent is replaced in the very step that keeps a newer one which counts on that day: there
is neither a gap between the two nor a day on which both count unseen (domain.md 0.5).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consents, verdicts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.models.consent import Consent
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Capacity


@dataclass(frozen=True, slots=True)
class Rival:
    """Another consent of the same kind that counts today for someone the form names.

    `whole`: the form names all whom it names, so it can take its place. `lost`: topics that only
    the other one covers.
    """

    id: int
    signed_on: date | None
    whole: bool
    lost: tuple[str, ...]


def renewal(session: Session, consent_id: int) -> ConsentDraft:
    """Return a form like an older one, to be signed anew. Nothing signed is carried over."""
    old = consents.draft(session, consent_id)
    event = consents.for_rules(session, old).expires_event
    lasting = event is not None and event.on_record and event.happened_on is None
    return replace(
        old,
        signed_on=None,
        begins_on=None,
        expires_on=None,
        expires_episode_id=old.expires_episode_id if lasting else None,
        expires_with_engagement=old.expires_with_engagement and lasting,
        witness="",
        capacity=Capacity.UNKNOWN,
        capacity_note="",
        form_on_file=False,
        document_id=None,
        form_version="",
        statements=(),
        received_on=None,
        copy_given_on=None,
        version=0,
        replaces=(consent_id,),
    )


def rivals(session: Session, edited: ConsentDraft, consent_id: int | None = None) -> list[Rival]:
    """Find what counts beside a form, those signed last first; nothing while the form does not."""
    if not _counts(session, edited):
        return []
    subject, today = verdicts.subject(session, edited.client_id), clock.today(session)
    named, found = set(edited.recipients), list[Rival]()
    for row in session.scalars(select(Consent).where(Consent.client_id == edited.client_id)):
        keys = set(consents.keys_of(session, row.id))
        read = verdicts.consent_for_rules(session, row, keys)
        if row.id == consent_id or row.kind != edited.kind or not keys & named:
            continue
        if rules.fault(read, subject, today) or not _older(row, edited):
            continue
        lost = tuple(code for code in row.topics if code not in edited.topics)
        found.append(Rival(row.id, row.signed_on or row.begins_on, keys <= named, lost))
    return sorted(found, key=lambda rival: (rival.signed_on or date.min, rival.id), reverse=True)


def _counts(session: Session, edited: ConsentDraft) -> bool:
    return bool(edited.recipients) and consents.state(session, edited).fault is None


def _older(row: Consent, edited: ConsentDraft) -> bool:
    mine = edited.signed_on or edited.begins_on or date.max
    return (row.signed_on or row.begins_on or date.min) <= mine


def keep(session: Session, edited: ConsentDraft, consent_id: int | None = None) -> int:
    """Save a form; if it counts today, the older ones it replaces end with it."""
    number = consents.save(session, edited, consent_id)
    wanted = set(edited.replaces)
    replaceable = {rival.id for rival in rivals(session, edited, number) if rival.whole}
    supersede(session, wanted & replaceable, number)
    return number


def supersede(session: Session, older: Collection[int], newer: int) -> None:
    for number in older:
        consents.get(session, number).superseded_by_id = newer
