"""The program's own lines are judged when a letter is proposed, and again when it is released."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import compose, consents, letter_templates, updates
from cmdesk.casework.drafting import LetterDraft
from cmdesk.errors import Problem
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState
from cmdesk.rules.letter import Closed, Glance, Step
from cmdesk.store.store import Store
from tests.records import WEEK, Maya, settle


def consent(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]["consents"][0]


def entry(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]["entries"][0]


def shareable(practice: dict[str, Any]) -> None:
    """Make the entry no Part 2 record, so that a notice can come from own lines only."""
    entry(practice).pop("addenda", None)
    entry(practice).update(part2="no", topics=["progress"], short_topics=["progress"])
    consent(practice)["topics"] = ["attendance", "progress", "treatment"]
    practice["clients"][0]["restrictions"] = []


def proposed(store: Store, maya: Maya) -> LetterDraft:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]


def test_part2_material_in_the_programs_own_lines_brings_the_notice(store: Store) -> None:
    maya = settle(store, shareable)
    draft = proposed(store, maya)
    assert any("Stillwater Ridge" in line.text for line in draft.glance)
    with_lines = store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)
    assert with_lines.notice_form == "42 CFR 2.32(a)(2)"
    bare = replace(draft, glance=(), steps=())
    without = store.ask(updates.release, maya.client, maya.diane, *WEEK, bare)
    assert without.notice_form == ""


def test_a_line_of_the_programs_own_is_refused_once_it_may_not_be_told(store: Store) -> None:
    maya = settle(store, shareable)
    told = next(line.text for line in proposed(store, maya).glance if line.text)
    narrow(store, maya)
    draft = replace(proposed(store, maya), glance=(Glance("Where Maya is", told),), steps=())
    with pytest.raises(Problem, match="may no longer be shared"):
        store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)


def test_a_line_of_the_programs_own_rests_on_its_consent(store: Store) -> None:
    """It counts among the consents relied on: what it covers, and the ways out it allows."""
    by_phone = {"ref": "k-phone", "topics": ["attendance"], "channels": ["phone"]}

    def second(practice: dict[str, Any]) -> None:
        shareable(practice)
        consent(practice).update(topics=["progress"])
        forms = practice["clients"][0]["consents"]
        forms.append(consent(practice) | by_phone | {"signed_on": "2026-02-01"})

    maya = settle(store, second)
    draft = replace(proposed(store, maya), steps=())
    assert "Week 5 of the stay." in {line.text for line in draft.glance}
    made = store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)
    assert made.consents == ("k-phone", "k-diane")
    assert made.topics == ("attendance", "progress")
    assert made.channels == {"phone"}


def test_a_task_that_was_dropped_is_not_announced(store: Store) -> None:
    ride = {"text": "Ride", "due": "2026-03-12", "topics": ["progress"], "part2": "no"}
    told = ride | {"family_line": "I drive Maya home"}
    maya = settle(store, shareable, lambda p: p["clients"][0].update(tasks=[told]))
    assert "I drive Maya home" in str(proposed(store, maya).steps)

    def drop(session: Session) -> None:
        session.query(Task).one().state = TaskState.DROPPED

    store.do("Drop", drop)
    assert "I drive Maya home" not in str(proposed(store, maya).steps)


def test_the_line_of_a_task_is_judged_wherever_it_stands(store: Store) -> None:
    """Also of one that is done: among what became of promises, its consent may have ended."""
    ride = {"text": "Ride", "due": "2026-03-05", "done_on": "2026-03-05", "topics": ["legal"]}
    told = ride | {"family_line": "I drive Maya to court", "part2": "no"}
    maya = settle(store, shareable, lambda p: p["clients"][0].update(tasks=[told]))
    draft = proposed(store, maya)
    assert "I drive Maya" not in str(draft)
    for rows in (
        {"closed": (Closed("Thu, March 5", "I drive Maya to court", "Done"),)},
        {"steps": (Step("Thu", "I drive Maya to court", "Nora"),)},
    ):
        with pytest.raises(Problem, match="may no longer be shared"):
            store.ask(updates.release, maya.client, maya.diane, *WEEK, replace(draft, **rows))


def test_the_program_is_named_in_standing_words_to_who_may_know_it(store: Store) -> None:
    maya = settle(store, shareable)
    mine = replace(store.ask(letter_templates.of, "weekly"), opening="{program}, {period}")
    store.do("Change", letter_templates.save, mine)
    assert proposed(store, maya).opening == "Stillwater Ridge, March 2 to 8, 2026"
    narrow(store, maya)
    assert proposed(store, maya).opening == "the program, March 2 to 8, 2026"


def narrow(store: Store, maya: Maya) -> None:
    """Take treatment out of the consent."""
    (row,) = store.ask(consents.rows, maya.client)
    edited = replace(store.ask(consents.draft, row.id), topics=("attendance", "progress"))
    store.do("Narrow", consents.save, edited, row.id)


def test_words_another_line_lets_out_are_not_held_against_the_letter(store: Store) -> None:
    """Of two tasks with one line between them, the one that may be told is what the letter says."""
    both = {"due": "2026-03-12", "part2": "no", "family_line": "Nora calls the school"}
    rows = [
        both | {"text": "One", "topics": ["progress"]},
        both | {"text": "Other", "topics": ["legal"]},
    ]
    maya = settle(store, shareable, lambda p: p["clients"][0].update(tasks=rows))
    draft = proposed(store, maya)
    assert [step.what for step in draft.steps].count("Nora calls the school") == 1
    made = store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)
    assert "legal" not in made.topics


def test_a_line_no_longer_allowed_is_found_wherever_and_however_it_is_typed(store: Store) -> None:
    """With one key more, in another place, in the other language: it is a hit."""

    def progress(practice: dict[str, Any]) -> None:
        shareable(practice)
        consent(practice)["topics"] = ["progress"]

    maya = settle(store, progress)
    draft = replace(proposed(store, maya), glance=(), steps=(), dates=())
    here = replace(draft, glance=(Glance("How it went", "week 5  of the stay"),))
    headed = replace(draft, headline="Week 5 of the stay.")
    spanish = replace(draft, glance=(Glance("How it went", "Semana 5 de la estadía."),))
    english = replace(headed, language="es")
    typed = replace(draft, texts={"help": "As you know. Week 5 of the stay! All is well."})
    for letter in (here, headed, spanish, english, typed):
        with pytest.raises(Problem, match="Not in Diane's consent: attendance"):
            store.ask(updates.release, maya.client, maya.diane, *WEEK, letter)
    fine = replace(draft, texts={"help": "She had a good week, and a quiet one."})
    assert store.ask(updates.release, maya.client, maya.diane, *WEEK, fine)
