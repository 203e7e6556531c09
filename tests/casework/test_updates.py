"""Release: the one gate. Every line is judged anew, and nothing passes that was not."""

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cmdesk
from cmdesk.casework import consents, entries, letter_sheet, released, updates
from cmdesk.casework.drafting import LetterDraft, Passage, paragraphs, read
from cmdesk.casework.parties import Party, party_by_name
from cmdesk.casework.released import Released
from cmdesk.errors import NothingToShare, Problem
from cmdesk.letter_words import standing
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import Call, Glance, Letterhead, Paper, Step
from cmdesk.rules.notices import LONG, SHORT
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Change, Clock, Maya, contact, log, settle

CONSENT: dict[str, Any] = {
    "kind": "part2_specific",
    "recipients": ["p-diane"],
    "topics": ["progress", "substance_use"],
    "purpose": "Family support and planning",
    "signed_on": "2026-02-01",
    "expires_on": "2026-06-30",
    "signer": "client",
    "capacity": "has",
    "form_on_file": True,
    "statements": {"revocation": True, "conditioning": True, "redisclosure": True},
    "channels": ["encrypted_pdf"],
}


def also(**fields: Any) -> Change:
    """Add a consent to Maya's case."""
    return lambda practice: practice["clients"][0]["consents"].append(CONSENT | fields)


def release(store: Store, maya: Maya, draft: LetterDraft | None = None) -> Released:
    return store.ask(updates.release, maya.client, maya.diane, *WEEK, draft)


def letter_of(*passages: Passage) -> LetterDraft:
    return LetterDraft(headline="Maya’s week", greeting="Dear Diane,", passages=passages)


def test_released_from_the_week(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    made = release(store, maya)
    first, second = made.findings.shared
    assert (first.entry_id, first.verdict, first.rule, first.part2) == (number, "share", 8, False)
    assert (second.entry, second.verdict, second.rule, second.part2) == ("e-1", "short", 7, True)
    assert (made.consent, made.consents) == ("k-diane", ("k-diane",))
    assert made.topics == ("progress",)
    assert made.purpose == "Family support and planning"
    assert made.channels == {"encrypted_pdf", "paper", "phone"}
    letter = made.letter
    assert letter.prose["happened"] == (
        "Maya had a good day in group.",
        "Maya had a good week in group.",
    )
    assert (letter.headline, letter.greeting, letter.farewell) == ("", "", "")
    assert (letter.about, letter.about_initial, letter.recipient) == (
        "Maya",
        "Maya B.",
        "Diane Brenner",
    )
    assert (letter.opening, letter.steps, letter.glance) == ((), (), ())
    assert (letter.sent, letter.made_at) == (MONDAY, clock.now)
    assert letter.notice == SHORT.text
    assert (made.part2, made.notice_id, made.notice_form) == (True, SHORT.id, SHORT.authority)


def test_no_notice_without_part2(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0]["entries"][0].update(part2="no"))
    made = release(store, maya)
    assert (made.part2, made.notice_id, made.notice_form, made.letter.notice) == (False, "", "", "")


def tpo(practice: dict[str, Any]) -> None:
    """Tess's consent for treatment reaches her; so does one to the program."""
    practice["clients"][0]["consents"].append(
        CONSENT
        | {
            "ref": "k-tpo",
            "kind": "part2_tpo",
            "recipients": ["p-tess", "o-still"],
            "expires_on": None,
        }
    )


@pytest.mark.parametrize("who", ["p-tess", "o-still"])
def test_long_notice_to_who_treats(store: Store, who: str) -> None:
    maya = settle(store, tpo)
    party = store.ask(party_by_name, who)
    made = store.ask(updates.release, maya.client, party, *WEEK)
    assert made.letter.notice == LONG.text
    assert (made.notice_id, made.notice_form) == (LONG.id, LONG.authority)


def test_several_consents_relied_on(store: Store) -> None:
    """The one signed last is named; a way out must be allowed by each."""
    legal = also(
        ref="k-legal",
        topics=["legal"],
        signed_on="2026-03-01",
        purpose="The hearing",
        channels=["paper", "encrypted_pdf", "in_person"],
    )
    maya = settle(store, legal)
    log(store, maya, topics=("legal",), family_line="The hearing went well.")
    made = release(store, maya)
    assert (made.consent, made.consents) == ("k-legal", ("k-legal", "k-diane"))
    assert made.channels == {"paper", "encrypted_pdf"}
    assert made.purpose == "The hearing; Family support and planning"
    assert made.topics == ("legal", "progress")
    assert made.letter.scope.count("consent") >= 2


def test_same_purpose_is_told_once(store: Store) -> None:
    maya = settle(store, also(ref="k-2", topics=["legal"]))
    log(store, maya, topics=("legal",), family_line="The hearing went well.")
    assert release(store, maya).purpose == "Family support and planning"


def test_nothing_to_share(store: Store, maya: Maya) -> None:
    store.do("End", consents.end, maya.consent)
    with pytest.raises(NothingToShare, match="Nothing of this period may be shared with Diane"):
        release(store, maya)


def test_entry_without_a_line_is_unwritten(store: Store, maya: Maya) -> None:
    number = log(store, maya, family_line=" ")
    found = release(store, maya).findings
    assert len(found.unwritten) == 1
    assert number not in {line.entry_id for line in found.shared}
    kept = log(store, maya, topics=("legal",))
    found = release(store, maya).findings
    assert [(each.rule, each.why) for each in found.kept_back] == [
        (6, "Not in Diane's consent: legal")
    ]
    assert kept


def test_period_must_run_forwards(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="ends before it begins"):
        store.ask(updates.release, maya.client, maya.diane, WEEK[1], WEEK[0])


def test_draft_keeps_the_lines_it_uses(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    typed = Passage("Reworded by hand.\n\n Twice. ", maya.entry, Outcome.SHORT)
    made = release(store, maya, letter_of(typed, Passage("By hand alone.")))
    assert [line.entry for line in made.findings.shared] == ["e-1"]
    assert made.letter.prose["happened"] == ("Reworded by hand.", "Twice.", "By hand alone.")
    assert number not in {line.entry_id for line in made.findings.shared}


def test_draft_of_hand_typed_words_alone(store: Store, maya: Maya) -> None:
    made = release(store, maya, letter_of(Passage("By hand.")))
    assert (made.findings.shared, made.consents) == ((), ("k-diane",))


@pytest.mark.parametrize(
    "narrowed", ["mark", "consent", "correction", "wrong chart", "restriction"]
)
def test_passage_whose_verdict_narrowed_is_refused(
    store: Store, maya: Maya, clock: Clock, narrowed: str
) -> None:
    number, other = log(store, maya), log(store, maya, family_line="Another good day.")
    draft = letter_of(
        Passage("Good.", number, Outcome.SHARE), Passage("Too.", other, Outcome.SHARE)
    )
    assert len(release(store, maya, draft).findings.shared) == 2
    clock.forward(minutes=1)
    if narrowed == "mark":
        store.do("Mark", entries.choose, number, maya.diane.key, "keep_back")
    elif narrowed == "consent":
        worded = (number, ["medication"], "Good.", "A short one.", ["progress"])
        store.do("Word", entries.word, *worded)
    elif narrowed == "correction":
        store.do("Correct", entries.add_addendum, number, "correction", "It was Ana.")
    elif narrowed == "wrong chart":
        store.do("Wrong", entries.mark_wrong_chart, number, "Ana’s")
    else:
        held = (maya.client, ["progress"], [maya.diane.key], None, "Not yet")
        store.do("Hold", consents.hold_back, *held)
        with pytest.raises(NothingToShare):
            release(store, maya, draft)
        return
    with pytest.raises(Problem, match="may no longer be shared"):
        release(store, maya, draft)


def test_passage_from_outside_the_period_or_another_chart(store: Store) -> None:
    other = {"ref": "c-ana", "given_name": "Ana"}
    maya = settle(store, lambda p: p["clients"].append(other))
    outside = log(store, maya, day=date(2026, 2, 20))
    ana = store.do("Log", entries.log, contact(maya, client_id=maya.client + 1), sign=True)
    for number in (outside, ana, 999):
        with pytest.raises(Problem, match="may no longer be shared"):
            release(store, maya, letter_of(Passage("x", number, Outcome.SHARE)))


@pytest.mark.parametrize(
    ("written", "goes"),
    [
        ("Maya had a good day in group.", False),  # as it was worded first
        ("Maya had a fair day.", True),
        ("A short one.", True),
        ("My own words.", True),
    ],
)
def test_passage_as_it_was_worded_once_is_refused(
    store: Store, maya: Maya, clock: Clock, written: str, goes: bool
) -> None:
    number = log(store, maya)
    clock.forward(minutes=1)
    worded = (number, ["progress"], "Maya had a fair day.", "A short one.", ["progress"])
    store.do("Word", entries.word, *worded)
    draft = letter_of(Passage(written, number, Outcome.SHARE))
    if goes:
        assert release(store, maya, draft).letter.prose["happened"] == (written,)
        return
    with pytest.raises(Problem, match="no longer holds"):
        release(store, maya, draft)


def test_full_line_under_a_short_verdict_is_refused(store: Store, maya: Maya) -> None:
    """The sample entry goes to Diane in its short version."""
    full = "Maya finished her prevention plan and read it to her group."
    with pytest.raises(Problem, match="no longer holds"):
        release(store, maya, letter_of(Passage(full, maya.entry, Outcome.SHORT)))


def test_widened_verdict_does_no_harm(store: Store, maya: Maya, clock: Clock) -> None:
    draft = letter_of(Passage("A good week.", maya.entry, Outcome.SHORT))
    clock.forward(minutes=1)
    store.do("Mark", entries.choose, maya.entry, maya.diane.key, "")
    assert release(store, maya, draft).findings.shared[0].verdict == Outcome.SHARE


def test_letterhead_of_an_empty_practice(store: Store, maya: Maya) -> None:
    assert release(store, maya).letter.letterhead.practitioner == "Nora Whitlock"
    maya_head = release(store, maya).letter.letterhead
    assert maya_head.phone == "(718) 555-0142"


def test_head_and_calls_when_nothing_is_set(store: Store) -> None:
    head = store.ask(letter_sheet.letterhead, standing("en"))
    assert head == Letterhead(
        practice="Case management",
        practitioner="",
        credentials="",
        tagline="Independent case management",
        phone="",
        email="",
        address="",
    )
    assert [call.number for call in letter_sheet.calls(head, standing("en"))] == ["988"]
    called = letter_sheet.calls(replace(head, phone="(718) 555-0142"), standing("en"))
    assert called[0] == Call("Case management", "(718) 555-0142")


def test_without_a_practice(store: Store) -> None:
    maya = settle(store, lambda p: p.pop("practice"))
    letter = release(store, maya).letter
    assert (letter.paper, letter.letterhead.practice) == (Paper.LETTER, "Case management")


def test_warrant_is_held_by_updates_alone() -> None:
    folder = Path(cmdesk.__file__).parent
    named: set[str] = set()
    for path in folder.rglob("*.py"):
        text = path.read_text("utf-8")
        if not re.search(r"WARRANT|Released|import[\s\\]*\*", text):
            continue  # quicker than parsing what can hold none of it
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            reached = isinstance(node, ast.Attribute) and node.attr == "WARRANT"
            if "WARRANT" in names or "*" in names or reached:
                named.add(path.relative_to(folder).as_posix())
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Released"):
                named.add(path.relative_to(folder).as_posix())
    assert named == {"casework/updates.py"}


@pytest.mark.parametrize("warrant", [None, object(), True, "WARRANT"])
def test_released_without_the_warrant(store: Store, maya: Maya, warrant: object) -> None:
    made = release(store, maya)
    with pytest.raises(TypeError, match=r"only casework\.updates\.release"):
        replace(made, warrant=warrant)
    with pytest.raises(AttributeError):
        made.part2 = False  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue] - frozen
    assert released.Released is type(made)


def test_a_party_by_another_name_gets_nothing(store: Store, maya: Maya) -> None:
    stranger = Party("p999", "p-x", "Diane", "Diane Brenner", 999)
    with pytest.raises(NothingToShare):
        store.ask(updates.release, maya.client, stranger, *WEEK)


def test_draft_as_it_is_kept_and_read_again() -> None:
    draft = LetterDraft(
        headline="Maya’s week",
        opening="One.\nTwo.",
        glance=(Glance("How it went", "Well", strong=True),),
        passages=(Passage("Text", 3, "short"), Passage("By hand")),
        steps=(Step("Wed, March 11", "Call", "Nora"),),
        texts={"help": "Help"},
        farewell="Yours,",
    )
    assert read(draft.plain()) == draft
    assert read({}) == LetterDraft()
    assert paragraphs(" a \n\n b\r\n") == ("a", "b")
