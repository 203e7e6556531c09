"""Everything that was told of one client, with what was put right beside what it puts right.

45 CFR 164.528(b)(2) and 42 CFR 2.25. All of it is listed; each row says which rule asks for it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.casework.parties import outside_name
from cmdesk.models.consent import Consent, Disclosure
from cmdesk.models.document import Document
from cmdesk.rules.disclosure_bases import required_by, years_before

YEARS = 6  # 45 CFR 164.528(a)(1)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """One thing that was told. `at` is local; `said` is what its ground made one write down.

    `corrections` are the rows added later, the oldest first; one that has no `why` of its own
    takes the disclosure back, and says so in `what`.
    """

    id: int
    uid: str
    at: datetime
    basis: str
    recipient_name: str
    recipient_organisation: str
    recipient_address: str
    discloser: str
    what: str
    topics: tuple[str, ...]
    purpose: str
    consents: tuple[str, ...]
    consent_on: date | None  # the day the one named first was signed
    notice_version: str
    notice_form: str
    channel: str
    delivery_evidence: str
    needed_only: str
    document: str
    pages: int | None
    sha256: str
    content_sha256: str
    part2: bool
    restriction_check: str
    override_reason: str
    said: Mapping[str, Any]
    entries: tuple[str, ...]
    required: tuple[str, ...]
    corrects: str = ""
    corrections: tuple["Told", ...] = ()

    @property
    def timed(self) -> bool:
        """Whether the time is known; noon stands for one that nobody wrote down."""
        return not self.said.get("time_unknown")

    @property
    def why(self) -> str:
        """Why it was put right, where another row is put in its place."""
        return str(self.said.get("why_corrected", ""))

    @property
    def counts(self) -> "Told | None":
        """Give the row that counts now; none where it was taken back."""
        newest = self.corrections[-1] if self.corrections else self
        return None if newest.corrects and not newest.why else newest

    @property
    def owed(self) -> tuple[str, ...]:
        """Name the rules that ask for it, as it counts now."""
        now = self.counts
        return now.required if now else ()

    @property
    def suspended_until(self) -> date | None:
        """Until when an agency asked that it stays off the accounting: 164.528(a)(2)."""
        told = (self.counts or self).said.get("suspended_until")
        return date.fromisoformat(told) if told else None


@dataclass(frozen=True, slots=True)
class Short:
    """Repeated disclosures to one person for one purpose: 45 CFR 164.528(b)(3)."""

    first: Told
    number: int
    last: datetime


def six_years(session: Session) -> tuple[date, date]:
    """Return the days an accounting is owed for: six years to today."""
    today = clock.today(session)
    return years_before(today, YEARS), today


def rows(
    session: Session, client_id: int, first: date | None = None, last: date | None = None
) -> list[Told]:
    """Return what was told, oldest first, each with its corrections; from the beginning on.

    A row is inside a span of days when it, or something that puts it right, was of one of them.
    """
    own = merged.own_ids(session, client_id)
    query = select(Disclosure).where(Disclosure.client_id.in_(own))
    found = session.scalars(query.order_by(Disclosure.at, Disclosure.id)).all()
    making = _Making(session, found)
    made = {row.id: making.told(row) for row in found}
    before = {row.id: row.correction_of_id for row in found}
    roots = {row.id: _root(row.id, before) for row in found}
    after: dict[int, list[Told]] = defaultdict(list)
    for row in sorted(found, key=lambda row: row.id):
        if roots[row.id] != row.id:
            after[roots[row.id]].append(made[row.id])
    whole = [
        replace(made[number], corrections=tuple(after[number]))
        for number in made
        if roots[number] == number
    ]
    return [each for each in whole if _inside(each, first, last)]


def _root(number: int, before: Mapping[int, int | None]) -> int:
    """Follow corrections of corrections back to what was first written."""
    corrected = before.get(number)
    return _root(corrected, before) if corrected in before and corrected is not None else number


def _inside(told: Told, first: date | None, last: date | None) -> bool:
    days = (each.at.date() for each in (told, *told.corrections))
    return any((first or date.min) <= day <= (last or date.max) for day in days)


def short_form(found: Sequence[Told]) -> list[Told | Short]:
    """Sum up what was told one person again and again for one purpose on one ground.

    What was put right stands by itself.
    """
    alike: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for each in found:
        alike[_sort(each)].append(each)
    made: list[Told | Short] = []
    for each in found:
        many = alike[_sort(each)]
        if len(many) == 1:
            made.append(each)
        elif many[0] is each:
            made.append(Short(each, len(many), many[-1].at))
    return made


def _sort(told: Told) -> tuple[str, ...]:
    if told.corrections:
        return (told.uid,)
    whom = (told.recipient_name, told.recipient_organisation, told.recipient_address)
    return (*whom, told.basis, told.purpose, *told.required)


class _Making:
    """Makes rows; asks once for what many of them name."""

    def __init__(self, session: Session, found: Sequence[Disclosure]) -> None:
        self._zone, self._today = clock.zone(session), clock.today(session)
        self._session = session
        self._uids = {row.id: row.uid for row in found}
        ids = {row.document_id for row in found if row.document_id}
        files = session.scalars(select(Document).where(Document.id.in_(ids)))
        self._documents = {row.id: row.uid for row in files}

    def told(self, row: Disclosure) -> Told:
        at = row.at.astimezone(self._zone)
        consent = self._session.get(Consent, row.consent_id) if row.consent_id else None
        named = [*row.consents, *([outside_name(consent)] if consent else [])]
        said = row.emergency or {}
        return Told(
            id=row.id,
            uid=row.uid,
            at=at,
            basis=row.basis,
            recipient_name=row.recipient_name,
            recipient_organisation=row.recipient_organisation,
            recipient_address=row.recipient_address,
            discloser=row.discloser,
            what=row.what,
            topics=tuple(row.categories),
            purpose=row.purpose,
            consents=tuple(dict.fromkeys(named)),
            consent_on=consent.signed_on if consent else None,
            notice_version=row.notice_version,
            notice_form=row.notice_form,
            channel=row.channel,
            delivery_evidence=row.delivery_evidence,
            needed_only=row.min_necessary_confirmed_by,
            document=self._documents.get(row.document_id or 0, ""),
            pages=row.pages,
            sha256=row.sha256,
            content_sha256=row.content_sha256,
            part2=row.part2,
            restriction_check=row.restriction_check,
            override_reason=row.override_reason,
            said=said,
            entries=tuple(str(each.get("entry", "")) for each in row.entries),
            required=required_by(row.basis, said, at.date(), self._today, part2=row.part2),
            corrects=self._uids.get(row.correction_of_id or 0, ""),
        )
