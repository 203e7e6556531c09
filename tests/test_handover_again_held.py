"""What a letter holds, not what would be told today, says whether it goes again and as what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk import handover_again
from cmdesk.casework import compose, letter_events, reprint
from cmdesk.errors import Problem
from cmdesk.handover import Handover
from cmdesk.handover_again import Again
from cmdesk.models.care import Episode
from cmdesk.models.consent import Consent, Restriction, RestrictionRecipient
from cmdesk.models.person import ContactPoint
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.store import Store
from tests import records
from tests.records import MONDAY, WEEK, Maya, settle
from tests.test_handover import LABEL, accounted, break_publishing, hand_over, out, request

clock, store, template = records.clock, records.store, records.template

__all__ = ["out"]

TOPICS = ["attendance", "progress", "treatment", "safety"]


def two_consents(practice: dict[str, Any]) -> None:
    """Let Diane be named in an ordinary consent beside the one that reaches Part 2."""
    client = practice["clients"][0]
    first = client["consents"][0] | {"topics": TOPICS}
    client["consents"] = [first, first | {"ref": "k-plain", "kind": "hipaa"}]
    client["entries"][0].update(part2="no", topics=["progress"], short_topics=["progress"])
    client["entries"][0]["marks"] = []
    client["restrictions"] = []


@pytest.fixture
def maya(store: Store) -> Maya:
    return settle(store, two_consents)


@pytest.fixture
def left(store: Store, maya: Maya, out: Path) -> Handover:
    """Hand a letter over that says where Maya is: under Part 2, by a line of the program's own."""
    draft = store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]
    stay = replace(draft.glance[0], text="Week 5 of the stay.")
    draft = replace(draft, glance=(stay,), steps=(), dates=(), goals=())
    return hand_over(store, request(maya, out, draft=draft, email=out / "letter.eml"))


def admitted_earlier(session: Session) -> None:
    """Make the line of the letter one that is not known by its words any more."""
    session.query(Episode).filter_by(ref="ep-1").one().admitted = date(2026, 1, 20)


def revoked(session: Session, _: Maya) -> None:
    row = session.query(Consent).filter_by(ref="k-diane").one()
    row.revoked_on, row.revoked_how = MONDAY, "written"


def narrowed(session: Session, _: Maya) -> None:
    session.query(Consent).filter_by(ref="k-diane").one().topics = ["progress"]


def held(session: Session, maya: Maya) -> None:
    wish = Restriction(client_id=maya.client, topics=["attendance"])
    session.add(wish)
    session.flush()
    session.add(RestrictionRecipient(restriction_id=wish.id, person_id=maya.diane.person_id))


def again(store: Store, left: Handover, out: Path) -> None:
    asked = Again(left.copy_id, out / "again.pdf", out / "again.eml")
    handover_again.hand_again(store, LABEL, asked)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (revoked, "No Part 2 consent for Diane Brenner is in force any more"),
        (narrowed, "No Part 2 consent for Diane Brenner covers attendance and plans any more"),
        (held, "Maya asked to keep this from Diane"),
    ],
)
def test_what_the_letter_rests_on_is_gone(
    store: Store,
    maya: Maya,
    left: Handover,
    out: Path,
    change: Callable[[Session, Maya], None],
    why: str,
) -> None:
    assert store.ask(reprint.why_not, left.copy_id) == ""
    store.do("Sent", letter_events.confirm_sent, left.copy_id, MONDAY)
    store.do("Admitted", admitted_earlier)
    assert store.ask(reprint.why_not, left.copy_id) == ""
    store.do("Change", change, maya)
    with pytest.raises(Problem, match=why):
        again(store, left, out)
    assert not (out / "again.pdf").exists()
    assert len(accounted(store)) == 1


def test_the_same_bytes_are_accounted_for_as_the_same(
    store: Store, left: Handover, out: Path
) -> None:
    store.do("Sent", letter_events.confirm_sent, left.copy_id, MONDAY)
    store.do("Admitted", admitted_earlier)
    again(store, left, out)
    first, second = accounted(store)
    assert (first["part2"], first["categories"]) == (True, ["attendance", "progress"])
    assert second | {"id": first["id"]} == first


def test_after_a_second_time_that_failed_the_first_row_goes_on(
    store: Store, left: Handover, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.do("Sent", letter_events.confirm_sent, left.copy_id, MONDAY)
    break_publishing(monkeypatch, "again.pdf")
    with pytest.raises(Problem, match="could not be put in its place"):
        again(store, left, out)
    store.do("Back", letter_events.bounced, left.copy_id, MONDAY, "")
    first, second, failed, back = accounted(store)
    assert (failed["correction_of"], back["correction_of"]) == (second["id"], first["id"])


def test_another_address_before_it_was_sent_is_accounted_for(
    store: Store, maya: Maya, left: Handover, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """45 CFR 164.528(b)(2)(ii): the address it went to; a note since does not lose it."""
    person = maya.diane.person_id
    point = ContactPoint(person_id=person, kind="e_mail", value="new@d.example", preferred=True)
    store.do("Move", lambda session: session.add(point))
    with monkeypatch.context() as broken:
        break_publishing(broken, "again.pdf")
        with pytest.raises(Problem, match="could not be put in its place"):
            again(store, left, out)
    assert accounted(store)[-1]["recipient_address"] == "diane@brenner.example"
    again(store, left, out)
    store.do("Sent", letter_events.confirm_sent, left.copy_id, MONDAY)
    store.do("Withdraw", letter_events.withdrawn, left.copy_id, MONDAY, "Wrong week")
    assert store.ask(letter_events.state_of, left.copy_id).state is LetterState.WITHDRAWN
    rows = accounted(store)
    assert [row["recipient_address"] for row in rows[-2:]] == ["new@d.example"] * 2
    assert {row["correction_of"] for row in rows[1:]} == {rows[0]["id"]}
