"""What is said of a letter that left, and how a corrected copy is begun from it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    composing,
    consents,
    correcting,
    disclosures,
    drafts,
    kept_copy,
    letter_events,
    letters_sent,
    sent_letter,
)
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.sent_letter import SentLetter
from cmdesk.errors import Problem
from cmdesk.models.person import ContactPoint
from cmdesk.models.update import UpdateCopy
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import Glance, Step
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.store import Store
from tests import records
from tests.records import MONDAY, WEEK, Maya
from tests.test_handover import hand_over, out, request

clock, maya, mayas_case = records.clock, records.maya, records.mayas_case
store, template = records.store, records.template

__all__ = ["out"]
NEXT = date(2026, 3, 9), date(2026, 3, 9)


def left(store: Store, maya: Maya, out: Path, draft: LetterDraft | None, name: str = "a") -> int:
    return hand_over(store, request(maya, out, target=out / f"{name}.pdf", draft=draft)).copy_id


def whole(maya: Maya) -> LetterDraft:
    line = Passage("Maya had a good week in group.", maya.entry, Outcome.SHORT)
    return LetterDraft(
        headline="A steady week",
        greeting="Dear Diane,",
        opening="It was a calm week.",
        glance=(Glance("The news", "She is well."),),
        passages=(line,),
        steps=(Step("Friday", "Call the house", "Nora"),),
        texts={"help": "Call me on Friday."},
        close="Thank you.",
    )


def read(store: Store, number: int) -> SentLetter:
    return store.ask(sent_letter.read, number)


def test_all_is_said_of_a_letter(store: Store, maya: Maya, out: Path) -> None:
    found = read(store, left(store, maya, out, whole(maya)))
    assert (found.party.called, found.client.full) == ("Diane", "Maya Brenner")
    assert ((found.first, found.last), found.left_on) == (WEEK, MONDAY)
    assert found.said == (
        ("", ("Dear Diane,", "It was a calm week.")),
        ("", ("The news · She is well.",)),
        ("What happened", ("Maya had a good week in group.",)),
        ("What is next, and who does what", ("Friday · Call the house · Nora",)),
        ("How you can help this week", ("Call me on Friday.",)),
        ("", ("Thank you.",)),
    )
    assert found.consents == ("Part 2 consent, named recipients, signed January 28",)
    assert (found.may_not, found.no_mail, found.plain) == ("", "", False)
    assert (found.address, found.mailbox) == ("diane@brenner.example", "diane@brenner.example")


def test_what_ended_since_is_said(store: Store, maya: Maya, out: Path) -> None:
    number = left(store, maya, out, whole(maya))
    mine = ContactPoint(person_id=maya.tess.person_id, kind="e_mail", value="diane@brenner.example")
    store.do("Share", lambda session: session.add(mine))
    assert read(store, number).no_mail.endswith("is also the address of Tess Holloway")
    store.do("End", consents.end, maya.consent)
    found = read(store, number)
    assert found.consents[0].endswith(". Counts no longer")
    assert found.may_not.startswith("Nothing of this period may be shared")
    store.do("Withdraw", letter_events.withdrawn, number, MONDAY, "Wrong")
    found = read(store, number)
    assert found.may_not == "It was withdrawn"
    assert [each.note for each in found.history] == ["Wrong"]


def test_a_letter_that_came_with_a_file_has_its_words_alone(store: Store, maya: Maya) -> None:
    def bring(session: Session) -> int:
        update = letters_sent.period(session, maya.client, *WEEK)
        update.status = "withdrawn"
        copy = UpdateCopy(update_id=update.id, person_id=maya.tess.person_id)
        session.add(copy)
        session.flush()
        return copy.id

    found = read(store, store.do("Bring", bring))
    assert (found.sha256, found.may_not) == ("", "Its PDF is not in the vault")
    assert found.stand.state is LetterState.WITHDRAWN
    assert found.no_mail == "No e-mail address on record"
    with pytest.raises(Problem, match="no longer there"):
        read(store, found.id + 1)


@pytest.mark.parametrize(
    "sections",
    [["x"], {"passages": "x"}, {"parts": [{"kind": "poem"}]}, {"headline": 7}, {"nobody": ""}],
)
def test_a_copy_nobody_can_read_stops_no_letter(
    store: Store, maya: Maya, out: Path, sections: Any
) -> None:
    number = left(store, maya, out, whole(maya))

    def spoil(session: Session) -> None:
        copy = session.get_one(UpdateCopy, number)
        spoiled: Any = [{"entry": 7}, "x"], [{"entry": "e1", "reach": "poem"}, {"entry": ""}, {}]
        copy.sections, (copy.shared, copy.kept_back) = sections, spoiled

    store.do("Spoil", spoil)
    found = read(store, number)
    assert found.said[0] == ("", (kept_copy.CANNOT_BE_READ,))
    assert "can’t be judged" in found.may_not
    here = store.ask(composing.workplace, maya.client, maya.diane.key, *WEEK)
    assert here is not None
    assert (here.kept, here.sent_on, here.unreadable) == (None, MONDAY, True)  # it is begun anew
    later = store.ask(composing.workplace, maya.client, maya.diane.key, *NEXT)
    assert later is not None


def test_lines_nobody_can_read_go_to_nobody_again(store: Store, maya: Maya, out: Path) -> None:
    number = left(store, maya, out, None)
    assert read(store, number).may_not == ""

    def spoil(session: Session) -> None:
        session.get_one(UpdateCopy, number).shared = [{"entry": "e1"}]

    store.do("Spoil", spoil)
    assert "can’t be judged" in read(store, number).may_not


def test_the_address_is_of_the_last_time_it_was_told(store: Store, maya: Maya, out: Path) -> None:
    number = left(store, maya, out, whole(maya))

    def move(session: Session) -> None:
        told = letter_events.newest_disclosure(session, number)
        assert told is not None
        disclosures.to_address(session, told, "diane@new.example", "Drafted to another address")

    store.do("Move", move)
    assert read(store, number).address == "diane@new.example"


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_corrected_copy_goes_on_from_the_words_that_left(
    store: Store, maya: Maya, out: Path, by_hand: bool
) -> None:
    number = left(store, maya, out, whole(maya) if by_hand else None)
    client, tab = store.do("Correct", correcting.begin, number)
    assert (client, tab) == (maya.client, f"{maya.diane.key}:{WEEK[0]}:{WEEK[1]}")
    kept = store.ask(drafts.find, f"update:{client}:{tab}")
    assert kept
    assert kept.body["letter"]["replaces"] == number
    assert [each["text"] for each in kept.body["letter"]["passages"]] == [
        "Maya had a good week in group."
    ]


def test_a_draft_begun_since_becomes_the_correction(store: Store, maya: Maya, out: Path) -> None:
    number = left(store, maya, out, whole(maya))
    client, tab = store.do("Correct", correcting.begin, number)
    key = f"update:{client}:{tab}"
    kept = store.ask(drafts.find, key)
    assert kept
    letter = {**kept.body["letter"], "headline": "Typed since", "replaces": 0}
    store.do("Type", drafts.keep, key, {**kept.body, "letter": letter}, client)
    store.do("Correct", correcting.begin, number)
    again = store.ask(drafts.find, key)
    assert again
    assert again.body["letter"]["headline"] == "Typed since"
    assert again.body["letter"]["replaces"] == number
    store.do("Withdraw", letter_events.withdrawn, number, MONDAY, "Wrong")
    with pytest.raises(Problem, match="was withdrawn"):
        store.do("Correct", correcting.begin, number)
