"""A small practice on March 9, 2026: Maya Brenner's case as the design pictures it, and others."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import clients, consents, entries, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.consents import ConsentDraft
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.codes import Capacity, ConsentKind, Mark, Signer, Statement
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import CONSENT_TOPICS, Topic

TODAY: Final = date(2026, 3, 9)
NOW: Final = datetime(2026, 3, 9, 13, 41, tzinfo=UTC)  # 9:41 in New York

OTHERS: Final = (
    ("Grace", "Okafor", 25, "mh:residential", "Oakmere Center", 12, "Family meeting", 0),
    ("Owen", "Castellano", 17, "mh:outdoor", "Blue Heron", 45, "Ask Fernbrook", 0),
    ("Priya", "Raman", 29, "mh:php", "Bridge Street", 9, "Check refill", 0),
    ("Theo", "Lindqvist", 34, "setting:sober_living", "Juniper Court", 60, "Send release", -1),
    ("Lila", "Moreau", 16, "mh:iop", "Lantern Adolescent", 20, "School meeting", 3),
    ("Andre", "Bell", 31, "mh:outpatient_therapy", "", 200, "Whole-life review", 3),
    ("Jonah", "Feld", 19, "mh:outpatient_therapy", "Northbank", 80, "Check school leave form", 4),
    ("Hannah", "Sorensen", 27, "mh:outpatient_therapy", "", 90, "Call Dr. Weil", 7),
    ("Noah", "Abrams", 20, "setting:sober_living", "Juniper Court", 30, "", 0),
)


def now() -> datetime:
    return NOW


def _born(age: int) -> date:
    return date(TODAY.year - age, 1, 15)


def _house(session: Session, name: str) -> int:
    house = Organisation(name=name)
    session.add(house)
    session.flush()
    return house.id


def _stay(session: Session, client_id: int, level: str, house: int | None, day: int) -> Episode:
    stay = Episode(
        client_id=client_id,
        level_of_care=level,
        organisation_id=house,
        admitted=TODAY - timedelta(days=day - 1),
    )
    session.add(stay)
    session.flush()
    return stay


def found(session: Session) -> None:
    """Give the practice its zone and its practitioner."""
    session.add(Practice(name="Harbor Case Management", time_zone="America/New_York"))
    session.add(Practitioner(name="Ana Ruiz"))
    session.flush()


def maya(session: Session) -> int:
    """Make Maya's case; return the client."""
    draft = ClientDraft("Maya", "Brenner", pronouns="she/her", born=date(2003, 6, 2))
    client_id = clients.add(session, draft)
    session.query(Engagement).filter_by(client_id=client_id).one().began_on = date(2025, 9, 8)
    stay = _stay(session, client_id, "asam4:3.5", _house(session, "Stillwater Ridge"), 35)
    stay.planned_discharge = date(2026, 3, 20)
    client = session.get_one(Client, client_id)
    client.where_things_stand = (
        "Week 5 at Stillwater Ridge. Sleep and mood are better and she goes to every group. She "
        "leaves March 20 for Bridge Street in Brooklyn. Two worries: three days between programs, "
        "and Diane and David disagree about sober living."
    )
    client.where_things_stand_at = datetime(2026, 3, 6, 16, tzinfo=UTC)
    people = _circle(session, client_id)
    _consents(session, client_id, people)
    _log(session, client_id, people)
    for text, due in (
        ("Write Diane’s update", TODAY),
        ("Answer Joel Stern", date(2026, 3, 12)),
        ("Renew David’s consent", date(2026, 3, 18)),
    ):
        tasks.add(session, client_id, text, due)
    plan = {"client_id": client_id, "recipient_id": people["Diane"], "weekday": "monday"}
    session.add(UpdatePlan(**plan, every="week"))
    week = {"period_from": date(2026, 2, 23), "period_until": date(2026, 3, 1)}
    update = Update(client_id=client_id, number=1, status="sent", **week)
    session.add(update)
    session.flush()
    sent = datetime(2026, 3, 2, 15, tzinfo=UTC)
    session.add(UpdateCopy(update_id=update.id, person_id=people["Diane"], created_at=sent))
    session.flush()
    return client_id


def _circle(session: Session, client_id: int) -> dict[str, int]:
    made: dict[str, int] = {}
    for given, family, credentials, relationship in (
        ("Tess", "Holloway", "LMFT", "therapist"),
        ("Samuel", "Okonedo", "MD", "psychiatrist"),
        ("Diane", "Brenner", "", "mother"),
        ("David", "Brenner", "", "father"),
        ("Kevin", "Park", "", "other"),
        ("Joel", "Stern", "", "other"),
    ):
        number = clients.add_to_circle(session, client_id, given, family, relationship)
        session.get_one(Person, number).credentials = credentials
        made[given] = number
    return made


def _consents(session: Session, client_id: int, people: dict[str, int]) -> None:
    family = tuple(topic for topic in CONSENT_TOPICS if topic != Topic.MEDICATION)
    plans = (Topic.ATTENDANCE, Topic.HOUSING, Topic.FINANCIAL)
    for given, topics, until in (
        ("Tess", tuple(CONSENT_TOPICS), date(2026, 6, 30)),
        ("Samuel", tuple(CONSENT_TOPICS), date(2026, 6, 30)),
        ("Diane", tuple(t for t in family if t != Topic.SUBSTANCE_USE), date(2026, 6, 30)),
        ("David", plans, date(2026, 3, 18)),
        ("Kevin", (Topic.FINANCIAL, Topic.TREATMENT), date(2026, 3, 1)),
    ):
        form = ConsentDraft(
            client_id=client_id,
            kind=ConsentKind.PART2_SPECIFIC,
            recipients=(f"p{people[given]}",),
            topics=topics,
            purpose="To keep everyone informed",
            signed_on=date(2025, 12, 1),
            expires_on=until,
            signer=Signer.CLIENT,
            capacity=Capacity.HAS,
            form_on_file=True,
            statements=tuple(Statement),
            channels=("encrypted_pdf", "phone"),
        )
        consents.save(session, form)


def _log(session: Session, client_id: int, people: dict[str, int]) -> None:
    """Log four contacts, the oldest first."""
    joel = (
        "Sober companion is free March 20 to 23. $850 a day, drives his own car. Needs an answer "
        "by Thursday."
    )
    tess = (
        "Maya finished her prevention plan and read it to the group. Two hard nights midweek after "
        "a call with David. Safety check Thursday: no thoughts of suicide. Tess supports the day "
        "program plus sober living."
    )
    kevin = "Asked for a doctor-to-doctor review before Wednesday, when the approved days end."
    diane = (
        "Anxious about the ride home and wants to drive Maya herself. I said I would raise it with "
        "Maya and Tess on Monday. She asked how to bring up sober living with David."
    )
    base = LogDraft(client_id=client_id, part2="no")
    for draft in (
        replace(
            base,
            day=date(2026, 3, 5),
            at=time(17, 20),
            minutes=2,
            method="text",
            direction="inbound",
            participants=(people["Joel"],),
            narrative=joel,
            topics=("housing",),
            family_line="A sober companion could drive Maya on the 20th.",
        ),
        replace(
            base,
            day=date(2026, 3, 6),
            at=time(11),
            minutes=24,
            participants=(people["Tess"],),
            narrative=tess,
            topics=("substance_use", "safety"),
            family_line="Maya finished her plan for staying well.",
            short_line="Maya is doing well in her groups.",
            short_topics=("progress",),
        ),
        replace(
            base,
            day=date(2026, 3, 6),
            at=time(14, 35),
            minutes=3,
            outcome="left_voicemail",
            participants=(people["Kevin"],),
            narrative=kevin,
            topics=("financial",),
            family_line="We asked the insurer for a review.",
            marks=((f"p{people['David']}", Mark.KEEP_BACK),),
            follow_up="Call back Kevin Park",
            follow_up_on=date(2026, 3, 6),
        ),
        replace(
            base,
            day=date(2026, 3, 7),
            at=time(16, 10),
            minutes=18,
            participants=(people["Diane"],),
            narrative=diane,
            topics=("family",),
            family_line="We spoke about the ride home.",
            follow_up="Raise the ride home with Tess",
            follow_up_on=TODAY,
        ),
    ):
        entries.log(session, draft, sign=True)


def others(session: Session) -> list[int]:
    """Make nine more active clients, two inquiries and one paused."""
    made: list[int] = []
    houses: dict[str, int] = {}
    for given, family, age, level, house, day, step, due in OTHERS:
        client_id = clients.add(session, ClientDraft(given, family, born=_born(age)))
        if house and house not in houses:
            houses[house] = _house(session, house)
        _stay(session, client_id, level, houses.get(house), day)
        if step:
            tasks.add(session, client_id, step, TODAY + timedelta(days=due))
        made.append(client_id)
    for given, family, status in (
        ("Camila", "Duarte", "prospective"),
        ("Wen", "Li", "prospective"),
        ("Ruth", "Adler", "on_hold"),
    ):
        made.append(clients.add(session, ClientDraft(given, family, status=status)))
    return made


def many_entries(session: Session, client_id: int, count: int) -> None:
    """Log `count` calls, one every three hours back from today, with the first of the circle."""
    person = session.query(CircleMember).filter_by(client_id=client_id).first()
    who = (person.person_id,) if person else ()
    for number in range(count):
        at = NOW - timedelta(hours=3 * number + 24)
        narrative = f"Call number {number}. " + "All is well and the week is planned. " * (
            number % 7
        )
        draft = LogDraft(
            client_id=client_id,
            day=at.date(),
            at=at.time(),
            minutes=10,
            participants=who,
            narrative=narrative,
            topics=("progress",),
            part2="no",
        )
        entries.log(session, draft, sign=True)
