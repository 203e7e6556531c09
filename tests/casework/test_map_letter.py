"""The map in a history for an admission: each stay and each factor by a verdict of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    care_events,
    compose,
    disclosures,
    documents,
    episodes,
    letter_record,
    parties,
    told,
    updates,
)
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.rules.care_event_draft import CareEventForm
from cmdesk.rules.chart import Span
from cmdesk.rules.episode_draft import EpisodeForm, LevelForm
from cmdesk.rules.letter import CareMap, PartKind
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, settle

DAY: Final = (MONDAY, MONDAY)
SECRET: Final = "Quarrel over Zyprexadol"
Change = Callable[[dict[str, Any]], object]


def program(*topics: str, kind: str = "part2_specific") -> Change:
    """Name a program in a consent of Maya's."""

    def change(practice: dict[str, Any]) -> None:
        practice["organisations"].append({"ref": "o-bridge", "name": "Bridge Street"})
        client = practice["clients"][0]
        like = client["consents"][0]
        named = {"ref": "k-bridge", "kind": kind, "recipients": ["o-bridge"]}
        client["consents"].append(like | named | {"topics": ["attendance", *topics]})

    return change


def bridge(store: Store) -> Party:
    return store.ask(parties.party_by_name, "o-bridge")


def stays(store: Store, maya: Maya) -> None:
    """Keep two stays before this one, with what bore on them."""
    for form in (
        EpisodeForm(
            "Oak House", None, "asam3:2.5", admitted=date(2024, 2, 20),
            discharged=date(2024, 3, 21), historical=True, part2="no",
            factors=("sleep", "medicine_stopped", SECRET, "Long nights"),
        ),
        EpisodeForm(
            "Elm Farm", None, "mh:residential", admitted=date(2024, 5, 1),
            discharged=date(2024, 6, 1), part2="yes",
            factors=("sleep", "medicine_stopped", SECRET, "long nights"),
        ),
        EpisodeForm("Ahead", None, "mh:php", admitted=date(2026, 3, 24), part2="no"),
        EpisodeForm("", None, "mh:residential", over=True, historical=True, part2="no"),
    ):  # fmt: skip
        store.do("Save", episodes.save, maya.client, form)


def written(store: Store, maya: Maya, reader: Party, language: str = "") -> LetterDraft:
    def propose(session: Session) -> LetterDraft:
        about = updates.case(session, maya.client, reader, *DAY, language, "admissions_history")
        return compose.lay_out(session, about)[1]

    draft = store.ask(propose)
    return replace(draft, texts={**draft.texts, "why": "She looks for a place in March."})


def released(store: Store, maya: Maya, reader: Party, language: str = "") -> Released:
    draft = written(store, maya, reader, language)
    return store.ask(updates.release, maya.client, reader, *DAY, draft)


def care(made: Released) -> CareMap:
    assert made.letter.care
    return made.letter.care


def names(drawn: CareMap) -> list[str]:
    return [span.name for span in drawn.chart.spans]


def test_all_that_a_consent_lets_a_program_hear_is_on_the_strip(store: Store) -> None:
    maya = settle(store, program("treatment", "progress", "medication"))
    stays(store, maya)
    number = store.ask(episodes.stays, maya.client)[-1].id
    turn = CareEventForm("crisis", date(2024, 3, 1), number, factors=("alone",), part2="no")
    store.do("Save", care_events.save, maya.client, turn)
    made = released(store, maya, bridge(store))
    drawn = care(made)
    assert names(drawn) == ["PHP 2.5", "Residential", "Residential 3.5"]
    assert drawn.chart.spans[-1] == Span(date(2026, 2, 2), None, "Residential 3.5", 5)
    assert drawn.chart.last == MONDAY
    assert drawn.lines == (
        "What comes up again: Medicine stopped (2 of 2 stays); Poor sleep (2 of 2 stays).",
        "41 days without care between March 21, 2024 and May 1, 2024.",
        "611 days without care between June 1, 2024 and February 2, 2026.",
    )
    assert made.part2
    assert {"treatment", "medication", "attendance"} <= set(made.topics)
    table = {(row.where, row.level) for row in made.letter.stays}
    assert ("Oak House", "PHP 2.5 (3rd edition) = HIOP 2.5 now") in table
    assert ("Not known", "Residential") in table
    spanish = released(store, maya, bridge(store), "es")
    assert spanish.letter.stays[0].where == "No se sabe"
    assert "Lo que se repite: " in care(spanish).lines[0]
    assert "Dormir mal (2 de 2 estancias)" in care(spanish).lines[0]


def test_a_factor_goes_by_its_own_topic_and_words_of_ones_own_by_none(
    store: Store,
) -> None:
    maya = settle(store, program("treatment", "progress"))
    stays(store, maya)
    said = " ".join(care(released(store, maya, bridge(store))).lines)
    assert "Poor sleep" in said
    assert "Medicine" not in said  # medication is in no consent of theirs
    assert "Zyprexadol" not in said


@pytest.mark.parametrize(
    ("topics", "kind", "expected"),
    [
        (("treatment", "progress"), "hipaa", ["PHP 2.5"]),  # but Part 2 stays are kept back
        (("progress",), "part2_specific", []),  # nothing of treatment
    ],
)
def test_a_stay_that_is_kept_back_is_neither_drawn_nor_counted_nor_a_gap(
    store: Store, topics: tuple[str, ...], kind: str, expected: list[str]
) -> None:
    maya = settle(store, program(*topics, kind=kind))
    stays(store, maya)
    made = released(store, maya, bridge(store))
    if not expected:
        assert made.letter.care is None
        return
    assert names(care(made)) == expected
    assert care(made).lines == ()
    assert not made.part2


@pytest.mark.parametrize(
    ("language", "unknown"), [("", "Not known"), ("es", "No se sabe")], ids=["English", "Spanish"]
)
def test_days_before_the_first_known_level_are_drawn_without_any_name(
    store: Store, language: str, unknown: str
) -> None:
    maya = settle(store, program("treatment", "progress"))
    house = EpisodeForm(
        "Zyprexadol House", part2="no", admitted=date(2024, 2, 1), discharged=date(2024, 4, 1),
        levels=(LevelForm("mh:php", "2024-03-01"),),
    )  # fmt: skip
    alone = EpisodeForm(
        "", maya.tess.person_id, part2="no", admitted=date(2023, 2, 1), discharged=date(2023, 4, 1),
        levels=(LevelForm("mh:php", "2023-03-01"),),
    )  # fmt: skip
    for form in (house, alone):
        store.do("Save", episodes.save, maya.client, form)
    drawn = names(care(released(store, maya, bridge(store), language)))
    assert drawn.count(unknown) == 2
    assert not [name for name in drawn if "Zyprexadol" in name or "Holloway" in name]


def test_somebody_who_saw_them_alone_is_not_named_on_the_strip(store: Store) -> None:
    maya = settle(store, program("treatment", "progress"))
    form = EpisodeForm("", maya.tess.person_id, admitted=date(2023, 2, 1), part2="no")
    form = replace(form, discharged=date(2023, 3, 1))
    store.do("Save", episodes.save, maya.client, form)
    made = released(store, maya, bridge(store))
    assert names(care(made))[0] == "A single practitioner"
    assert "Holloway" not in str(care(made))


def test_without_a_consent_nothing_leaves_and_left_out_it_is_not_drawn(store: Store) -> None:
    maya = settle(store, program("treatment", "progress"))
    stays(store, maya)
    reader = bridge(store)
    draft = written(store, maya, reader)
    bare = replace(draft, parts=tuple(p for p in draft.parts if p.kind is not PartKind.MAP))
    made = store.ask(updates.release, maya.client, reader, *DAY, bare)
    assert made.letter.care is None
    fewer = replace(draft, stays=tuple(stay for stay in draft.stays if stay.where != "Elm Farm"))
    made = store.ask(updates.release, maya.client, reader, *DAY, fewer)
    assert names(care(made)) == ["PHP 2.5", "Residential 3.5"]
    assert care(made).lines == ()
    no_table = replace(draft, parts=tuple(p for p in draft.parts if p.key != "stays"))
    made = store.ask(updates.release, maya.client, reader, *DAY, no_table)
    assert len(names(care(made))) == 3
    with pytest.raises(Problem):
        released(store, maya, maya.tess)


def test_what_the_strip_said_stands_in_the_ledger_and_on_two_pages(store: Store) -> None:
    from cmdesk.reports import family_update  # noqa: PLC0415 - loaded when a letter is made

    maya = settle(store, program("treatment", "progress"))
    stays(store, maya)
    for year in (2012, 2015):
        old = EpisodeForm(
            "Oak House", None, "mh:residential", historical=True, part2="no",
            admitted=date(year, 5, 1), discharged=date(year, 6, 1),
        )  # fmt: skip
        store.do("Save", episodes.save, maya.client, old)
    reader = bridge(store)
    draft = written(store, maya, reader)
    made = store.ask(updates.release, maya.client, reader, *DAY, draft)
    head = "The longest of 4 times without care:"
    assert care(made).lines[-4] == head  # the three follow
    sheet = family_update.make(made)
    assert sheet.pages <= 2

    def keep(session: Session) -> None:
        number = documents.add(
            session, sheet.data, title="T", file_name="t", media_type="application/pdf"
        )
        evidence = Evidence(number, "ab", "cd", 1, "paper", "")
        row = disclosures.record(session, made, evidence)
        letter_record.keep(session, made, row, draft)

    store.do("Hand over", keep)
    said = [each.text for each in store.ask(told.ledger, maya.client, reader)]
    assert any("Level of care: Residential" in text and "PHP 2.5 from" in text for text in said)
    assert any(text.startswith("What comes up again") for text in said)
    assert SECRET not in " ".join(said)


def test_a_turn_of_which_nothing_may_be_told_does_not_move_the_strip(store: Store) -> None:
    maya = settle(store, program("treatment", "progress"))
    stays(store, maya)
    number = store.ask(episodes.stays, maya.client)[-2].id
    reader = bridge(store)
    before = care(released(store, maya, reader)).chart
    early = date(2023, 6, 1)
    secret = CareEventForm("crisis", early, number, factors=(SECRET,), part2="no")
    store.do("Save", care_events.save, maya.client, secret)
    assert care(released(store, maya, reader)).chart == before
