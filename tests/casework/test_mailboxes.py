"""A letter's address is its reader's own, and nobody else reads there whom it is kept from."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import consents, mailboxes
from cmdesk.casework.mailboxes import Mailbox
from cmdesk.casework.parties import Party, party_by_name
from cmdesk.models.client import Client
from cmdesk.models.person import ContactPoint
from cmdesk.store.store import Store
from tests.records import Maya, settle

HERS = "diane@brenner.example"


def box(store: Store, maya: Maya, party: Party) -> Mailbox | None:
    return store.ask(mailboxes.of, maya.client, party)


def give(store: Store, address: str, **whose: Any) -> None:
    point = ContactPoint(kind="e_mail", value=address, **whose)
    store.do("Add", lambda session: session.add(point))


def test_the_address_is_the_preferred_one(store: Store, maya: Maya) -> None:
    hers = box(store, maya, maya.diane)
    assert hers
    assert (hers.address, hers.shared_with) == (HERS, ())
    assert box(store, maya, maya.tess) is None
    give(store, "d@x.example", person_id=maya.diane.person_id, position=5, preferred=True)
    preferred = box(store, maya, maya.diane)
    assert preferred
    assert preferred.address == "d@x.example"
    house = store.ask(party_by_name, "o-still")
    assert box(store, maya, house) is None
    give(store, "o@x.example", organisation_id=maya.still)
    found = box(store, maya, house)
    assert found
    assert found.address == "o@x.example"


def test_a_mailbox_somebody_else_reads_is_no_mailbox(store: Store, maya: Maya) -> None:
    """Whatever its spelling; one of the reader's own comes before it."""
    give(store, " Diane@Brenner.EXAMPLE ", person_id=maya.tess.person_id)
    shared = box(store, maya, maya.diane)
    assert shared
    assert (shared.address, shared.shared_with) == (HERS, ("Tess Holloway",))
    give(store, "d@x.example", person_id=maya.diane.person_id, position=9)
    own = box(store, maya, maya.diane)
    assert own
    assert (own.address, own.shared_with) == ("d@x.example", ())
    named = store.ask(mailboxes.named, maya.client, maya.diane, HERS)
    assert named.shared_with == ("Tess Holloway",)


@pytest.mark.parametrize("held", [False, True])
def test_who_may_read_all_of_it_may_share_the_mailbox(store: Store, held: bool) -> None:
    def name_both(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["recipients"].append("p-tess")

    maya = settle(store, name_both)
    give(store, HERS, person_id=maya.tess.person_id)
    if held:
        args = (maya.client, ["progress"], [maya.tess.key], None, "Not yet")
        store.do("Hold", consents.hold_back, *args)
    found = box(store, maya, maya.diane)
    assert found
    assert bool(found.shared_with) == held


def test_the_client_may_read_what_is_told_of_them(store: Store, maya: Maya) -> None:
    def own(session: Session) -> int:
        return session.get_one(Client, maya.client).person_id

    give(store, HERS, person_id=store.ask(own))
    found = box(store, maya, maya.diane)
    assert found
    assert found.shared_with == ()
