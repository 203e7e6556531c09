"""Papers that went to somebody stand in the accounting, whatever led to their being sent.

45 CFR 164.528(b)(2) and 42 CFR 2.25. Such a row is final, as each of them is: what did not happen
after all is taken back by a row beside it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, disclosures, merged, parties, places, verdicts
from cmdesk.casework.parties import Party
from cmdesk.casework.told_by_hand import TIMELESS
from cmdesk.models.consent import Consent, Disclosure
from cmdesk.rules.codes import Channel, DisclosureBasis
from cmdesk.rules.contact_codes import Part2

OF: Final = "records_of"  # names the request, the referral or the program the row tells of
JUDGED: Final = "Judged as they were noted as sent; how they went was not asked."
NOTICE: Final = "Protected by 42 CFR part 2: the notice of 42 CFR 2.32 belongs with them."


@dataclass(frozen=True, slots=True)
class Sent:
    """What went; `of` is the uid of the record that says so, `on` a local day."""

    of: str
    party: Party
    what: str
    on: date
    consent_id: int | None
    part2: str = Part2.UNKNOWN


def write(session: Session, client_id: int, sent: Sent) -> str:
    """Write that records went, with the consent it rests on; return the row's uid.

    What nobody said of 42 CFR Part 2 counts as protected by it. The way stands as paper: nobody
    was asked how they went, which the row says; a correction puts it right.
    """
    kept, zone = merged.kept_client(session, client_id), clock.zone(session)
    consent = session.get(Consent, sent.consent_id) if sent.consent_id else None
    protected = sent.part2 != Part2.NO
    row = Disclosure(
        client_id=kept,
        at=datetime.combine(sent.on, time(12), zone),
        zone=str(zone),
        basis=DisclosureBasis.CONSENT,
        recipient_person_id=sent.party.person_id,
        recipient_organisation_id=sent.party.organisation_id,
        recipient_name=sent.party.full_name,
        recipient_organisation=sent.party.organisation,
        recipient_address=places.of(session, sent.party),
        discloser=disclosures.discloser(session),
        what=sent.what.strip(),
        categories=_topics(session, kept, sent, consent),
        purpose=consent.purpose if consent else "",
        consent_id=consent.id if consent else None,
        consents=[parties.outside_name(consent)] if consent else [],
        channel=Channel.PAPER,
        part2=protected,
        restriction_check=f"{JUDGED} {NOTICE}" if protected else JUDGED,
        emergency={TIMELESS: True, OF: sent.of},
    )
    session.add(row)
    session.flush()
    return row.uid


def _topics(session: Session, client_id: int, sent: Sent, consent: Consent | None) -> list[str]:
    """Return what may have been in them: all the consent covers but what a wish kept back then."""
    if consent is None:
        return []
    wishes = verdicts.standing(session, client_id, sent.party, sent.on).restrictions
    held = {topic.value for wish in wishes for topic in wish.topics}
    return [topic for topic in consent.topics if topic not in held]


def take_back(session: Session, client_id: int, why: str, *names: str) -> None:
    """Write beside all that was said to have gone for these records that it did not."""
    for row in list(_standing(session, client_id, names)):
        disclosures.correct(session, row.uid, why)


def stands(session: Session, client_id: int, *names: str) -> bool:
    """Whether the accounting holds that records went, by the uids they are told of under."""
    return any(_standing(session, client_id, names))


def told(session: Session, client_id: int, *names: str) -> bool:
    """Whether the accounting ever held that they went, taken back since or not."""
    return any(_rows(session, client_id, names))


def _standing(session: Session, client_id: int, names: Collection[str]) -> Iterator[Disclosure]:
    """Find the rows that were not taken back, the newest first."""
    for row in _rows(session, client_id, names):
        if not disclosures.taken_back(session, row):
            yield row


def _rows(session: Session, client_id: int, names: Collection[str]) -> Sequence[Disclosure]:
    own = merged.own_ids(session, client_id)
    query = select(Disclosure).where(
        Disclosure.client_id.in_(own),
        Disclosure.correction_of_id.is_(None),
        Disclosure.emergency[OF].as_string().in_(names),
    )
    return session.scalars(query.order_by(Disclosure.id.desc())).all()


__all__ = ["OF", "Sent", "stands", "take_back", "told", "write"]
