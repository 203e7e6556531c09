"""Services a client was referred to outside programs: asked, under way, and what came of it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged, placement_release, records_out, service_party
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.entry import Entry
from cmdesk.models.referral import Referral
from cmdesk.rules.placement_way import recalled
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.rules.referral_codes import Outcome, ServiceKind
from cmdesk.rules.referral_draft import ReferralForm, referral_faults

APART: Final = ("recipient", "topics", "state", "state_since", "version")
COPIED: Final = tuple(each.name for each in fields(ReferralForm) if each.name not in APART)
NOT_SENT: Final = "The referral was changed: this did not go, or not so."


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One service as the chart lists it; `name` is whom it goes to."""

    id: int
    name: str
    form: ReferralForm
    closed_on: date | None = None


def rows(session: Session, client_id: int) -> list[ReferralRow]:
    """Return the services of a client: those open by their next day, then those that are over."""
    own = merged.own_ids(session, client_id)
    found = session.scalars(select(Referral).where(Referral.client_id.in_(own))).all()
    names = service_party.names(session, found)
    made = [
        ReferralRow(row.id, names.get(service_party.key(row), ""), _form(row), row.closed_on)
        for row in found
    ]
    return sorted(made, key=_order)


def _order(row: ReferralRow) -> tuple[bool, int, int]:
    newest = -(row.closed_on or date.min).toordinal()
    return row.form.over, newest if row.form.over else _day(row.form.next_on), -row.id


def _day(day: date | None) -> int:
    return (day or date.max).toordinal()


def read(session: Session, referral_id: int) -> ReferralForm:
    """Return a referral as the dialog holds it. Raises Problem if it is gone."""
    return _form(_row(session, referral_id))


def _row(session: Session, referral_id: int) -> Referral:
    return stored(session, Referral, referral_id, "referral")


def _form(row: Referral) -> ReferralForm:
    kept = {name: getattr(row, name) for name in COPIED}
    return ReferralForm(
        **kept,
        recipient=service_party.key(row),
        topics=tuple(row.topics),
        state=row.state,
        state_since=row.state_since,
        version=row.version,
    )


def save(
    session: Session,
    client_id: int,
    form: ReferralForm,
    referral_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a referral as typed and throw the draft away; return its number.

    Somebody new is added to the directory. Records go only where a valid consent names those who
    get them: raises NoRelease otherwise, and Problem for what can’t be. What went stands in the
    accounting; it is taken back there where the referral says no longer that it went to them.
    """
    today = clock.today(session)
    for words in referral_faults(form, today).values():
        raise Problem(words, "Put it right and save again.")
    row = _begun_or_kept(session, client_id, form, referral_id)
    _own_entry(session, client_id, form.entry_id)
    before, was = _asked(row), row.state
    copy_typed(form, COPIED, row)
    row.person_id, row.organisation_id = service_party.numbers(session, form.recipient)
    row.topics = list(form.topics)
    session.add(row)
    state = ReferralState(form.state)
    if _asked(row) != before:
        row.consent_id = None  # it named somebody else, or other records
    sent = state is ReferralState.PACKET_SENT
    goes = sent and (row.state != state.value or _asked(row) != before)
    if goes:
        row.consent_id = _release(session, row)
    _into(row, state, today)
    session.flush()
    elsewhere = _asked(row)[:2] != before[:2] or (goes and _asked(row) != before)
    if elsewhere or recalled(was, state):
        _take_back(session, row)
    if goes:
        _account(session, row, today)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _begun_or_kept(
    session: Session, client_id: int, form: ReferralForm, referral_id: int | None
) -> Referral:
    if not referral_id:
        return Referral(client_id=client_id, state="")
    row = _row(session, referral_id)
    refuse_changed(row.version, form.version, "referral")
    return row


def _own_entry(session: Session, client_id: int, entry_id: int | None) -> None:
    entry = session.get(Entry, entry_id) if entry_id else None
    if entry is not None and entry.client_id not in merged.own_ids(session, client_id):
        raise Problem("This contact is in another chart.", "Choose one of this client.")


def _account(session: Session, row: Referral, today: date) -> None:
    party = service_party.party(session, service_party.key(row))
    if party is not None:
        what = f"Records for a referral: {row.what.strip() or ServiceKind(row.kind).label}"
        told = records_out.Sent(row.uid, party, what, today, row.consent_id, row.part2)
        records_out.write(session, row.client_id, told)


def _take_back(session: Session, row: Referral) -> None:
    """Say in the accounting that records did not go; where they go now is asked for anew."""
    records_out.take_back(session, row.client_id, NOT_SENT, row.uid)
    if row.state != ReferralState.PACKET_SENT.value:
        row.consent_id = None
        session.flush()


def went(session: Session, referral_id: int) -> bool:
    """Whether the accounting holds that its records went: what touches that is final."""
    row = _row(session, referral_id)
    return records_out.stands(session, row.client_id, row.uid)


def _asked(row: Referral) -> tuple[object, ...]:
    """Return what a release for its records answers for."""
    return row.person_id, row.organisation_id, row.part2


def _into(row: Referral, state: ReferralState, today: date) -> None:
    """Note a new state with its day; leave what did not change."""
    if row.state == state:
        return
    row.state, row.state_since = state.value, today
    if state is not ReferralState.CONSIDERED and row.asked_on is None:
        row.asked_on = today
    over = ReferralForm(state=state).over
    row.closed_on = (row.closed_on or today) if over else None


def _release(session: Session, row: Referral) -> int | None:
    if not service_party.party_known(row):
        raise Problem("Nobody is named who got the records.", "Say who gives the service.")
    party = service_party.party(session, service_party.key(row))
    if party is None:
        raise Problem("Those who got the records are no longer there.", "Choose them again.")
    return placement_release.need_to(session, row.client_id, party, row.part2)


def received(session: Session, referral_id: int) -> None:
    """Note that a service was received, which ends the referral. Raises Problem if it is over."""
    row = _row(session, referral_id)
    if ReferralForm(state=row.state).over:
        raise Problem("This referral is over already.", "Open it to change what came of it.")
    row.outcome, row.barrier, row.barrier_words = Outcome.RECEIVED.value, "", ""
    row.next_step, row.next_on = "", None
    _into(row, ReferralState.CLOSED, clock.today(session))
    session.flush()


def take_away(session: Session, referral_id: int) -> None:
    """Take a referral away, as one noted by mistake. Undo brings it back.

    Records that were noted as sent are taken back in the accounting: then it is final.
    """
    row = _row(session, referral_id)
    records_out.take_back(session, row.client_id, NOT_SENT, row.uid)
    session.delete(row)
    session.flush()


__all__ = ["ReferralRow", "read", "received", "rows", "save", "take_away", "went"]
