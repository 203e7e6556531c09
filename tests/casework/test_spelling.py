"""Which words are marked, whose names never are, and what is offered for a typo."""

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, cast

import pytest

from cmdesk import casework
from cmdesk.casework import clients, spelling, word_lists
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.spelling import Personal
from cmdesk.errors import Problem
from cmdesk.models.person import Address
from cmdesk.rules.plain_words import WORDING, Kind, advise
from cmdesk.store.store import Store
from tests.records import Maya

pytestmark = pytest.mark.skipif(find_spec("hunspell") is None, reason="no library here")

NOBODY: Final = Personal()
SAMPLE: Final = Path(casework.__path__[0]).parent / "resources" / "sample" / "practice.json"


def marked(text: str, language: str = "en", own: Personal = NOBODY) -> list[str]:
    found = spelling.check(text, language, own)
    assert all(text[each.start : each.end] == each.word for each in found)
    return [each.word for each in found]


def test_a_typo_is_marked_and_what_is_said_well_is_not() -> None:
    text = "She didn’t recieve her co-pay lettr on monday; I’ll e-mail the step-by-stp list."
    assert marked(text) == ["recieve", "lettr", "monday", "stp"]


@pytest.mark.parametrize(
    "text",
    ["PHQ-9", "7am", "B12", "DBT and CBT", "a@brenner.example", "https://x.org/wrod",
     "www.wrod.org", "Мария", "a b", "telehealth", "Telehealth", "Lexapro",
     "the therapists’ list", "Alice's", "self-harm", "vaping", "naltrexone"],
)  # fmt: skip
def test_what_is_no_word_of_the_language_is_left_alone(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("recieve", "receive"), ("wendesday", "Wednesday"), ("Thier", "Their"), ("didnt", "didn't"),
     ("dosent", "doesn't"), ("insurence", "insurance"), ("suport", "support"), ("wich", "which"),
     ("medicaton", "medication"), ("hapy", "happy"), ("psychiatirst", "psychiatrist"),
     ("naltrexon", "naltrexone"), ("teh", "the")],
)  # fmt: skip
def test_the_likeliest_word_comes_first(typed: str, meant: str) -> None:
    assert marked(typed) == [typed]
    found = spelling.suggest(typed, "en", NOBODY)
    assert found[0] == meant
    assert len(found) <= spelling.MOST_OFFERED
    assert not any(marked(each) for each in found)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("miercoles", "miércoles"), ("semna", "semana"), ("tambien", "también"), ("hize", "hice"),
     ("Dificl", "Difícil"), ("medicamneto", "medicamento")],
)  # fmt: skip
def test_spanish_has_its_own_dictionary(typed: str, meant: str) -> None:
    assert marked(typed, "es") == [typed]
    assert spelling.suggest(typed, "es", NOBODY)[0] == meant
    assert marked("La llamaré el miércoles; durmió bien y escribió.", "es-US") == []


def test_names_of_the_records_are_known_and_only_near_ones_offered(
    store: Store, maya: Maya
) -> None:
    store.do("Add", clients.add, ClientDraft("Zbigniewa", "Okolokwe"))
    store.do("Move", lambda session: session.add(Address(street="12 Wrzos Way", city="Zwolle")))
    own = store.ask(spelling.personal, maya.client)
    text = "Maya, Diane’s and tess at Stillwater Ridge met Zbigniewa Okolokwe and Zbigniewq."
    assert marked(text, own=own) == ["Zbigniewq"]
    assert marked("from Wrzos Way in Zwolle", own=own) == []
    assert "Zbigniewa" not in spelling.suggest("Zbigniewq", "en", own)
    assert spelling.suggest("Diame", "en", own)[0] == "Diane"
    everybody = store.ask(spelling.personal)
    assert marked("Zbigniewa and Brenner", own=everybody) == []
    assert "Diane" not in everybody.near


def test_a_word_put_into_the_dictionary_is_known_until_it_is_taken_out(
    store: Store, maya: Maya
) -> None:
    store.do("Add", spelling.add_word, " equinne’s ")
    store.do("Add", spelling.add_word, "EQUINNE’S")
    store.do("Add", spelling.add_word, "Blorp")
    assert store.ask(spelling.words_added) == ("Blorp", "equinne's")
    own = store.ask(spelling.personal, maya.client)
    assert marked("The blorp and equinne’s", own=own) == []
    assert spelling.suggest("blorpp", "en", own)[0] == "Blorp"
    assert spelling.was_added("blorp", own)
    assert not spelling.was_added("Maya", own)
    store.do("Remove", spelling.remove_word, "blorp")
    assert marked("blorp", own=store.ask(spelling.personal)) == ["blorp"]


@pytest.mark.parametrize("word", ["", "two words", "7", "x" * 41])
def test_what_is_no_word_is_not_kept(store: Store, word: str) -> None:
    with pytest.raises(Problem, match="not a word"):
        store.do("Add", spelling.add_word, word)


def no_library(_name: str) -> None:
    return None


def test_without_the_library_nothing_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelling, "find_spec", no_library)
    spelling.load.cache_clear()
    assert spelling.check("recieve", "en", NOBODY) == ()
    assert spelling.suggest("recieve", "en", NOBODY) == ()
    spelling.load.cache_clear()


def named(part: Any) -> Iterator[str]:
    """Give the words of every name in a practice file."""
    if isinstance(part, list):
        for each in cast("list[Any]", part):
            yield from named(each)
    elif isinstance(part, dict):
        for key, each in cast("dict[str, Any]", part).items():
            if isinstance(each, str) and "name" in key:
                yield from spelling._WORD.findall(each)
            else:
                yield from named(each)


def test_the_lines_of_the_sample_hold_no_typo() -> None:
    """Hand-written lines that the lists were not made for: at most one word in 1,000 is marked."""
    practice = json.loads(SAMPLE.read_text("utf-8"))
    names = Personal(frozenset(part.casefold() for part in named(practice)))
    lines = [
        entry[key]
        for client in practice["clients"]
        for entry in client["entries"]
        for key in ("narrative", "family_line", "short_line")
        if entry.get(key)
    ]
    count = sum(len(line.split()) for line in lines)
    assert count > 400
    found = [word for line in lines for word in marked(line, own=names)]
    assert sum(word.islower() for word in found) * 1000 <= count  # others are names told once
    assert len(found) * 200 <= count


# The lists.


@pytest.mark.parametrize(("language", "least"), [("en", 120), ("es", 60)])
def test_no_offer_of_the_list_is_itself_advised_against(language: str, least: int) -> None:
    found = word_lists.terms(language)
    terms = word_lists.plainer(language)
    path = word_lists._FOLDER / "plain" / f"{language}.json"
    assert len(json.loads(path.read_text("utf-8"))) >= least
    assert {each.kind for each in found} == WORDING
    for each in found:
        assert each.offers, each.term
        for offer in each.offers:
            worse = [more for more in advise(offer, language, terms) if more.kind in WORDING]
            assert worse == [], f"{each.term}: {offer}"
            assert marked(offer, language) == [], f"{each.term}: {offer}"


@pytest.mark.parametrize("language", word_lists.LANGUAGES)
def test_no_term_stands_twice_and_each_is_found(language: str) -> None:
    found = word_lists.terms(language)
    keys = [each.term if each.exact else each.term.casefold() for each in found]
    assert len(keys) == len(set(keys))
    terms = word_lists.plainer(language)
    for each in found:
        (advice,) = advise(each.term, language, terms)
        assert (advice.kind, advice.start, advice.end) == (each.kind, 0, len(each.term))


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Utilization review", "Insurance review"), ("the PHP", "day program"),
        ("a relapse", "a return to use"), ("a dirty test", "positive test"),
        ("an addict", "a person with a substance use disorder"), ("left AMA", "left early"),
        ("her SI", "thoughts of suicide"), ("d/c", "Leaving"),
        ("was non-compliant", "did not follow the plan"),
    ],
)  # fmt: skip
def test_the_words_of_the_design_are_in_the_list(text: str, better: str) -> None:
    (advice,) = advise(text, "en", word_lists.plainer("en"))
    assert advice.offers[0] in {better, better.capitalize(), better.lower()}
    assert advice.kind in {Kind.JARGON, Kind.STIGMA, Kind.ABBREVIATION}


@pytest.mark.parametrize(
    "text",
    ["Austin, TX", "PO Box 7", "Her GAD-7 is 4.", "Nora Whitlock, LCSW", "alcoholic drinks",
     "had drunk water", "her food intake", "it affects her", "the clean kitchen", "ama",
     "She stepped up and led the group."],
)  # fmt: skip
def test_what_is_plain_enough_is_left_alone(text: str) -> None:
    assert advise(text, "en", word_lists.plainer("en")) == ()
