"""A letter that was begun follows the verdicts, and never goes further than they do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.casework import begun
from cmdesk.casework.begun import Begun
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.rules.consent import Outcome, Verdict
from cmdesk.rules.letter import Closed, Glance, Goal, Part, PartKind, Stay, Step
from cmdesk.rules.topics import Topic


def verdict(outcome: Outcome, text: str | None = None, why: str = "") -> Verdict:
    return Verdict(entry="e", outcome=outcome, rule=8, text=text, consent="k", why=why)


def share(text: str = "She slept well.") -> Verdict:
    return verdict(Outcome.SHARE, text)


KEPT = verdict(Outcome.KEEP_BACK, why="Your choice: kept back")


def letter(*passages: Passage, steps: tuple[Step, ...] = ()) -> LetterDraft:
    return LetterDraft(headline="A week", passages=passages, steps=steps)


def bound(text: str, number: int = 1, outcome: str = "share") -> Passage:
    return Passage(text, number, outcome)


def test_what_is_kept_reads_back_equal() -> None:
    before = Begun(letter(bound("One"), Passage("Mine")), {1: "One"}, frozenset({"Week 5."}))
    assert begun.read(before.plain()) == before


def test_entries_that_wait_for_a_choice_are_left_out() -> None:
    proposal = letter(bound("One"), bound("Short", 2, "short"))
    first = begun.begin(proposal, waiting={2})
    assert first.letter.passages == (bound("One"),)
    assert first.offered == {1: "One"}


def test_an_untouched_paragraph_follows_its_line() -> None:
    kept = Begun(letter(bound("Old")), {1: "Old"})
    after = begun.follow(kept, LetterDraft(), {1: share("New")})
    assert after.letter.passages == (bound("New"),)
    assert after.offered == {1: "New"}


def test_an_edited_paragraph_stays_as_typed() -> None:
    kept = Begun(letter(bound("Old, and more")), {1: "Old"})
    after = begun.follow(kept, LetterDraft(), {1: share("New")})
    assert after.letter.passages == (bound("Old, and more"),)


def test_a_paragraph_in_full_is_refused_once_only_the_short_version_is_covered() -> None:
    short = verdict(Outcome.SHORT, "Short", "Short version. Not in Diane's consent: safety")
    verdicts = {1: short}
    assert begun.refusal(bound("All of it"), verdicts) == "Not in Diane's consent: safety"
    assert begun.refusal(bound("Short", outcome="short"), verdicts) == ""


def test_a_paragraph_without_its_entry_is_refused() -> None:
    assert begun.refusal(bound("Gone"), {})
    assert begun.refusal(Passage("Mine"), {}) == ""


def test_a_paragraph_without_a_line_is_refused() -> None:
    """Release knows no line to let out; the paragraph must say so, not the last button."""
    emptied = {1: verdict(Outcome.SHARE)}
    assert begun.refusal(bound("Said once"), emptied) == "Its line was taken out since"


def test_lines_of_the_program_that_are_not_proposed_any_more_go() -> None:
    mine, made = Step("Fri", "Call the school", "Nora"), Step("Mon", "Leaves Stillwater", "Maya")
    kept = Begun(letter(steps=(made, mine)), made=frozenset({"Leaves Stillwater"}))
    after = begun.follow(kept, letter(steps=(Step("Mon", "Moves on", "Maya"),)), {})
    assert [step.what for step in after.letter.steps] == ["Call the school", "Moves on"]


def test_the_date_of_an_untouched_step_follows_the_records() -> None:
    before, after = Step("Mon", "Moves on", "Maya"), Step("Tue", "Moves on", "Maya")
    kept = begun.begin(letter(steps=(before,)))
    assert begun.follow(kept, letter(steps=(after,)), {}).letter.steps == (after,)
    hers = Step("Early on Monday", "Moves on", "Maya")
    edited = Begun(letter(steps=(hers,)), made=kept.made)
    assert begun.follow(edited, letter(steps=(after,)), {}).letter.steps == (hers,)


def test_a_step_taken_out_does_not_come_back() -> None:
    kept = Begun(letter(), made=frozenset({"Moves on"}))
    after = begun.follow(kept, letter(steps=(Step("Mon", "Moves on", "Maya"),)), {})
    assert after.letter.steps == ()


ROWS: dict[str, tuple[Any, Any, Any]] = {  # as first laid out, as the records are now, edited
    "goals": (Goal("Sleep", 1, 4, "Better"), Goal("Sleep", 3, 4, "Well"), {"stands": "My words"}),
    "dates": (Step("Mon", "Review", ""), Step("Tue", "Review", ""), {"when": "Soon"}),
    "closed": (Closed("Mon", "Call", "Moved"), Closed("Mon", "Call", "Done"), {"note": "At last"}),
    "stays": (Stay("In May", "", ""), Stay("In May", "", "Detox"), {"ended": "Well"}),
}


def listing(name: str, *rows: Any) -> LetterDraft:
    return replace(LetterDraft(), **{name: rows})


TYPED = {"goals": "name", "stays": "where"}


@pytest.mark.parametrize("name", ROWS)
def test_rows_follow_the_records_until_they_are_edited(name: str) -> None:
    before, now, words = ROWS[name]
    kept = begun.read(begun.begin(listing(name, before)).plain())
    proposal = listing(name, now)

    def after(*rows: Any) -> Any:
        standing = replace(kept, letter=replace(kept.letter, **{name: rows}))
        return getattr(begun.follow(standing, proposal, {}).letter, name)

    hers = replace(before, **words)
    typed = replace(before, **{TYPED.get(name, "what"): "Hers"})
    assert after(before) == (now,)
    assert after(hers) == (hers,)
    assert after() == ()  # taken out, it does not come back
    assert after(typed, before) == (typed, now)
    gone = begun.follow(kept, LetterDraft(), {}).letter
    assert getattr(gone, name) == ()
    first = begun.begin(LetterDraft())
    assert getattr(begun.follow(first, proposal, {}).letter, name) == (now,)


def test_an_entry_goes_into_the_section_of_its_topics() -> None:
    parts = (
        Part(PartKind.LINES, "happened"),
        Part(PartKind.LINES, "school", topics=("education_work",)),
    )
    told = replace(share(), topics=frozenset({Topic.EDUCATION_WORK}))
    kept = begun.add(Begun(LetterDraft(parts=parts)), [1], {1: told})
    assert [part.part for part in kept.letter.passages] == ["school"]
    moved = replace(kept.letter.passages[0], part="happened")
    again = begun.add(replace(kept, letter=replace(kept.letter, passages=(moved,))), [1], {1: told})
    assert again.letter.passages == (moved,)  # where she put it
    none = Begun(LetterDraft(parts=(Part(PartKind.TEXT, "said"),)))
    assert begun.add(none, [1], {1: told}) == none
    assert begun.fresh(none, {1: told}) == ()


def test_a_glance_typed_by_hand_stays_where_the_program_has_nothing_to_say() -> None:
    typed = LetterDraft(glance=(Glance("Where Maya is", "At home."), Glance("The news", "")))
    after = begun.follow(Begun(typed), LetterDraft(glance=(Glance("The news", ""),)), {})
    assert after.letter.glance == typed.glance


def test_an_entry_is_put_where_its_day_belongs() -> None:
    verdicts = {1: share("One"), 2: share("Two"), 3: share("Three")}
    kept = Begun(letter(bound("One"), bound("Three", 3), Passage("Mine")))
    after = begun.add(kept, [2], verdicts)
    assert [part.text for part in after.letter.passages] == ["One", "Two", "Three", "Mine"]


def test_what_was_taken_out_is_not_offered_as_new() -> None:
    verdicts = {1: share("One"), 2: share("Two")}
    kept = begun.add(Begun(letter()), [1], verdicts)
    assert begun.fresh(begun.remove(kept, 1), verdicts) == (2,)


CHOICES = st.sampled_from(
    [share(), share("Other"), verdict(Outcome.SHARE), verdict(Outcome.SHORT, "Short"), KEPT]
)
PASSAGES = st.builds(
    Passage,
    st.sampled_from(["She slept well.", "Typed."]),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(["share", "short"]),
)


@given(st.lists(PASSAGES, max_size=6), st.dictionaries(st.integers(1, 3), CHOICES))
def test_nothing_narrowed_is_ever_left_in(
    passages: list[Passage], verdicts: Mapping[int, Verdict]
) -> None:
    kept = Begun(letter(*passages), {1: "She slept well."})
    after = begun.follow(kept, LetterDraft(), verdicts)
    for part in begun.leavable(after.letter, verdicts).passages:
        if part.entry_id is None:
            continue
        allowed = verdicts[part.entry_id]
        assert allowed.outcome != Outcome.KEEP_BACK
        assert part.outcome != "share" or allowed.outcome == Outcome.SHARE


def test_a_letter_in_another_language_is_not_mixed_with_a_new_one() -> None:
    part = Part(PartKind.LINES, "happened", "What happened")
    glance = (Glance("The news", "Typed"), Glance("How it went", "Week 5."))
    kept = Begun(
        replace(
            letter(bound("Old")), parts=(part,), glance=glance, steps=(Step("Friday", "Call", ""),)
        ),
        {1: "Old"},
        frozenset({"Week 5."}),
    )
    there = replace(part, title="Lo que pasó")
    proposal = LetterDraft(
        parts=(there,), glance=(Glance("La noticia", "Semana 5."),), title="Noticias", language="es"
    )
    after = begun.follow(kept, proposal, {1: share("New")})
    assert after.letter == replace(kept.letter, passages=(bound("New"),))
    assert after.made == kept.made
