"""What a letter is written from: its reader, how to hand it over, and the one handed over last."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from cmdesk import handover
from cmdesk.casework import composing, entries, parties
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.handover import Request
from cmdesk.models.client import CircleMember, Client, PlainEmail
from cmdesk.models.consent import ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.rules.consent import Outcome
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.records import WEEK, Clock, Maya, log

ADDRESS = "diane@brenner.example"


def workplace(store: Store, maya: Maya, key: str = "") -> Workplace:
    found = store.ask(composing.workplace, maya.client, key or maya.diane.key, *WEEK)
    assert found is not None
    return found


def test_a_letter_sent_before_follows_a_line_worded_anew(
    store: Store, maya: Maya, clock: Clock, tmp_path: Path
) -> None:
    number, other = log(store, maya), log(store, maya, family_line="Another good day.")
    parts = (
        Passage("Maya had a good day in group.", number, Outcome.SHARE),
        Passage("Another good day, truly.", other, Outcome.SHARE),
    )
    asked = Request(
        maya.client,
        maya.diane,
        *WEEK,
        target=tmp_path / "letter.pdf",
        password="six words that nobody guesses",
        draft=LetterDraft(passages=parts),
    )
    handover.hand_over(store, Label("Hand over", undoable=False), asked)
    clock.forward(minutes=1)
    store.do("Correct", entries.add_addendum, number, "correction", "It was a fair day.")
    clock.forward(minutes=1)
    store.do("Word", entries.word, number, ["progress"], "Maya had a fair day in group.")
    again = workplace(store, maya).begin().letter
    assert [part.text for part in again.passages] == [
        "Maya had a fair day in group.",
        "Another good day, truly.",
    ]


def test_a_reader_without_any_consent_stays_while_one_writes_to_them(
    store: Store, maya: Maya
) -> None:
    place = workplace(store, maya, maya.tess.key)
    assert place.party == maya.tess
    assert place.no_consent == "No consent names Tess"
    assert {reader.party.key for reader in place.readers} == {maya.tess.key, maya.diane.key}


def test_the_day_plain_mail_was_accepted_is_this_clients(store: Store, maya: Maya) -> None:
    """Diane is in two circles; the other client accepted it for the same address, later."""

    def another(session: Session) -> None:
        person = Person(given_name="Ana")
        session.add(person)
        session.flush()
        client = Client(person_id=person.id)
        session.add(client)
        session.flush()
        member = CircleMember(client_id=client.id, person_id=maya.diane.person_id)
        session.add(member)
        session.flush()
        day = date(2026, 3, 1)
        accepted = PlainEmail(
            circle_member_id=member.id,
            address=ADDRESS,
            warned_on=day,
            accepted_on=day,
            accepted_by="client",
        )
        session.add(accepted)

    store.do("Add", another)
    way = workplace(store, maya).way
    assert (way.plain, way.plain_on) == (ADDRESS, date(2026, 1, 28))


YOU = "You told me the ride home worries you."


def test_a_line_that_speaks_to_somebody_else_waits_for_a_choice(store: Store, maya: Maya) -> None:
    """What a mother was told as "you" reads wrong to another reader, and tells what she said."""
    mother = maya.diane.person_id or 0
    to_diane = log(store, maya, participants=(mother,), family_line=YOU)
    of_tess = log(store, maya, family_line="Tess thanks you for the call.")
    plain = log(store, maya, participants=(mother,), family_line="Maya had a good day.")

    def father(session: Session) -> str:
        person = Person(given_name="Paul", family_name="Brenner")
        session.add(person)
        session.flush()
        place = {"client_id": maya.client, "person_id": person.id, "relationship": "father"}
        session.add(CircleMember(**place))
        session.add(ConsentRecipient(consent_id=maya.consent, person_id=person.id))
        session.flush()
        return parties.person_key(person.id)

    paul = store.do("Add", father)
    hers, his = workplace(store, maya), workplace(store, maya, paul)
    assert {row.speaks_to for row in hers.materials} == {""}
    spoken = {row.entry_id: row.speaks_to for row in his.materials if row.speaks_to}
    assert spoken == {to_diane: "Diane"}  # what a therapist says is told to the family
    begun = his.begin()
    told = {part.entry_id for part in begun.letter.passages}
    assert to_diane not in told
    assert {of_tess, plain} <= told
    assert his.fresh(begun) == ()
    assert to_diane in {part.entry_id for part in hers.begin().letter.passages}
