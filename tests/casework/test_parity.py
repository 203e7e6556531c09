"""Two readers' letters side by side: who gets what of the same week, and by which consent."""

from dataclasses import replace

from sqlalchemy.orm import Session

from cmdesk.casework import begun, consents, drafts, letter_drafts, parity, updates
from cmdesk.casework.compose import lay_out
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.parity import Parity
from cmdesk.models.update import UpdatePlan
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests.records import WEEK, Maya, log


def side(store: Store, maya: Maya) -> Parity:
    keys = (maya.diane.key, maya.tess.key)
    return store.ask(parity.side_by_side, maya.client, *keys, *WEEK)


def begin(store: Store, maya: Maya) -> None:
    """Begin Diane's letter, with one paragraph said in other words and one taken out."""

    def write(session: Session) -> None:
        _, proposal = lay_out(session, updates.case(session, maya.client, maya.diane, *WEEK))
        first = proposal.passages[0]
        letter = replace(proposal, passages=(replace(first, text="A fine day."),), glance=())
        key = letter_drafts.key_of(maya.client, maya.diane.key, *WEEK, "weekly")
        drafts.keep(session, key, begun.begin(letter).plain(), maya.client)

    store.do("Keep", write)


def test_side_by_side(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    told = side(store, maya)
    assert [row.entry_id for row in told.rows[:2]] == [number, maya.entry]
    first = told.rows[0]
    assert (first.first.outcome, first.first.text, first.first.rule) == (
        Outcome.SHARE, "Maya had a good day in group.", 8
    )  # fmt: skip
    assert first.first.in_full
    assert not first.second.in_full
    assert (first.second.outcome, first.second.rule) == (Outcome.KEEP_BACK, 3)
    assert first.differs
    assert first.by == ("Part 2 consent, named recipients, Diane, January 28",)
    assert told.no_consent[0] == "" != told.no_consent[1]
    assert told.begun == (False, False)
    where = next(row for row in told.rows if row.entry_id is None and row.differs)
    assert where.first.text
    assert not where.second.text
    assert told.differing >= 3


def test_the_same_consent_gives_the_same(store: Store, maya: Maya) -> None:
    log(store, maya)
    read = store.ask(consents.draft, maya.consent)
    both = replace(read, recipients=(*read.recipients, maya.tess.key))
    assert isinstance(both, ConsentDraft)
    store.do("Name both", consents.save, both, maya.consent)
    told = side(store, maya)
    same = told.rows[0]
    assert (same.first.text, same.differs, same.by) == (same.second.text, False, ())


def test_what_was_begun_counts_as_it_is_written(store: Store, maya: Maya) -> None:
    log(store, maya)
    begin(store, maya)
    told = side(store, maya)
    assert told.begun == (True, False)
    assert [row.first.written for row in told.rows[:2]] == ["A fine day.", ""]
    where = next(row for row in told.rows if row.first.text.startswith("Week 5"))
    assert (where.first.written, where.second.text, where.differs) == ("", "", False)
    assert all(row.second.written is None for row in told.rows)


def test_what_one_kind_of_letter_tells_of_and_the_other_does_not(store: Store, maya: Maya) -> None:
    def agree(session: Session) -> None:
        session.add(
            UpdatePlan(
                client_id=maya.client,
                recipient_id=maya.tess.person_id or 0,
                template="letter_to_school",
            )
        )

    store.do("Agree", agree)
    rows = [row for row in side(store, maya).rows if row.entry_id is None]
    where = next(row for row in rows if row.first.text.startswith("Week 5"))
    assert where.second.why == "This kind of letter does not tell of it"
