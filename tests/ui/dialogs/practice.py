"""Maya Brenner's case on March 9, 2026, as pictures 05 and 15 show it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import clients, consents, entries
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.consents import ConsentDraft
from cmdesk.models.care import Episode
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.rules.codes import Capacity, Channel, Signer, Statement
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import CONSENT_TOPICS, Topic

TODAY: Final = date(2026, 3, 9)
NOW: Final = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)  # 10:30 in New York
FORM: Final = b"%PDF-1.4\nThe signed form.\n%%EOF\n"
COVERED_FOR_DIANE: Final = (
    Topic.ATTENDANCE,
    Topic.PROGRESS,
    Topic.SAFETY,
    Topic.SUBSTANCE_USE,
    Topic.FINANCIAL,
)


@dataclass(frozen=True, slots=True)
class Case:
    """Who is who, by number."""

    maya: int
    owen: int
    diane: int
    david: int
    tess: int
    ridge: int
    consent: int  # Diane's
    entry: int  # not signed yet


def now() -> datetime:
    return NOW


def make(session: Session) -> Case:
    session.add(Practice(name="Whitlock Care Coordination", time_zone="America/New_York"))
    session.add(Practitioner(name="Ana Whitlock"))
    maya = clients.add(session, ClientDraft("Maya", "Brenner", "", "she/her", date(2003, 6, 2)))
    owen = clients.add(session, ClientDraft("Owen", "Castellano", "", "he/him", date(2008, 9, 1)))
    ridge = Organisation(name="Stillwater Ridge", sud_program=True)
    meridian = Organisation(name="Meridian Health", kind="payer")
    session.add_all([ridge, meridian])
    session.flush()
    session.add(
        Episode(
            client_id=maya,
            organisation_id=ridge.id,
            level_of_care="asam4:3.5",
            admitted=date(2026, 2, 3),
            planned_discharge=date(2026, 3, 20),
        )
    )
    circle = {
        given: clients.add_to_circle(session, maya, given, family, relationship)
        for given, family, relationship in (
            ("Diane", "Brenner", "mother"),
            ("David", "Brenner", "father"),
            ("Tess", "Holloway", "therapist"),
        )
    }
    tess = session.get_one(Person, circle["Tess"])
    tess.credentials, tess.organisation_id = "LMFT", ridge.id
    diane = f"p{circle['Diane']}"
    consent = consents.save(session, form(session, maya, diane, COVERED_FOR_DIANE))
    plans = (Topic.ATTENDANCE,)
    consents.save(
        session, form(session, maya, f"p{circle['David']}", plans, until=date(2026, 3, 18))
    )
    consents.save(session, form(session, maya, f"o{ridge.id}", CONSENT_TOPICS))
    consents.save(session, form(session, maya, f"o{meridian.id}", (Topic.FINANCIAL,)))
    earlier = LogDraft(
        client_id=maya,
        day=date(2026, 3, 6),
        minutes=15,
        participants=(circle["Diane"],),
        narrative="Diane asked about the ride home.",
        topics=(Topic.ATTENDANCE, Topic.PROGRESS),
        part2=Part2.NO,
    )
    entry = entries.log(session, earlier, sign=False)
    session.flush()
    return Case(
        maya,
        owen,
        circle["Diane"],
        circle["David"],
        circle["Tess"],
        ridge.id,
        consent,
        entry,
    )


def form(
    session: Session,
    client_id: int,
    recipient: str,
    topics: tuple[Topic, ...],
    until: date = date(2026, 6, 30),
) -> ConsentDraft:
    return ConsentDraft(
        client_id=client_id,
        recipients=(recipient,),
        topics=topics,
        purpose="Family support and planning",
        signed_on=date(2026, 1, 28),
        expires_on=until,
        signer=Signer.CLIENT,
        capacity=Capacity.HAS,
        form_on_file=True,
        document_id=consents.keep_form(session, client_id, FORM, "brenner-consent-2026-01-28.pdf"),
        statements=(Statement.REVOCATION, Statement.CONDITIONING, Statement.REDISCLOSURE),
        channels=(Channel.ENCRYPTED_PDF, Channel.PHONE),
    )
