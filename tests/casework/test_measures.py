"""Scores: kept, changed, taken away, drawn; and which of them one reader may see."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import drafts, measures, updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.errors import Problem
from cmdesk.models.care import Episode, LevelStay
from cmdesk.rules.chart import Chart, Score, Span
from cmdesk.rules.letter import Part, PartKind
from cmdesk.rules.measure_draft import MeasureForm
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, settle

LOW = MeasureForm("phq9", score="14", taken_on=date(2026, 2, 3), family_line="Her score was 14.")
NOW = replace(LOW, score="9", taken_on=date(2026, 3, 5), family_line="Her score is 9.")


def kept(store: Store, maya: Maya, form: MeasureForm = LOW, **changes: Any) -> int:
    return store.do("Note", measures.save, maya.client, replace(form, **changes))


def letter(store: Store, maya: Maya) -> Chart | None:
    def ask(session: Session) -> Chart | None:
        about = updates.case(session, maya.client, maya.diane, *WEEK)
        return measures.for_letter(session, about)

    return store.ask(ask)


def test_a_score_is_kept_changed_and_taken_away(store: Store, maya: Maya) -> None:
    store.do("Draft", drafts.keep, "measure:new", {"score": "14"}, maya.client)
    number = store.do("Note", measures.save, maya.client, LOW, draft_key="measure:new")
    assert store.ask(drafts.find, "measure:new") is None
    row = store.ask(measures.one, number)
    assert row.form == replace(LOW, name="PHQ-9", lowest="0", highest="27", version=1)
    changed = replace(row.form, score="15", note=" After a bad night ")
    store.do("Change", measures.save, maya.client, changed, number)
    newer = kept(store, maya, NOW)
    assert [each.id for each in store.ask(measures.rows, maya.client)] == [newer, number]
    assert store.ask(measures.one, number).form.note == "After a bad night"
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Change", measures.save, maya.client, changed, number)
    store.do("Away", measures.remove, number)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(measures.one, number)


def test_a_score_out_of_range_says_the_range(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="PHQ-9 goes from 0 to 27"):
        kept(store, maya, score="28")
    assert store.ask(measures.rows, maya.client) == []


def test_all_scores_stand_above_the_levels_of_care(store: Store, maya: Maya) -> None:
    kept(store, maya, NOW)
    kept(store, maya)
    kept(store, maya, replace(NOW, instrument="other", name="Sleep", score="7"))

    def stay(session: Session) -> None:
        whole = Episode(client_id=maya.client, level_of_care="mh:php", admitted=date(2025, 9, 1))
        session.add(whole)
        session.flush()
        for since, until, level in (
            (date(2025, 9, 1), date(2025, 10, 1), "mh:php"),
            (date(2025, 10, 2), date(2025, 11, 1), "mh:iop"),
        ):
            made = LevelStay(episode_id=whole.id, since=since, until=until, level_of_care=level)
            session.add(made)

    store.do("Stay", stay)
    chart = store.ask(measures.shown, maya.client)
    phq, own = chart.series
    assert phq.scores == (Score(date(2026, 2, 3), 14), Score(date(2026, 3, 5), 9))
    assert (phq.name, phq.stands, phq.highest) == ("PHQ-9", "mild", 27)
    assert (own.name, own.about, own.marks) == ("Sleep", "", ())
    assert (chart.first, chart.last) == (date(2026, 2, 3), MONDAY)
    names = [span.name for span in chart.spans]
    assert names[:2] == ["Day program", "IOP"]
    assert all(isinstance(span, Span) and span.support for span in chart.spans)
    since = date(2026, 3, 1)
    assert store.ask(measures.shown, maya.client, since).first == since


def test_a_letter_shows_what_its_reader_may_see(store: Store, maya: Maya) -> None:
    assert letter(store, maya) is None
    kept(store, maya)
    assert letter(store, maya) is None  # one alone is no chart
    kept(store, maya, NOW)
    kept(store, maya, NOW, score="27", family_line="")  # nothing may be said of it
    kept(store, maya, NOW, score="26", topics=("medication",))  # in no consent of hers
    kept(store, maya, NOW, score="25", taken_on=MONDAY)  # after the week
    kept(store, maya, NOW, score="24", taken_on=date(2025, 3, 5))  # long before it
    chart = letter(store, maya)
    assert chart is not None
    (series,) = chart.series
    assert [score.value for score in series.scores] == [14, 9]
    assert (series.stands, chart.last) == ("", WEEK[1])


def test_the_chart_stands_in_the_letter_and_brings_the_notice_of_part_2(
    store: Store, maya: Maya
) -> None:
    kept(store, maya, part2="no")
    kept(store, maya, NOW, part2="no")
    kept(store, maya, NOW, instrument="other", name="Calls to Tess Holloway", score="1")
    lines = (Passage("She is well."),)
    draft = LetterDraft(passages=lines, parts=(Part(PartKind.CHART, "chart", "How it went"),))
    release = partial(updates.release, draft=draft)
    (chart,) = store.ask(release, maya.client, maya.diane, *WEEK).letter.charts
    assert [series.name for series in chart.series][:1] == ["PHQ-9"]
    bare = partial(updates.release, draft=replace(draft, parts=()))
    assert store.ask(bare, maya.client, maya.diane, *WEEK).letter.charts == ()


def test_a_stay_is_drawn_for_who_may_hear_of_treatment(store: Store) -> None:
    def treatment(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["topics"].append("treatment")
        practice["clients"][0]["restrictions"] = []

    maya = settle(store, treatment)
    kept(store, maya, part2="no")
    kept(store, maya, NOW, part2="no", lowest="", highest="")
    chart = letter(store, maya)
    assert chart is not None
    assert [span.name for span in chart.spans] == ["Residential 3.5"]
    assert chart.first == date(2026, 2, 3)

    def of_her_therapist(session: Session) -> Chart | None:
        about = updates.case(session, maya.client, maya.tess, *WEEK)
        return measures.for_letter(session, about)

    assert store.ask(of_her_therapist) is None  # nobody consented to her


def test_without_treatment_in_the_consent_no_stay_is_drawn(store: Store, maya: Maya) -> None:
    kept(store, maya)
    kept(store, maya, NOW)
    chart = letter(store, maya)
    assert chart is not None
    assert chart.spans == ()
    assert store.ask(measures.shown, maya.client).spans


def test_a_score_of_a_contact_that_is_kept_back_is_not_drawn(store: Store) -> None:
    def keep_back(practice: dict[str, Any]) -> None:
        entry = practice["clients"][0]["entries"][0]
        entry["marks"] = [{"person": "p-diane", "mark": "keep_back"}]

    maya = settle(store, keep_back)
    kept(store, maya)
    linked = kept(store, maya, NOW, entry_id=maya.entry)
    assert letter(store, maya) is None
    form = replace(store.ask(measures.one, linked).form, entry_id=None)
    store.do("Change", measures.save, maya.client, form, linked)
    assert letter(store, maya) is not None
