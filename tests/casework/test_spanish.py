"""A letter to a reader of Spanish is Spanish, whatever its kind: all but what people typed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from importlib.resources import files
from typing import Any

import pytest
from babel.messages.pofile import read_po
from sqlalchemy.orm import Session

from cmdesk.casework import compose, updates
from cmdesk.casework.drafting import LetterDraft
from cmdesk.reports import family_update
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter import Closed, Letter, Moment, PartKind, Stay
from cmdesk.rules.notices import LONG, SHORT
from cmdesk.store.store import Store
from tests.records import WEEK, Maya, settle
from tests.reports.structure import Structure

TYPED = "Escrito con calma."
NAMES = ("Whitlock Care Coordination", "Nora Whitlock", "Stillwater Ridge", "Diane", "Tess")
SAME = {"Trauma", "Legal", "IOP", "LOCUS", "BIO", "no"}  # in both languages


def agreed(language: str) -> Any:
    """Let the plan for Diane name a language; the first entry tells in it."""

    def change(practice: dict[str, Any]) -> None:
        client = practice["clients"][0]
        client["update_plans"][0]["language"] = language
        client["entries"][0].update(family_line=TYPED, short_line=TYPED)
        client["episodes"][0]["planned_discharge"] = "2026-03-20"
        client["consents"][0]["topics"] += ["attendance", "financial", "treatment"]
        client["restrictions"] = []

    return change


@pytest.fixture
def spanish(store: Store) -> tuple[Store, Maya]:
    return store, settle(store, agreed("es"))


def english_words() -> Iterator[str]:
    """Give what stands between the blanks of each English text, where Spanish says it otherwise."""
    with (files("cmdesk.resources") / "words/es/letters.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id and entry.id != entry.string]
    for entry in entries:
        for text in (entry.id,) if isinstance(entry.id, str) else entry.id:
            for piece in re.split(r"{\w+}|[.,:]", text):
                words = piece.strip()
                if len(words) > 1 and words not in SAME and re.search(r"[a-z]", words):
                    yield words


def untyped(letter: Letter) -> str:
    """Return what stands on the paper, without names, typed words and the words of the law."""
    said = Structure(family_update._typeset(letter).data).words
    for words in (SHORT.text, *LONG.text.split("\n"), TYPED, *NAMES):
        said = said.replace(words, "|")
    return said


def released(session: Session, maya: Maya, code: str) -> Letter:
    """Release a kind of letter with every section filled as the practitioner would."""
    about = updates.case(session, maya.client, maya.diane, *WEEK, template=code)
    draft = compose.lay_out(session, about)[1]
    words = about.words
    text = [part for part in draft.parts if part.kind is PartKind.TEXT]
    filled = replace(
        draft,
        texts={**dict.fromkeys((part.key for part in text), TYPED), **draft.texts},
        glance=tuple(replace(line, text=line.text or TYPED) for line in draft.glance),
        clock=(Moment(words.time(time(17, 30)), TYPED),),
        stays=draft.stays or (Stay(words.span(*WEEK), "", "", ""),),
        closed=(Closed(words.weekday_date(WEEK[0]), TYPED, words.tr("Done")),),
    )
    return updates.release(session, maya.client, maya.diane, *WEEK, filled).letter


def test_the_plan_says_the_language_and_the_letter_keeps_it(spanish: tuple[Store, Maya]) -> None:
    store, maya = spanish
    draft: LetterDraft = store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]
    assert draft.language == "es"
    assert (draft.headline, draft.greeting) == ("La semana de Maya", "Hola, Diane:")
    assert draft.glance[0].label == "Dónde está Maya"
    assert draft.glance[0].text == "Stillwater Ridge, semana 5."
    assert [(step.when, step.what) for step in draft.steps] == [
        ("vie., 20 de marzo", "Maya sale de Stillwater Ridge")
    ]
    letter = store.ask(updates.release, maya.client, maya.diane, *WEEK, draft).letter
    assert (letter.language, letter.period) == ("es-US", "2 al 8 de marzo de 2026")
    assert letter.title == "Actualización para la familia, 2 al 8 de marzo de 2026"
    assert letter.calls[-1].words == "Llame al 988 y oprima 2, o envíe AYUDA al 988"
    assert letter.notice == SHORT.text
    assert letter.notice_meaning == SHORT.meaning("es")
    bare = store.ask(updates.release, maya.client, maya.diane, *WEEK).letter
    assert (bare.language, bare.scope) == ("es-US", letter.scope)
    # What was begun in English is ended in English, whatever is agreed since.
    english = store.ask(
        updates.release, maya.client, maya.diane, *WEEK, replace(draft, language="en")
    )
    assert (english.letter.language, english.letter.period) == ("en-US", "March 2 to 8, 2026")


def test_no_english_word_of_ours_in_any_kind_of_letter(spanish: tuple[Store, Maya]) -> None:
    store, maya = spanish
    ours = re.compile(r"\b(" + "|".join(sorted(map(re.escape, set(english_words())))) + r")\b")
    draft = store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]
    begun = replace(draft, language="en")
    english = store.ask(updates.release, maya.client, maya.diane, *WEEK, begun).letter
    assert {"About", "Sent", "It ends"} <= set(ours.findall(untyped(english)))
    for code in UpdateTemplate:
        letter = store.ask(released, maya, code.value)
        assert ours.findall(untyped(letter)) == [], code
