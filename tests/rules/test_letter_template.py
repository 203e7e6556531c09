"""Kinds of letters: what is sound, which section takes what, and how far a consent reaches."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.rules.making import DIANE, GOOD, MAYA, TODAY, entry, standing

import cmdesk
from cmdesk.rules.codes import ConsentKind, UpdateTemplate
from cmdesk.rules.consent import Outcome, verdict
from cmdesk.rules.letter import WEEKLY, Part, PartKind
from cmdesk.rules.letter_template import (
    Readers,
    Span,
    Template,
    due_at,
    faults,
    filled,
    labels,
    narrowed,
    part_for,
    plain,
    read,
    worded,
)
from cmdesk.rules.topics import Topic

LETTERS = Path(cmdesk.__file__).parent / "resources" / "letters"
LINES = Part(PartKind.LINES, "happened", "What happened")
GLANCE = Part(PartKind.GLANCE, "glance", words="Where {name} is\n\nHow it went\nWhat I need")
SOUND = Template("note", "Note", parts=(GLANCE, LINES))
ATTENDANCE = replace(SOUND, topics=("attendance",))


def shipped(code: str, language: str) -> Template:
    kept = json.loads((LETTERS / f"{code}.json").read_text("utf-8"))
    return read(code, kept, kept["words"], language)


def test_a_kind_comes_with_the_program_for_each_code() -> None:
    assert {path.stem for path in LETTERS.glob("*.json")} == {code.value for code in UpdateTemplate}


@pytest.mark.parametrize("code", [code.value for code in UpdateTemplate])
def test_a_kind_that_comes_with_the_program_is_sound_in_both_languages(code: str) -> None:
    english, spanish = shipped(code, "en"), shipped(code, "es")
    assert faults(english) == faults(spanish) == {}
    assert [part.key for part in english.parts] == [part.key for part in spanish.parts]
    kept = json.loads((LETTERS / f"{code}.json").read_text("utf-8"))
    first, second = kept["words"]["en"], kept["words"]["es"]
    assert first.keys() == second.keys()
    assert first["parts"].keys() == second["parts"].keys()
    for key, words in first["parts"].items():
        assert words.keys() == second["parts"][key].keys()
        assert not set(words.values()) & set(second["parts"][key].values())


def test_the_weekly_letter_has_the_order_of_the_design() -> None:
    weekly = shipped("weekly", "en")
    assert [(part.kind, part.key, part.title) for part in weekly.parts] == [
        (part.kind, part.key, part.title) for part in WEEKLY
    ]
    assert not weekly.by_hand


def test_which_kinds_are_typed_words() -> None:
    logged = {code.value for code in UpdateTemplate if not shipped(code.value, "en").by_hand}
    assert logged == {"weekly", "monthly_review", "provider_summary"}


def test_a_letter_to_a_school_says_nothing_of_care() -> None:
    school = shipped("letter_to_school", "en")
    assert (school.readers, school.topics) == (Readers.SCHOOL, ("attendance",))
    assert not school.has(PartKind.CALLS)  # whom to call in a crisis would tell of one
    assert "{program}" not in repr(school)


def test_a_crisis_is_told_of_within_four_hours() -> None:
    begun = datetime(2026, 3, 9, 21, tzinfo=UTC)
    assert due_at(shipped("crisis_notice", "en"), begun) == datetime(2026, 3, 10, 1, tzinfo=UTC)
    assert due_at(SOUND, begun) is None


TWICE = (LINES, Part(PartKind.LINES, "other"))
WRONG = {
    "code": replace(SOUND, code="A note"),
    "name": replace(SOUND, name=" "),
    "due_hours": replace(SOUND, due_hours=0),
    "due_hours, too many": replace(SOUND, due_hours=10_000),
    "topics": replace(SOUND, topics=("weather",)),
    "topics, never shared": replace(SOUND, topics=("private",)),
    "parts, none": replace(SOUND, parts=()),
    "parts, without content": replace(SOUND, parts=(GLANCE, Part(PartKind.CALLS, "calls"))),
    "parts, a key of blanks": replace(SOUND, parts=(replace(LINES, key=" "),)),
    "parts, a key twice": replace(SOUND, parts=(LINES, Part(PartKind.TEXT, "happened"))),
    "parts, two boxes": replace(SOUND, parts=(GLANCE, replace(GLANCE, key="b"), LINES)),
    "parts, two that take the rest": replace(SOUND, parts=TWICE),
    "parts, topics": replace(SOUND, parts=(replace(LINES, topics=("weather",)),)),
    "words": replace(SOUND, opening="x" * 5000),
    "words, unknown blank": replace(SOUND, parts=(replace(LINES, title="{diagnosis}"),)),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said(name: str) -> None:
    assert faults(WRONG[name]).keys() == {name.split(",", maxsplit=1)[0]}


def test_what_is_sound() -> None:
    several = (*TWICE[:1], Part(PartKind.LINES, "school", topics=("education_work",)))
    assert faults(replace(SOUND, parts=several, due_hours=4, topics=("progress",))) == {}


def test_blanks_are_filled_and_other_braces_stay() -> None:
    assert filled("{name} and {x} {", {"name": "Maya"}) == "Maya and {x} {"
    assert labels(SOUND, {"name": "Maya"}) == ("Where Maya is", "How it went", "What I need")
    assert labels(replace(SOUND, parts=(LINES,)), {}) == ()


def test_an_entry_goes_where_one_of_its_topics_is_named() -> None:
    school = Part(PartKind.LINES, "school", topics=("education_work", "attendance"))
    parts = (Part(PartKind.TEXT, "said", topics=("legal",)), LINES, school)
    assert part_for(parts, {Topic.PROGRESS, Topic.EDUCATION_WORK}) == "school"
    assert part_for(parts, {Topic.LEGAL}) == "happened"
    assert part_for((school,), {Topic.LEGAL}) == ""


def test_read_back_as_kept() -> None:
    kept, words = plain(shipped("decision", "en"))
    assert read("decision", kept, {"en": words}, "en") == shipped("decision", "en")
    assert read("decision", kept, {"es": words}, "en") == shipped("decision", "en")
    assert read("note", kept | {"span": "day"}, {}, "en").span is Span.DAY
    assert read("note", kept, {}, "en").name == "Decision"


def test_a_letter_without_topics_of_its_own_narrows_nothing() -> None:
    whole = standing(MAYA, DIANE, (GOOD,), (), TODAY)
    assert narrowed(whole, SOUND) is whole


def test_a_letter_of_few_topics_tells_nothing_else() -> None:
    stand = narrowed(standing(MAYA, DIANE, (GOOD,), (), TODAY), ATTENDANCE)
    wide = entry(topics=frozenset({Topic.ATTENDANCE, Topic.PROGRESS}), short_line="Came.")
    short = replace(wide, short_topics=frozenset({Topic.ATTENDANCE}))
    kept = worded(verdict(replace(wide, short_line=None), stand), ATTENDANCE)
    assert (kept.outcome, kept.why) == (
        Outcome.KEEP_BACK,
        "This letter tells only of attendance and plans",
    )
    told = worded(verdict(short, stand), ATTENDANCE)
    assert (told.outcome, told.text) == (Outcome.SHORT, "Came.")
    assert told.why == "Short version. This letter tells only of attendance and plans"
    fits = replace(wide, topics=frozenset({Topic.ATTENDANCE}))
    assert worded(verdict(fits, stand), ATTENDANCE) == verdict(fits, stand)
    assert worded(verdict(fits, stand), SOUND).outcome is Outcome.SHARE


def test_a_consent_that_has_none_of_the_topics_is_none_for_this_letter() -> None:
    other = replace(GOOD, topics=frozenset({Topic.PROGRESS}))
    stand = narrowed(standing(MAYA, DIANE, (other,), (), TODAY), ATTENDANCE)
    assert stand.no_consent == "Diane's consent does not cover attendance and plans"
    nobody = narrowed(standing(MAYA, DIANE, (), (), TODAY), ATTENDANCE)
    assert nobody.no_consent == "No consent names Diane"


def test_a_form_of_its_own_is_kept_where_the_letter_tells_of_it() -> None:
    form = replace(
        GOOD,
        ref="k-therapy",
        kind=ConsentKind.PSYCHOTHERAPY_NOTES,
        topics=frozenset({Topic.THERAPY_CONTENT}),
    )
    whole = standing(MAYA, DIANE, (GOOD, form), (), TODAY)
    assert Topic.THERAPY_CONTENT in narrowed(whole, ATTENDANCE).unreachable
    both = replace(ATTENDANCE, topics=("attendance", "therapy_content"))
    assert narrowed(whole, both).own_form.keys() == {Topic.THERAPY_CONTENT}
