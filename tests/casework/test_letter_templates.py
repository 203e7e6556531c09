"""Kinds of letters are data: changed, added, hidden and reset; and each is laid out and leaves."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    begun,
    compose,
    composing,
    drafts,
    letter_templates,
    update_list,
    updates,
)
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft, Passage, read
from cmdesk.errors import NothingToShare, Problem
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.consent import Consent
from cmdesk.models.coverage import Authorization
from cmdesk.models.template import LetterTemplate
from cmdesk.models.update import UpdatePlan
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter import Glance, Moment, Part, PartKind, Stay, Step
from cmdesk.rules.letter_template import NOTICE_TELLS, Template
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Change, Maya, log, settle

SAID = Part(PartKind.TEXT, "said", "What I say")
NOTE = Template("note", "Note", "A note", greeting="Dear {reader},", parts=(SAID,))
ALL = ("attendance", "treatment", "progress", "financial", "substance_use")


def covers(*topics: str, **fields: Any) -> Change:
    def change(practice: dict[str, Any]) -> None:
        client = practice["clients"][0]
        client["consents"][0].update(topics=list(topics), **fields)
        client["restrictions"] = []

    return change


def propose(store: Store, maya: Maya, template: str) -> LetterDraft:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK, template)[1]


def release(store: Store, maya: Maya, draft: LetterDraft | None = None) -> Any:
    return store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)


def workplace(store: Store, maya: Maya, template: str = "") -> Workplace:
    key = maya.diane.key
    found = store.ask(composing.workplace, maya.client, key, *WEEK, template)
    assert found is not None
    return found


# Data.


def test_kinds_are_listed_changed_and_reset(store: Store) -> None:
    listed = store.ask(letter_templates.listed)
    assert [kind.code for kind in listed] == [code.value for code in UpdateTemplate]
    assert all(kind.own and not kind.changed for kind in listed)
    mine = replace(store.ask(letter_templates.of, "weekly"), name="Mine", parts=(SAID,))
    store.do("Keep", drafts.keep, "template", {})
    store.do("Change", letter_templates.save, mine, draft_key="template")
    assert store.ask(letter_templates.of, "weekly") == mine
    # In Spanish the program's words stand in until there are others.
    spanish = store.ask(letter_templates.of, "weekly", "es")
    assert (spanish.name, spanish.parts) == ("Noticias de la semana", (SAID,))
    assert store.ask(letter_templates.listed)[0].changed
    assert store.ask(drafts.find, "template") is None
    store.do("Reset", letter_templates.reset, "weekly")
    store.do("Reset", letter_templates.reset, "weekly")  # nothing is left to take away
    assert store.ask(letter_templates.of, "weekly").name == "Weekly update"


def test_a_kind_of_ones_own(store: Store, maya: Maya) -> None:
    store.do("Add", letter_templates.add, NOTE)
    with pytest.raises(Problem, match="with this code"):
        store.do("Add", letter_templates.add, NOTE)
    with pytest.raises(Problem, match="needs a name"):
        store.do("Save", letter_templates.save, replace(NOTE, name=""))
    taken = {kind.code: kind for kind in store.ask(letter_templates.listed)}
    assert list(taken)[-1] == "note"
    assert not taken["note"].own
    assert letter_templates.copied(NOTE, taken).code == "note_2"
    plan = UpdatePlan(client_id=maya.client, recipient_id=maya.diane.person_id, template="note")
    store.do("Agree", lambda session: session.add(plan))
    with pytest.raises(Problem, match="asks for this kind"):
        store.do("Reset", letter_templates.reset, "note")
    about = store.ask(updates.case, maya.client, maya.diane, *WEEK)
    assert about.template == NOTE  # the plan made last


def test_a_kind_is_hidden_and_brought_back(store: Store) -> None:
    store.do("Hide", letter_templates.hide, "decision")
    assert "decision" not in {kind.code for kind in store.ask(letter_templates.listed)}
    all_kinds = {kind.code: kind for kind in store.ask(letter_templates.listed, hidden=True)}
    assert all_kinds["decision"].hidden
    assert not all_kinds["decision"].changed
    store.do("Show", letter_templates.hide, "decision", hidden=False)
    assert "decision" in {kind.code for kind in store.ask(letter_templates.listed)}
    with pytest.raises(Problem, match="no longer there"):
        store.do("Hide", letter_templates.hide, "gone")


def test_a_plan_that_asks_for_a_kind_that_is_gone_gets_the_weekly_one(
    store: Store, maya: Maya
) -> None:
    def forget(session: Session) -> None:
        session.query(UpdatePlan).one().template = "gone"

    store.do("Plan", forget)
    assert store.ask(updates.case, maya.client, maya.diane, *WEEK).template.code == "weekly"
    with pytest.raises(Problem, match="no longer there"):
        release(store, maya, LetterDraft(template="gone"))


# On paper.


@pytest.mark.parametrize("code", [code.value for code in UpdateTemplate])
def test_every_kind_is_laid_out_kept_and_leaves(store: Store, code: str) -> None:
    maya = settle(store, covers(*ALL))
    log(store, maya, topics=("attendance",), family_line="Maya came on time.")
    draft = propose(store, maya, code)
    assert read(draft.plain()) == draft
    assert draft.template == code
    assert not re.search(r"\{\w", repr(replace(draft, parts=())))
    keys = {part.key for part in draft.parts if part.kind is PartKind.LINES}
    assert {passage.part for passage in draft.passages} <= keys
    typed = next((part.key for part in draft.parts if part.kind is PartKind.TEXT), "")
    whole = replace(draft, texts={**draft.texts, typed: "In my own words."} if typed else {})
    made = release(store, maya, whole)
    letter = made.letter
    assert letter.parts == draft.parts
    assert made.kind == draft.title
    assert letter.greeting == "Dear Diane,"


def test_nothing_changed_takes_no_word_and_no_entry(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(entries=[]))
    draft = propose(store, maya, "brief_no_change")
    made = release(store, maya, draft)
    assert made.letter.prose.keys() == {"now"}
    assert made.consent == "k-diane"
    assert made.notice_form  # what is typed under a Part 2 consent goes with its notice
    with pytest.raises(NothingToShare, match="no entry in this period"):
        release(store, maya, replace(draft, template="weekly"))


def everything_back(practice: dict[str, Any]) -> None:
    wish = {"topics": [], "entries": [], "from": ["p-diane"], "until": None, "reason": "My life"}
    practice["clients"][0]["restrictions"] = [wish]


def without_reason(practice: dict[str, Any]) -> None:
    everything_back(practice)
    practice["clients"][0]["restrictions"][0]["reason"] = ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (covers(*ALL, revoked_on="2026-03-09"), "consent was revoked"),
        (everything_back, "My life."),
        (without_reason, "Maya asked to keep this from Diane."),
    ],
)
def test_typed_words_need_a_consent_as_well(store: Store, change: Change, why: str) -> None:
    maya = settle(store, change)
    draft = propose(store, maya, "brief_no_change")
    with pytest.raises(NothingToShare, match="may be shared with Diane Brenner") as found:
        release(store, maya, draft)
    assert why.removesuffix(".") in str(found.value.hint)


def test_a_letter_that_says_nothing_does_not_leave(store: Store, maya: Maya) -> None:
    with pytest.raises(NothingToShare, match="says nothing yet"):
        release(store, maya, replace(propose(store, maya, "closing_letter"), steps=()))


def test_the_words_of_a_letter_without_entries_are_checked_for_leaks(
    store: Store, maya: Maya
) -> None:
    draft = propose(store, maya, "brief_no_change")
    with pytest.raises(Problem, match="Stillwater"):
        release(store, maya, replace(draft, texts={"now": "Stillwater Ridge is good to her."}))


def test_an_attendance_letter_tells_nothing_of_care(store: Store) -> None:
    maya = settle(store, covers(*ALL), lambda p: p["clients"][0]["episodes"][0].update(part2="no"))
    store.do("Add", lived, maya.client, maya.episode)  # years ago, and no business of a school
    came = log(store, maya, topics=("attendance",), family_line="Maya came on time.")
    group = log(store, maya)  # of progress
    draft = propose(store, maya, "letter_to_school")
    assert [passage.entry_id for passage in draft.passages] == [came]
    assert draft.stays == (Stay("Since February 2, 2026", "", ""),)
    assert [step.what for step in draft.dates] == ["Maya moves on", "Maya begins a new stay"]
    made = release(store, maya, draft)
    said = repr(made.letter).casefold()
    for word in (
        "stillwater",
        "residential",
        "988",
        "substance",
        "treatment for",
        "progress",
        "therapy",
        "medication",
        "part 2",
    ):
        assert word not in said, word
    assert made.topics == ("attendance",)
    more = replace(draft, passages=(Passage("She did well.", group, "share", "attendance"),))
    with pytest.raises(Problem, match="may no longer be shared"):
        release(store, maya, more)
    named = replace(draft, texts={"ask": "Please excuse her days at Stillwater Ridge."})
    with pytest.raises(Problem, match="can’t be sent"):
        release(store, maya, named)
    work = workplace(store, maya, "letter_to_school")
    kept = {row.entry_id: row.verdict.why for row in work.materials}
    assert kept[group] == "This letter tells only of attendance and plans"


def test_a_letter_to_a_school_takes_no_line_that_needs_the_notice(store: Store) -> None:
    """The notice of 42 CFR 2.32 would tell what the days alone do not."""
    maya = settle(store, covers(*ALL))
    draft = propose(store, maya, "letter_to_school")
    assert (draft.stays, draft.dates) == ((), ())
    typed = replace(draft, texts={"ask": "Please excuse her on Monday."})
    assert release(store, maya, typed).notice_form == ""


def test_a_part_2_entry_of_attendance_is_kept_from_a_school(store: Store) -> None:
    """42 CFR 2.32: its notice is never printed there, so what needs one never goes."""
    maya = settle(store, covers(*ALL))
    line = {"topics": ("attendance",), "family_line": "Maya came on time."}
    for mark in ("yes", "unknown"):
        log(store, maya, part2=mark, **line)
    came = log(store, maya, topics=("attendance",), family_line="Maya was there all day.")
    draft = propose(store, maya, "letter_to_school")
    assert [passage.entry_id for passage in draft.passages] == [came]
    work = workplace(store, maya, "letter_to_school")
    kept = {row.entry_id: row for row in work.materials}
    assert [row.verdict.why for row in kept.values()].count(NOTICE_TELLS) == 3  # and e-1
    assert kept[came - 1].allowed.why == NOTICE_TELLS
    made = release(store, maya, draft)
    assert (made.part2, made.notice_form, made.letter.notice) == (False, "", "")
    assert made.letter.letterhead.credentials == ""  # which may tell of treatment as well
    assert release(store, maya).letter.letterhead.credentials
    more = replace(draft, passages=(Passage("She came.", came - 1, "share", "attendance"),))
    with pytest.raises(Problem, match="may no longer be shared"):
        release(store, maya, more)
    with pytest.raises(Problem, match="notice that tells"):  # typed over, it is the same
        release(store, maya, replace(draft, texts={"ask": "Maya came on time."}))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Please excuse her while she is in residential care.", "residential"),
        ("She is at Stillwater Ridge until Friday.", "Stillwater Ridge"),
        ("Ella está en tratamiento.", "tratamiento"),
        ("She comes from IOP on Mondays.", "IOP"),
    ],
)
def test_a_school_reads_of_no_program_and_no_level(store: Store, words: str, found: str) -> None:
    maya = settle(store, covers(*ALL))
    draft = propose(store, maya, "letter_to_school")
    with pytest.raises(Problem, match=f"names {found}"):
        release(store, maya, replace(draft, texts={"ask": words}))
    line = log(store, maya, topics=("attendance",), family_line=words)
    draft = propose(store, maya, "letter_to_school")
    assert [passage.entry_id for passage in draft.passages] == [line]
    with pytest.raises(Problem, match=f"names {found}"):  # also in a line that was let out
        release(store, maya, draft)
    plain = replace(draft.passages[0], text="She was away on Monday.")
    assert release(store, maya, replace(draft, passages=(plain,))).notice_form == ""


# Typed words under a Part 2 consent.

TYPED: dict[str, dict[str, Any]] = {
    "weekly": {"glance": (Glance("How it went", "She used again."),)},
    "decision": {"texts": {"question": "She used again. What now?"}},
    "crisis_notice": {"clock": (Moment("9 pm", "She used again", "Nora"),)},
    "transition": {"opening": "She used again, so she moves."},
    "closing_letter": {"headline": "She stopped drinking"},
    "monthly_review": {"texts": {"help": "She used again."}},
}


@pytest.mark.parametrize("kind", TYPED)
def test_typed_words_go_with_the_notice_beside_a_line_without_the_mark(
    store: Store, kind: str
) -> None:
    """42 CFR 2.32: nobody can tell what typed words rest on; one plain line changes nothing."""
    maya = settle(store, covers(*ALL), unmarked)
    number = log(store, maya, topics=("attendance",), family_line="Maya came on time.")
    log(store, maya, topics=("financial",), family_line="The fee was paid.")
    draft = propose(store, maya, kind)
    step = Step("Fri, March 13", "Call the insurer", "Nora")
    plain = draft if draft.passages else replace(draft, steps=(step,))
    if draft.passages:
        made = release(store, maya, plain)
        assert (made.findings.shared[0].entry_id, made.part2) == (number, False)
        assert made.letter.notice == ""
    made = release(store, maya, replace(plain, **TYPED[kind]))
    assert (made.part2, made.notice_form) == (True, "42 CFR 2.32(a)(2)")
    assert made.letter.notice
    edited = [replace(each, text="She came sober.") for each in plain.passages]
    if edited:
        assert release(store, maya, replace(plain, passages=tuple(edited))).part2


def test_the_part_2_consent_is_named_where_typed_words_may_rest_on_it(store: Store) -> None:
    """42 CFR 2.32(b): its scope goes with the notice, although a later one covers the lines."""

    def later(practice: dict[str, Any]) -> None:
        forms = practice["clients"][0]["consents"]
        late = {"ref": "k-late", "kind": "hipaa", "signed_on": "2026-03-02"}
        forms.append(forms[0] | late | {"topics": ["attendance"]})

    maya = settle(store, covers(*ALL), unmarked, later)
    log(store, maya, topics=("attendance",), family_line="Maya came on time.")
    draft = propose(store, maya, "decision")
    assert release(store, maya, draft).consents == ("k-late",)
    made = release(store, maya, replace(draft, texts={"question": "She used again."}))
    assert (made.consents, made.part2) == (("k-late", "k-diane"), True)


def unmarked(practice: dict[str, Any]) -> None:
    """Take what is under Part 2 out, but for the consent."""
    client = practice["clients"][0]
    client.update(entries=[], episodes=[], goals=[], tasks=[])


# Stays and dates.


def approved(session: Session, client_id: int, episode_id: int) -> None:
    for day, review, decision in (
        (date(2026, 3, 12), None, "approved"),
        (date(2026, 3, 18), date(2026, 3, 16), "partial"),
        (date(2026, 3, 30), date(2026, 3, 29), "denied"),
        (date(2026, 3, 1), None, "approved"),
    ):
        session.add(
            Authorization(
                client_id=client_id,
                episode_id=episode_id,
                decision=decision,
                through_on=day,
                next_review_on=review,
            )
        )


def lived(session: Session, client_id: int, episode_id: int) -> None:
    """Give Maya two stays before, one to come, and the levels of the present one."""
    known = {"client_id": client_id, "part2": "no"}
    session.add_all(
        [
            Episode(**known, admitted=date(2025, 5, 1), discharged=date(2025, 5, 20),
                    level_of_care="setting:detox", discharge_reason="treatment_completed"),
            Episode(**known, discharged=date(2024, 1, 5), discharge_reason="death"),
            Episode(**known),
            Episode(**known, admitted=date(2026, 4, 1)),
            LevelStay(episode_id=episode_id, level_of_care="asam4:3.5", since=date(2026, 2, 2)),
            LevelStay(episode_id=episode_id, level_of_care="asam4:3.1", since=None),
            LevelStay(episode_id=episode_id, level_of_care="asam4:3.7", since=date(2026, 2, 1),
                      until=date(2026, 2, 2)),
        ]
    )  # fmt: skip


def test_stays_and_dates_are_told_as_far_as_the_consent_goes(store: Store) -> None:
    maya = settle(store, covers(*ALL))
    store.do("Add", lived, maya.client, maya.episode)
    store.do("Add", approved, maya.client, maya.episode)
    draft = propose(store, maya, "admissions_history")
    assert draft.stays == (
        Stay("Until January 5, 2024", "", ""),
        Stay("May 1 to 20, 2025", "Not known", "Detox", "Completed"),
        Stay("Since February 2, 2026", "Stillwater Ridge", "Residential 3.5"),
    )
    assert draft.dates == (
        Step("Mon, Feb 2", "Level of care from this day: Residential 3.5", ""),
        Step("Mon, March 16", "Insurance review", ""),
        Step("Wed, March 18", "Insurance is approved through this day", ""),
        Step("Fri, March 20", "Maya leaves Stillwater Ridge", ""),
        Step("Wed, April 1", "Maya begins a new stay", ""),
    )
    assert [step.what for step in propose(store, maya, "transition").dates] == [
        "Level of care from this day: Residential 3.5",
        "Insurance review",
        "Insurance is approved through this day",
        "Maya begins a new stay",
    ]  # where steps have a section, she leaves among them


@pytest.mark.parametrize(
    ("topics", "told"),
    [
        (("attendance",), {"since february 2", "moves on", "begins a new stay"}),
        (("financial",), {"insurance review", "approved through"}),
        (("progress",), set[str]()),
    ],
)
def test_what_is_not_covered_is_not_proposed_and_not_released(
    store: Store, topics: tuple[str, ...], told: set[str]
) -> None:
    everything = {"since february 2", "moves on", "begins a new stay", "insurance review",
                  "approved through", "stillwater", "residential 3.5", "detox"}  # fmt: skip
    maya = settle(store, covers(*ALL))
    store.do("Add", lived, maya.client, maya.episode)
    store.do("Add", approved, maya.client, maya.episode)
    whole = propose(store, maya, "admissions_history")

    def narrow(session: Session) -> None:
        session.query(Consent).one().topics = list(topics)

    store.do("Narrow", narrow)
    draft = propose(store, maya, "admissions_history")
    said = repr(replace(draft, parts=(), opening="", headline="")).casefold()
    assert {words for words in everything if words in said} == told
    typed = replace(draft, texts={"why": "My own words."})
    assert release(store, maya, typed).letter.prose
    for kept in (replace(typed, stays=whole.stays[-1:]), replace(typed, dates=whole.dates[:1])):
        with pytest.raises(Problem, match="may no longer be shared"):
            release(store, maya, kept)
    assert (release(store, maya, typed).topics == ()) is not told


def test_rows_of_the_program_follow_the_records_until_they_are_edited(store: Store) -> None:
    maya = settle(store, covers(*ALL))
    first = begun.begin(propose(store, maya, "admissions_history"))
    (stay,) = first.letter.stays
    hers = replace(first, letter=replace(first.letter, stays=(replace(stay, ended="Soon"),)))

    def leave(session: Session) -> None:
        row = session.get_one(Episode, maya.episode)
        row.discharged, row.discharge_reason = MONDAY, "transferred_to_another_level"

    store.do("Level", lambda s: setattr(s.get_one(Episode, maya.episode), "level_of_care", ""))
    now = propose(store, maya, "admissions_history")
    assert begun.follow(first, now, {}).letter.stays == (replace(stay, level=""),)
    assert begun.follow(hers, now, {}).letter.stays == (replace(stay, ended="Soon"),)
    store.do("Leave", leave)
    over = begun.follow(first, propose(store, maya, "admissions_history"), {}).letter
    assert over.stays == (
        Stay("February 2 to March 9, 2026", "Stillwater Ridge", "", "Went on to other care"),
    )
    assert [step.what for step in over.dates] == []


# Keys and languages.


def test_a_letter_of_another_kind_is_another_draft(store: Store, maya: Maya) -> None:
    weekly = update_list.draft_key(maya.client, maya.diane.key, *WEEK)
    notice = update_list.draft_key(maya.client, maya.diane.key, *WEEK, "crisis_notice")
    assert notice == f"{weekly}:crisis_notice"
    for key, code in ((weekly, "weekly"), (notice, "crisis_notice")):
        draft = replace(propose(store, maya, code), headline=code)
        store.do("Keep", drafts.keep, key, begun.begin(draft).plain())
    rows = store.ask(update_list.begun, maya.client)
    assert {row.template: row.headline for row in rows} == {
        "weekly": "weekly",
        "crisis_notice": "crisis_notice",
    }
    assert workplace(store, maya, "crisis_notice").begin().letter.headline == "crisis_notice"


def test_a_crisis_notice_says_by_when_it_has_to_be_out(store: Store, maya: Maya) -> None:
    work = workplace(store, maya, "crisis_notice")
    first = work.begin()
    by = datetime(2026, 3, 9, 16, tzinfo=work.zone)  # begun at noon
    assert work.due_by(first) == by
    key = update_list.draft_key(maya.client, maya.diane.key, *WEEK, "crisis_notice")
    store.do("Keep", drafts.keep, key, first.plain())
    (row,) = store.ask(update_list.begun, maya.client)
    assert row.due_by == by
    weekly = workplace(store, maya)
    assert weekly.due_by(weekly.begin()) is None
    assert begun.follow(first, work.proposal, {}).since == first.since


def test_a_letter_speaks_the_language_agreed_and_goes_on_in_its_own(
    store: Store, maya: Maya
) -> None:
    def agree(session: Session, language: str) -> None:
        session.query(UpdatePlan).one().language = language

    store.do("Plan", agree, "es")
    spanish = propose(store, maya, "")
    assert (spanish.language, spanish.headline) == ("es", "La semana de Maya")
    key = update_list.draft_key(maya.client, maya.diane.key, *WEEK)
    store.do("Keep", drafts.keep, key, begun.begin(spanish).plain())
    store.do("Plan", agree, "en")
    work = workplace(store, maya)
    assert work.begin().letter.glance[0].text == "Semana 5 de la estadía."
    assert work.proposal.headline == "La semana de Maya"


def test_a_row_that_can_not_be_read_stops_no_other(store: Store) -> None:
    def spoilt(session: Session) -> None:
        parts: list[dict[str, Any]] = [{"kind": "text", "key": "said"}]
        session.add_all(
            (
                LetterTemplate(code="own_one", name="One", parts=[{"kind": "zzz"}]),
                LetterTemplate(code="own_two", name="Two", parts=parts, topics=["private"]),
                LetterTemplate(code="weekly", name="W", parts=parts, words={"en": 5}),
            )
        )

    store.do("Spoil", spoilt)
    found = store.ask(letter_templates.listed)
    assert {kind.code for kind in found} == {code.value for code in UpdateTemplate}
    assert found[0].name == "Weekly update"
    assert store.ask(letter_templates.find, "own_one") is None
