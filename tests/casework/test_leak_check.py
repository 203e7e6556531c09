"""The leak check on Maya's letter to her mother: what stops it, what does not, what is marked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import leak_check, letter_templates, updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.leak_check import Watch
from cmdesk.casework.parties import Party, party_by_name
from cmdesk.errors import Problem
from cmdesk.models import goal as models
from cmdesk.models.client import CircleMember
from cmdesk.models.entry import Entry
from cmdesk.models.measure import MeasureResult
from cmdesk.models.person import Address, Person
from cmdesk.models.task import Task
from cmdesk.models.update import Update
from cmdesk.rules import leaks
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.leaks import Held, Hit, Named
from cmdesk.rules.letter import WEEKLY, Closed, Glance, Goal, Moment, Part, PartKind, Stay, Step
from cmdesk.store.store import Store
from tests.bench.floor import overheard
from tests.records import WEEK, Maya, log, settle

KEPT = "Maya said that she stopped her tablets on Sunday after the concert."
NOTE = "Diane cries on the phone whenever the bill comes up in our talks."
ELSEWHERE: dict[str, Any] = {
    "ref": "c-owen",
    "given_name": "Owen",
    "family_name": "Castellano",
    "circle": [
        {"person": "p-rosa", "relationship": "mother", "roles": []},
        {"person": "p-heron", "relationship": "therapist", "roles": []},
        {"person": "p-diane", "relationship": "aunt", "roles": []},
    ],
}
PEOPLE: list[dict[str, Any]] = [
    {"ref": "p-david", "given_name": "David", "family_name": "Brenner", "phones": ["718 555 0199"]},
    {"ref": "p-okonedo", "given_name": "Samuel", "family_name": "Okonedo"},
    {"ref": "p-rosa", "given_name": "Rosa", "family_name": "Vidal", "emails": ["rosa@v.example"]},
    {"ref": "p-heron", "given_name": "Hal", "family_name": "Heron"},
]


def crowded(practice: dict[str, Any]) -> None:
    """Add Maya's father, her psychiatrist, and another family."""
    practice["people"] += PEOPLE
    practice["clients"][0]["circle"] += [
        {"person": "p-david", "relationship": "father", "roles": []},
        {"person": "p-okonedo", "relationship": "psychiatrist", "roles": []},
    ]
    practice["clients"][0]["medications"] = [{"name": "Zyplexa 5 mg"}]
    practice["clients"].append(ELSEWHERE)


@pytest.fixture
def family(store: Store) -> Maya:
    maya = settle(store, crowded)
    log(store, maya, topics=("medication",), narrative=KEPT, family_line="")

    def note(session: Session) -> None:
        query = select(CircleMember).where(CircleMember.person_id == maya.diane.person_id)
        session.scalars(query.order_by(CircleMember.id)).first().note = NOTE  # type: ignore[union-attr]  # settled

    store.do("Note", note)
    return maya


def watch_of(store: Store, maya: Maya, party: Party | None = None) -> Watch:
    def work(session: Session) -> Watch:
        about = updates.case(session, maya.client, party or maya.diane, *WEEK)
        return leak_check.watch(session, about)

    return store.ask(work)


def hits(store: Store, maya: Maya, text: str, party: Party | None = None) -> list[str]:
    return [hit.why for hit in watch_of(store, maya, party).hits(text)]


def letter(*texts: str) -> LetterDraft:
    return LetterDraft(passages=tuple(Passage(text) for text in texts))


def covering(*topics: str) -> Callable[[dict[str, Any]], object]:
    def change(practice: dict[str, Any]) -> None:
        practice["clients"][0]["consents"][0]["topics"] += topics
        practice["clients"][0]["restrictions"] = []

    return change


def test_what_may_not_be_said(store: Store, family: Maya) -> None:
    ours = "not in Diane's consent"
    assert hits(
        store,
        family,
        "Maya, Diane and Tess Holloway met Nora Whitlock of Whitlock Care Coordination. "
        "David called, 555-0199. Owen, Rosa Vidal (rosa@v.example). Dr. Okonedo. Hal Heron. "
        "Stillwater Ridge. Zyplexa.",
    ) == [
        f"Names David: {ours}",
        f"Gives the number 555-0199: {ours}",
        "Names Owen: another client",
        "Names Rosa Vidal: of another client’s family",
        "Gives the address rosa@v.example: of another client’s family",
        f"Names Okonedo: {ours}",
        f"Names Stillwater Ridge: {ours}",
        f"Names a medicine: {ours}: medication",
    ]
    assert hits(store, family, "She said she stopped her tablets on Sunday after the concert.") == [
        "Almost the same as what is kept back: Not in Diane's consent: medication",
        "Says “her tablets”: not in Diane's consent: medication",
    ]
    assert hits(store, family, NOTE) == ["Almost the same as what is kept back: Your own notes"]


def test_where_they_live_is_theirs(store: Store, family: Maya) -> None:
    def move_in(session: Session) -> None:
        david = session.scalars(select(Person.id).where(Person.given_name == "David")).one()
        session.add(Address(person_id=david, street="9 Mill Lane", city="Troy"))
        session.add(Address(person_id=family.diane.person_id, street="214 Court Street"))
        session.add(Address(person_id=family.diane.person_id, city="Troy"))

    store.do("Move", move_in)
    said = "9 Mill Ln is far. Troy is not, nor 214 Court Street."
    assert hits(store, family, said) == ["Gives the address 9 Mill Ln: not in Diane's consent"]


def test_the_program_s_own_lines_are_found_inside_sentences(store: Store, family: Maya) -> None:
    """Of goals, tasks and scores that are kept back; of those that are told, nothing."""
    client = family.client

    def plan(session: Session) -> None:
        legal = {"client_id": client, "topics": ["legal"], "part2": "no"}
        told = {"client_id": client, "topics": ["progress"], "part2": "no"}
        session.add(models.Goal(name="Call Kessler", family_line="Back at the old shop", **legal))
        session.add(models.Goal(name="Bake with Oma", family_line="She baked twice", **told))
        session.add(Task(text="Call", family_line="Write to Oakmont", **legal))
        day = WEEK[0]
        session.add(
            MeasureResult(
                instrument="", name="Calm", score=1, taken_on=day, family_line="Low as ash", **legal
            )
        )
        kept = MeasureResult(
            instrument="", name="Rest", score=1, taken_on=day, family_line="Tired out", **told
        )
        kept.entry_id = session.scalar(select(Entry.id).where(Entry.narrative == KEPT))
        session.add(kept)
        session.add(
            MeasureResult(
                instrument="", name="Joy", score=1, taken_on=day, family_line="Glad as dawn", **told
            )
        )

    store.do("Plan", plan)
    text = "So call Kessler\u2019s, and she is back at the\nold shop; we write to Oakmont, {}."
    assert [hit.phrase for hit in watch_of(store, family).hits(text.format("low as ash"))] == [
        "call Kessler",
        "back at the\nold shop",
        "write to Oakmont",
        "low as ash",
    ]
    (why,) = hits(store, family, "She is tired out today.")
    assert why.endswith("Taken from an entry that is kept back")
    assert hits(store, family, "She baked twice, to bake with Oma, glad as dawn.") == []


def test_initials_tell_only_those_who_are_close(store: Store, family: Maya) -> None:
    """The psychiatrist's tell who it is; those of another family, of the mother and ours do not."""
    assert hits(store, family, "S.O. called. O.C., D.B., N.W. and SR did, at Whitlock.") == [
        "Names S.O: not in Diane's consent"
    ]


def test_what_consents_cover_is_no_leak(store: Store) -> None:
    maya = settle(store, crowded, covering("family", "treatment", "medication"))
    text = "David told Dr. Okonedo at Stillwater Ridge of the Zyplexa."
    assert hits(store, maya, text) == []


def test_what_was_let_out_is_known(store: Store, family: Maya) -> None:
    line = "Dr. Okonedo came to Stillwater Ridge. Maya told him that she stays sober now."
    log(store, family, family_line=line)
    assert hits(store, family, line) == []
    assert hits(store, family, "Okonedo likes Stillwater Ridge.") == []


def test_a_name_that_is_a_word_is_known_once_it_is_meant(store: Store, family: Maya) -> None:
    def work(session: Session) -> None:
        session.scalars(
            select(Person).where(Person.given_name == "Samuel")
        ).one().given_name = "Will"

    store.do("Rename", work)
    log(store, family, family_line="She will rest on Sunday.")
    assert hits(store, family, "Then Will came.") != []
    log(store, family, family_line="She met Will on Sunday.")
    assert hits(store, family, "Then Will came.") == []


def test_a_number_the_reader_shares_is_theirs(store: Store) -> None:
    def at_home(practice: dict[str, Any]) -> None:
        crowded(practice)
        phone = practice["people"][-4]["phones"]
        next(each for each in practice["people"] if each["ref"] == "p-diane")["phones"] = phone

    maya = settle(store, at_home)
    assert hits(store, maya, "You are at 718-555-0199.") == []


def test_a_wish_of_the_client_holds_a_topic_back(store: Store) -> None:
    def wish(practice: dict[str, Any]) -> None:
        practice["clients"][0]["restrictions"] = [
            {"topics": ["substance_use"], "from": ["p-diane"], "reason": "Herself"}
        ]

    assert hits(store, settle(store, crowded), "She is sober.") == []
    maya = settle(store, crowded, wish)
    assert hits(store, maya, "She is sober.") != []


def test_everything_held_back(store: Store) -> None:
    def wish(practice: dict[str, Any]) -> None:
        practice["clients"][0]["restrictions"] = [{"from": ["p-diane"], "reason": "All of it"}]

    assert hits(store, settle(store, crowded, wish), "She is sober.") != []


def test_a_program_reads_of_itself_and_its_people(store: Store, family: Maya) -> None:
    program = store.ask(party_by_name, "o-still")
    assert hits(store, family, "Tess of Stillwater Ridge") != []
    assert hits(store, family, "Tess of Stillwater Ridge", program) == []


def test_a_letter_does_not_leave_while_something_is_found(store: Store, family: Maya) -> None:
    log(store, family)
    draft = letter("Maya had a good day. David was there.")
    with pytest.raises(Problem, match="can’t be sent: names David: not in Diane's consent"):
        store.ask(updates.release, family.client, family.diane, *WEEK, draft)
    clean = leak_check.without(watch_of(store, family), draft)
    assert [part.text for part in clean.passages] == ["Maya had a good day."]
    made = store.ask(updates.release, family.client, family.diane, *WEEK, clean)
    assert (made.letter.prose["happened"], made.overrides) == (("Maya had a good day.",), ())


def test_a_line_that_names_someone_does_not_leave_by_command_either(
    store: Store, family: Maya
) -> None:
    log(store, family, family_line="Two hard nights after a call with David.")
    with pytest.raises(Problem, match="names David"):
        store.ask(updates.release, family.client, family.diane, *WEEK)


def test_not_about_that(store: Store, family: Maya) -> None:
    log(store, family)
    draft = letter("We watched David Copperfield.", "David is funny.")
    (hit,) = watch_of(store, family).hits("We watched David Copperfield.")
    put(store, family, hit, "  The film,\nnot the father ")
    assert watch_of(store, family).marks == {"name:david": "The film, not the father"}
    made = store.ask(updates.release, family.client, family.diane, *WEEK, draft)
    assert made.overrides == ("“David” is not about that: The film, not the father",)
    tess = store.ask(party_by_name, "p-tess")
    assert watch_of(store, family, tess).marks == {}  # of one reader's letter alone
    assert hits(store, family, "David Brenner called") == [
        "Names David Brenner: not in Diane's consent"
    ]
    assert watch_of(store, family).phrases == {"name:david": "David"}
    key = "name:david"
    store.do("Take back", leak_check.take_back, family.client, family.diane, *WEEK, key)
    assert watch_of(store, family).marks == {}
    with pytest.raises(Problem, match="not there any more"):
        store.do("Again", leak_check.take_back, family.client, family.diane, *WEEK, key)
    kinds = [row["kind"] for rows in store.ask(approvals) for row in rows]
    assert kinds == ["not_about_that", "not_about_that_taken_back"]  # both stay on record
    store.undo()
    store.undo()
    assert watch_of(store, family).marks == {}
    with pytest.raises(Problem, match="Say in a few words"):
        put(store, family, hit, " ")


def test_a_mark_holds_as_the_letter_grows(store: Store, family: Maya) -> None:
    """One number, and what was marked earlier still holds; for a shorter letter, not what came."""

    def put(last: date, key: str) -> None:
        made = replace(found, key=key)
        store.do("Mark", leak_check.mark, family.client, family.diane, first, last, made, "A film")

    def marks(last: date) -> set[str]:
        def work(session: Session) -> set[str]:
            about = updates.case(session, family.client, family.diane, first, last)
            return set(leak_check.watch(session, about).marks)

        return store.ask(work)

    (found,) = watch_of(store, family).hits("David")
    first, last = WEEK
    early, later = last - timedelta(days=3), last - timedelta(days=1)
    put(early, "name:david")
    put(later, "name:dave")
    assert marks(early) == {"name:david"}
    assert marks(last) == {"name:david", "name:dave"}
    store.do("Back", leak_check.take_back, family.client, family.diane, first, last, "name:david")
    assert marks(last) == {"name:dave"}
    query = select(Update.number, Update.period_until)
    assert store.ask(lambda session: [tuple(row) for row in session.execute(query)]) == [(1, last)]


HEADED = (
    Part(PartKind.LINES, "happened", "What {name} and David Brenner did on Zyplexa"),
    Part(PartKind.TEXT, "help", "How you can help this week"),
)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (
            {"parts": HEADED},
            "The heading “What Maya and David Brenner did on Zyplexa” can’t be sent",
        ),
        ({"title": "The Zyplexa letter"}, "The title of this kind of letter can’t be sent"),
        ({"glance": (Glance("Owen’s news", "None."),)}, "The label “Owen’s news” can’t be sent"),
    ],
)
def test_headings_are_read_as_well(
    store: Store, family: Maya, changed: dict[str, Any], why: str
) -> None:
    log(store, family)
    draft = replace(letter("Maya had a good day."), **changed)
    with pytest.raises(Problem, match=why):
        store.ask(updates.release, family.client, family.diane, *WEEK, draft)
    clean = leak_check.without(watch_of(store, family), draft)
    made = store.ask(updates.release, family.client, family.diane, *WEEK, clean)
    said = (made.letter.title, *(part.title for part in made.letter.parts), made.letter.glance)
    assert not {"David", "Zyplexa", "Owen"} & set(str(said).replace("’", " ").split())


def test_the_program_s_own_headings_stop_nobody(store: Store, family: Maya) -> None:
    def named_by_chance(session: Session) -> None:
        session.scalars(
            select(Person).where(Person.given_name == "Owen")
        ).one().given_name = "Choices"

    store.do("Rename", named_by_chance)
    assert hits(store, family, "The choices") != []
    watch = watch_of(store, family)
    for code in UpdateTemplate:
        for language in ("en", "es"):
            kind = store.ask(letter_templates.of, code.value, language)
            labels = [line for part in kind.parts for line in part.words.splitlines()]
            draft = LetterDraft(
                title=kind.title,
                parts=kind.parts,
                glance=tuple(Glance(line.replace("{name}", "Maya"), "So") for line in labels),
                texts={part.key: "So" for part in kind.parts},
                opening=kind.opening,
                greeting=kind.greeting,
                close=kind.close,
                farewell=kind.farewell,
            )
            assert leak_check.check(watch, draft) == {}, (code, language)
            assert leak_check.without(watch, draft) == draft


def approvals(session: Session) -> list[list[dict[str, Any]]]:
    return list(session.scalars(select(Update.approvals)))


def put(store: Store, maya: Maya, hit: Hit, reason: str) -> None:
    store.do("Mark", leak_check.mark, maya.client, maya.diane, *WEEK, hit, reason)


def test_a_mark_stands_with_the_period_and_says_who_and_when(store: Store, family: Maya) -> None:
    (hit,) = watch_of(store, family).hits("David")
    put(store, family, hit, "Another David")
    put(store, family, replace(hit, key="name:dave"), "Another Dave")
    rows = store.ask(lambda session: session.scalars(select(Update.approvals)).all())
    first, second = rows[0]
    assert (first["reader"], first["key"], first["by"]) == (
        "p-diane",
        "name:david",
        "Nora Whitlock, Whitlock Care Coordination",
    )
    assert (first["at"], second["reason"]) == ("2026-03-09T16:00:00+00:00", "Another Dave")


def test_every_part_of_a_letter_is_read() -> None:
    said = iter(range(100))

    def word() -> str:
        return f"word{next(said)}"

    draft = LetterDraft(
        headline=word(),
        greeting=word(),
        opening=word(),
        title=word(),
        parts=(
            *WEEKLY,
            Part(PartKind.TEXT, "help", word()),
            Part(PartKind.TEXT, "empty", "not printed"),
        ),
        glance=(Glance(word(), word()), Glance(word(), word()), Glance("not printed", "")),
        passages=(Passage(word()), Passage(word())),
        goals=(Goal(word(), 1, 4, word()),),
        steps=(Step(word(), word(), word(), word()),),
        dates=(Step(word(), word(), word(), word()),),
        closed=(Closed(word(), word(), word(), word()),),
        clock=(Moment(word(), word(), word()),),
        stays=(Stay(word(), word(), word(), word()),),
        texts={"help": word()},
        close=word(),
        farewell=word(),
    )
    texts = dict(leak_check.texts(draft))
    assert texts.pop("glance 2") == ""
    assert sorted(texts.values()) == sorted(f"word{n}" for n in range(next(said)))
    assert texts["passage 1"] == draft.passages[1].text
    assert texts["steps 0 what"] == draft.steps[0].what


def test_a_fixed_number_of_questions(store: Store, family: Maya) -> None:
    def asked() -> int:
        return len(overheard(store._reader, lambda: watch_of(store, family)))

    before = asked()
    for day in range(3):
        log(store, family, narrative=f"Call {day}.", family_line="Fine.")
    assert asked() == before


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("David came.", ""),
        ("All well. David came.", "All well."),
        ("David came. All well.", "All well."),
        ("All well. David came.  So be it.", "All well. So be it."),
        ("All well. David came. So did David Brenner.", "All well."),
        ("So it is. David came. Yes. David went.", "So it is. Yes."),
        ("So it is. I saw David\nBrenner and David. Yes.", "So it is. Yes."),
        ("All well.\nDavid came.\nYes.", "All well.\n\nYes."),
    ],
)
def test_a_sentence_is_cut_with_the_space_beside_it(text: str, rest: str) -> None:
    made = leaks.index(Held("Diane", people=[(Named("David", "Brenner"), "")]))
    assert leak_check.cut(text, leaks.check(made, text)) == rest
