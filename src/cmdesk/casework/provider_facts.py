"""What was learned of a provider: told on the phone, starred, and that it is in one's directory."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation, Professional, ProviderFact
from cmdesk.rules.provider_check import FIELDS, CheckForm, faults
from cmdesk.rules.provider_draft import listed
from cmdesk.rules.provider_said import cost, waiting

HINT: Final = "Choose another in the list."
BEFORE: Final = "_before"  # ends the field of a fact that stands for nothing any more
_TEXT_OF: Final = {"needs": "needs", "notes": "notes"}
OF_A_PERSON: Final = {"wait": "availability", "cost": "fees"}  # where the newest fact stands


@dataclass(frozen=True, slots=True)
class _Owner:
    """A provider's row, and how a fact names it."""

    row: Organisation | Professional
    link: dict[str, int] = field(default_factory=dict[str, int])


def owner(session: Session, number: int) -> Organisation | Professional:
    """Return the row of a provider; below zero a professional's. Raises Problem if it is gone."""
    return _owner(session, number).row


def _owner(session: Session, number: int) -> _Owner:
    if number > 0:
        house = stored(session, Organisation, number, "provider", HINT)
        return _Owner(house, {"organisation_id": number})
    row = session.query(Professional).filter_by(person_id=-number).one_or_none()
    if row is None:
        raise Problem("This provider is no longer there.", HINT)
    return _Owner(row, {"person_id": -number})


def star(session: Session, number: int, *, starred: bool) -> None:
    """Star a provider or take the star away; it belongs to one's own directory from then on."""
    row = owner(session, number)
    row.starred, row.mine = starred, True
    session.flush()


def check(session: Session, number: int, form: CheckForm, draft_key: str = "") -> list[int]:
    """Record what was told on a day, and put it where the list reads it; return the facts' numbers.

    A call that gave no answer is recorded too: then the opening was asked for, and not told.
    Of a call that is older than what stands, the facts are kept and the list is left as it is.
    Raises Problem for a day to come and for a cost that can't be read.
    """
    if wrong := faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), "Put it right and save again.")
    held = _owner(session, number)
    day = form.told_on or clock.today(session)
    said = _said(held.row, form)
    facts = [
        ProviderFact(
            **held.link,
            field=name,
            words=words,
            told_by=form.told_by.strip(),
            told_by_id=form.told_by_id,
            told_on=day,
            entry_id=form.entry_id,
        )
        for name, words in said.items()
    ]
    newer = _newer(session, held.link, day)
    session.add_all(facts)
    _take(held.row, {name: words for name, words in said.items() if name not in newer}, day)
    held.row.mine = True
    if form.same or any(said.values()):
        held.row.verified_on = max(day, held.row.verified_on or day)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return [fact.id for fact in facts]


def _newer(session: Session, link: dict[str, int], day: date) -> set[str]:
    """Return the fields of which something was told on a later day than this one."""
    after = select(ProviderFact.field).filter_by(**link)
    after = after.where(ProviderFact.told_on > day, ProviderFact.words != "")
    return set(session.scalars(after.distinct()))


def keep(session: Session, link: dict[str, int], field: str, words: str, day: date) -> None:
    """Keep what was typed of a field; nothing typed empties it, and what was told is history."""
    if said := words.strip():
        session.add(ProviderFact(**link, field=field, words=said, told_on=day))
        return
    told = select(ProviderFact).filter_by(**link, field=field).where(ProviderFact.words != "")
    for fact in session.scalars(told):
        fact.field = field + BEFORE


def _said(row: Organisation | Professional, form: CheckForm) -> dict[str, str]:
    """Give what was said of each field: as it stands if all is the same, else no answer."""
    stands = row.availability if isinstance(row, Professional) else row.wait
    if form.same:
        return {"wait": stands} if stands else {}
    typed = {name: getattr(form, name).strip() for name in FIELDS}
    return {name: words for name, words in typed.items() if words} or {"wait": ""}


def _take(row: Organisation | Professional, typed: dict[str, str], day: date) -> None:
    """Write what was said into the columns that stand for it."""
    for name, words in typed.items():
        if not words:
            continue
        if isinstance(row, Professional):
            if name in OF_A_PERSON:
                setattr(row, OF_A_PERSON[name], words)
            elif name == "insurance":
                row.insurance = listed(words)
        else:
            _take_house(row, name, words, day)


def _take_house(row: Organisation, name: str, words: str, day: date) -> None:
    if name == "wait":
        put_wait(row, words, day)
    elif name == "cost":
        read = cost(words)
        if read is not None:
            row.private_pay_cents, row.private_pay_per = read
    elif name == "insurance":
        row.payers_in_network = listed(words)
    elif name in _TEXT_OF:
        setattr(row, _TEXT_OF[name], words)


def put_wait(row: Organisation, words: str, day: date) -> None:
    """Keep words about an opening, and what they say in days or as a date."""
    read = waiting(words, day)
    row.wait = words.strip()
    row.wait_days = read.days if read else None
    row.opening_on = read.opening_on if read else None
    row.openings = read.openings if read else None


def note(session: Session, number: int, words: str, draft_key: str = "") -> None:
    """Keep one's private impressions of a provider."""
    row = owner(session, number)
    kept: Any = row if isinstance(row, Organisation) else session.get_one(Person, -number)
    kept.notes, row.mine = words.strip(), True
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
