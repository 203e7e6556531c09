"""A letter tells of a search what its reader’s consent covers, and nothing else gets through."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import compose, placement_said, placement_ties, updates
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.drafting import LetterDraft
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember
from cmdesk.models.person import Person
from cmdesk.rules.letter import PartKind, Step
from cmdesk.rules.placement import Asked, Match, Need
from cmdesk.rules.placement_draft import WordForm
from cmdesk.rules.placement_way import MoveForm
from cmdesk.store.store import Store
from tests.casework.searches import SCHOOL, begun, looked_at, program
from tests.records import MONDAY, WEEK, Change, Maya, settle

SECRET = Need(0, "Treats opioid use", test=Match(Asked.TREATS, ("opioids",)))
START = "Fernbrook, Stowe, VT: asked. 2 of 3 must-haves."
PLAIN = ("attendance", "treatment", "progress", "financial")


def covers(*topics: str, **fields: Any) -> Change:
    def change(practice: dict[str, Any]) -> None:
        client = practice["clients"][0]
        client["consents"][0].update(topics=list(topics), **fields)
        client["restrictions"] = []

    return change


def propose(store: Store, maya: Maya, template: str = "decision") -> LetterDraft:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK, template)[1]


def release(store: Store, maya: Maya, draft: LetterDraft) -> Any:
    return store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)


def searched(store: Store, maya: Maya, part2: str = "no") -> int:
    """Look at Fernbrook for Maya, whose need is a secret; the statement was looked at."""
    search = begun(store, maya, replace(SCHOOL, part2=part2))
    there = looked_at(store, search)
    store.do("Save", writes.save, search, there.form, (*there.needs, SECRET))
    house = program(
        store, openings=1, private_pay_cents=1_040_000, private_pay_per="month", treats=["mood"]
    )
    candidate = store.do("Add", writes.add, search, house)
    words = WordForm(looked_at(store, search).person_id, MONDAY, "Smells of fentanyl there")
    store.do("Say", placement_said.say, search, candidate, words)
    store.do("State", placement_said.state_conflicts, search, placement_ties.NOTHING)
    return search


def told(draft: LetterDraft) -> list[str]:
    return [step.what for step in draft.dates]


def test_the_places_stand_in_a_letter_about_a_decision(store: Store) -> None:
    maya = settle(store, covers(*PLAIN, "substance_use"))
    searched(store, maya)
    draft = propose(store, maya)
    assert told(draft) == [
        placement_ties.NOTHING,
        f"{START} Still asked: Treats opioid use. Cost: $10,400 a month.",
    ]
    made = release(store, maya, draft)
    assert made.letter.dates == draft.dates
    assert {"treatment", "financial", "substance_use"} <= set(made.topics)
    assert "fentanyl" not in repr(made.letter)
    monthly = propose(store, maya, "monthly_review")
    assert not any("Fernbrook" in line for line in told(monthly))


def test_what_a_need_gives_away_stays_with_who_may_know_it(store: Store) -> None:
    maya = settle(store, covers(*PLAIN))
    searched(store, maya)
    draft = propose(store, maya)
    assert told(draft)[1] == START
    assert "opioid" not in repr(release(store, maya, draft).letter).casefold()
    secret = f"{START} Still asked: Treats opioid use."
    (first, second) = draft.dates
    planted = replace(draft, dates=(first, replace(second, what=secret)))
    with pytest.raises(Problem):
        release(store, maya, planted)
    elsewhere = replace(draft, texts={"question": "Do they take opioid use at Fernbrook?"})
    with pytest.raises(Problem):
        release(store, maya, elsewhere)


@pytest.mark.parametrize(
    ("topics", "part2"), [(("attendance", "progress"), "no"), (PLAIN, "unknown"), (PLAIN, "yes")]
)
def test_nothing_is_told_without_the_topic_or_the_form(
    store: Store, topics: tuple[str, ...], part2: str
) -> None:
    maya = settle(store, covers(*topics, kind="hipaa"))
    searched(store, maya, part2)
    draft = propose(store, maya)
    assert told(draft) == []
    line = Step("Mon, March 9", START, "")
    with pytest.raises(Problem):
        release(store, maya, replace(draft, dates=(line,), texts={"question": "Which school?"}))
    if "treatment" not in topics:  # as with the programs of stays
        named = replace(draft, texts={"question": "We think of Fernbrook."})
        with pytest.raises(Problem):
            release(store, maya, named)


def test_what_one_parent_says_of_a_place_never_reaches_the_other(store: Store) -> None:
    maya = settle(store, covers(*PLAIN, "substance_use"))
    search = searched(store, maya)

    def father(session: Session) -> int:
        david = Person(given_name="David", family_name="Brenner")
        session.add(david)
        session.flush()
        tie = CircleMember(client_id=maya.client, person_id=david.id, relationship="father")
        session.add(tie)
        return david.id

    david, (place,) = store.do("Father", father), looked_at(store, search).candidates
    his, hers = "The second mortgage pays for this, if anything", "Those winter roads worry me"
    both = "A long drive for grandmother"
    for who, words in (
        *((david, his), (david, both)),
        *((maya.diane.person_id, hers), (maya.diane.person_id, both)),
    ):
        store.do("Say", placement_said.say, search, place.id, WordForm(who, MONDAY, words))
    draft = propose(store, maya)
    assert told(draft)
    made = release(store, maya, draft).letter
    assert not any(word in repr(made) for word in ("mortgage", "fentanyl", "winter", "grandmother"))
    for secret in (his, f"We heard that the {his[4:].lower()}.", "It smells of fentanyl there."):
        planted = replace(draft, texts={"question": secret})
        with pytest.raises(Problem):
            release(store, maya, planted)
    for own in (hers, both):
        said = release(store, maya, replace(draft, texts={"question": f"You said: {own}."}))
        assert own in repr(said.letter)


def test_nothing_is_offered_before_our_ties_were_looked_at(store: Store) -> None:
    maya = settle(store, covers(*PLAIN, "substance_use"))
    search = searched(store, maya)
    assert told(propose(store, maya))
    house = program(store, "Cedar Ledge")
    candidate = store.do("Add", writes.add, search, house)
    assert len(told(propose(store, maya))) == 3
    store.do("Close", writes.close, search)
    assert told(propose(store, maya)) == []
    store.do("Open", writes.close, search, closed=False)
    store.do("Out", writes.take_out, candidate)
    fresh = begun(store, maya, SCHOOL)
    store.do("Add", writes.add, fresh, house)
    assert not any("Cedar Ledge" in line for line in told(propose(store, maya)))
    assert propose(store, maya).parts[2].kind is PartKind.DATES


def test_our_own_words_about_a_place_never_leave(store: Store) -> None:
    """What to watch for, why a place said no, and why it did so before."""
    maya = settle(store, covers(*PLAIN, "substance_use"))
    search = searched(store, maya)
    (place,) = looked_at(store, search).candidates
    watch = "Two staff left after the hazing in the annex"
    early, late = "The family of a peer there sued us once", "Their doctor calls her manipulative"
    noted = replace(place.form, watch_for=watch)
    store.do("Note", writes.save_candidate, place.id, noted)
    for day, why in ((WEEK[0], early), (MONDAY, late)):
        store.do("No", writes.move, place.id, MoveForm("declined_by_program", day, why))
    store.do("Back", writes.move, place.id, MoveForm("contacted", MONDAY))
    draft = propose(store, maya)
    release(store, maya, draft)
    for secret in (watch, early, late):
        for typed in (f"{secret}.", f"By the way, {secret[0].lower()}{secret[1:]}, we hear."):
            planted = replace(draft, texts={"question": typed})
            with pytest.raises(Problem, match=r"can’t be sent: .*[Yy]our own words about a place"):
                release(store, maya, planted)
    store.do("Out", writes.take_out, place.id)
    release(store, maya, replace(propose(store, maya), texts={"question": f"{watch}."}))
