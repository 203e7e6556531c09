"""What of a letter's words may not reach its reader: found however it is written, and no more."""

import unicodedata
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cmdesk.rules import leak_names, leaks
from cmdesk.rules.leak_text import sentences
from cmdesk.rules.leak_words import TELLING
from cmdesk.rules.leak_words_spanish import TELLING_IN_SPANISH
from cmdesk.rules.leaks import Held, Hit, Index, Kind, Named
from cmdesk.rules.topic_words import WORDS
from cmdesk.rules.topics import Topic

OURS, OTHER = "not in Diane's consent", "another client"
DAVID_LINE: Final = "Two hard nights came after a long call with her father about money."
RELEASED: Final = "She stayed sober at Cedar House, and her therapist called it brave."
HELD: Final = Held(
    reader="Diane",
    people=(
        (Named("David", "Brenner"), OURS),
        (Named("Grace", "Okafor"), OTHER),
        (Named("Will", "Stone"), OTHER),
        (Named("May", "Li"), OTHER),
        (Named("Maya", "Holt"), OTHER),
        (Named("Jos\u00e9", "N\u00fa\u00f1ez-Ortega"), OTHER),
        (Named("\u0141ukasz", "Zaj\u0105c", "", "Piotr"), OTHER),
        (Named("Nguy\u1ec5n Th\u1ecb", "Mai"), OTHER),
        (Named("\u674e\u660e", ""), OTHER),
        (Named("Mary Ann", "O\u2019Brien", "Annie"), OTHER),
        (Named("Elizabeth", "de la Cruz"), OTHER),
        (Named("", "Xu"), OTHER),
        (Named("Jennifer"), OTHER),
        (Named("Q", ""), OTHER),
        (Named("Eve", "Weeks"), OTHER),
        (Named("An", "Do"), OTHER),
        (Named(), OTHER),
    ),
    known_people=(Named("Maya", "Brenner"), Named("Diane", "Brenner")),
    known_names=("Stone Street House",),
    numbers=(("+1 (718) 555-0110", OURS), ("+48 22 123 45 67", OTHER), ("988", OURS)),
    addresses=(("david@brenner.example", OURS), ("12 Elm Street, Troy, NY 12180", OURS)),
    programs=(("Cedar House, Inc.", OURS), ("Still", OURS)),
    medicines=("Zyplexa XR 5 mg", "Vitamin D 1000 IU", "St. John\u2019s wort", "5-HTP"),
    outside=frozenset({Topic.MEDICATION, Topic.SUBSTANCE_USE, Topic.SAFETY}),
    kept=((DAVID_LINE, "About someone else"), ("She told him no.", "Your own notes")),
    told=(RELEASED,),
)
INDEX: Final = leaks.index(HELD)


def found(text: str, index: Index = INDEX) -> list[tuple[str, str]]:
    return [(hit.kind.value, hit.phrase) for hit in leaks.check(index, text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("", []),
        ("Maya Brenner and Diane Brenner walked to the pond. The Brenners too.", []),
        ("David called.", ["David"]),
        ("She saw DAVID\u2019s car, and david-s", ["DAVID", "david"]),
        ("Davidson and Davida are others", []),
        ("David  Brenner, Brenner, David", ["David  Brenner", "Brenner, David"]),
        ("D. Brenner is Diane, dave is not", ["dave"]),
        ("Dave\nBrenner", ["Dave\nBrenner"]),
        ("Da\u00advid, D\u200bavid, \uff24avid, Da\u0301vid", [
            "Da\u00advid", "D\u200bavid", "\uff24avid", "Da\u0301vid"]),
        ("Jose Nunez Ortega and nun\u0303ez", ["Jose Nunez Ortega", "nun\u0303ez"]),
        ("Lukasz; Lukasz P. Zajac", ["Lukasz", "Lukasz P. Zajac"]),
        ("nguyen thi mai", ["nguyen thi mai"]),
        ("\u6211\u89c1\u4e86\u674e\u660e\u3002", ["\u674e\u660e"]),
        ("Mary Ann O'Brien, Annie, OBrien", ["Mary Ann O'Brien", "Annie", "OBrien"]),
        ("O\u02bcBrien and O Brien", ["O\u02bcBrien", "O Brien"]),
        ("Liz, and Beth de  la Cruz", ["Liz", "Beth de  la Cruz"]),
        ("Xu came; xu did not, Q; Jenny, too", ["Xu", "Jenny"]),
        # Names that are words: a capital makes them one, at the head of a sentence not always.
        ("She will, by the grace of it, may stone walls", []),
        ("Will you come? May I ask? Grace to you.", []),
        ("Then Will called, and so did Grace.", ["Will", "Grace"]),
        ("Will called. Grace\u2019s mother too.", ["Will", "Grace"]),
        ("In May, on May 5, 5 May. She and May talked.", ["May"]),
        ("May called. May 5 is the day.", ["May"]),
        ("Stone Street House has a place. Will Stone", ["Will Stone"]),
        ("An apple. Do call. Then An came, and An Do.", ["An", "An Do"]),
        ("Two weeks uphill, at her house. Mrs. Weeks came, and Eve.", ["Weeks", "Eve"]),
        ("The Okafors and the Zajacs; stones, mays, and the Brenners", ["Okafors", "Zajacs"]),
        ("will stone, Will Stone", ["Will Stone"]),
        ("Maya Holt", ["Maya Holt"]),
        # Numbers and addresses.
        ("(718) 555-0110, 718.555.0110, +1 718 555 0110, 7185550110", ["718) 555-0110",
         "718.555.0110", "718 555 0110", "7185550110"]),
        ("call 555 0110 today; not 555-0111, not 917 555 0110, not 988", ["555 0110"]),
        ("seven one eight, five five five, oh one one zero", [
            "seven one eight, five five five, oh one one zero"]),
        ("0048 22 123 45 67", ["0048 22 123 45 67"]),
        ("\uff17\uff11\uff18\u00a0\u0665\u0665\u0665 0110",
         ["\uff17\uff11\uff18\u00a0\u0665\u0665\u0665 0110"]),
        ("Write DAVID@Brenner.example.", ["DAVID@Brenner.example"]),
        ("He is at 12 Elm St. now; 12 Elm Street, Troy. Troy, NY 12180; 14 Elm Street", [
            "12 Elm St", "12 Elm Street"]),
        # Programs, medicines, topics.
        ("They like Cedar House. cedar house is fine. Still, she slept. A day at Still.",
         ["Cedar House", "cedar house", "Still"]),
        ("Zyplexa, sertraline and Suboxone", ["Zyplexa", "sertraline", "Suboxone"]),
        ("Zyplexa XR, vitamin D, vitamin C, Elm St., 5 htp", ["Zyplexa XR", "vitamin D", "5 htp"]),
        ("Her dose, a RELAPSE, and self-harming", ["dose", "RELAPSE", "self-harming"]),
        ("She slept, went to class and saw her mother and her doctor.", []),
        # Lines.
        (DAVID_LINE, [DAVID_LINE]),
        ("She told him no.", ["She told him no."]),
        ("She told them no.", []),
        (RELEASED, []),
        (RELEASED + " She stayed sober.", ["sober"]),
    ],
)  # fmt: skip
def test_found(text: str, hits: list[str]) -> None:
    assert [phrase for _, phrase in found(text)] == hits


def test_each_says_of_what_kind_it_is_and_why() -> None:
    said = "He is Dave. Call 555-0110 or david@brenner.example. At Cedar House. Sertraline. Sober."
    text = f"{said} {DAVID_LINE}"
    assert [(hit.kind, hit.why, hit.key) for hit in leaks.check(INDEX, text)] == [
        (Kind.NAME, f"Names Dave: {OURS}", "name:dave"),
        (Kind.NUMBER, f"Gives the number 555-0110: {OURS}", "number:7185550110"),
        (
            Kind.ADDRESS,
            f"Gives the address david@brenner.example: {OURS}",
            "address:david brenner example",
        ),
        (Kind.PROGRAM, f"Names Cedar House: {OURS}", "program:cedar house"),
        (Kind.MEDICINE, f"Names a medicine: {OURS}: medication", "medicine:sertraline"),
        (Kind.TOPIC, f"Says \u201cSober\u201d: {OURS}: substance use", "topic:sober"),
        (
            Kind.LINE,
            "Almost the same as what is kept back: About someone else",
            "line:" + leaks.check(INDEX, DAVID_LINE)[0].key.removeprefix("line:"),
        ),
    ]


def test_the_whole_sentence_is_known() -> None:
    text = "All is well. Dr. Bell met David at noon! Then home."
    (hit,) = leaks.check(INDEX, text)
    assert text[slice(*hit.whole)] == "Dr. Bell met David at noon!"
    assert text[hit.start : hit.end] == hit.phrase == "David"
    across = "I saw David\nBrenner there. Good."
    (hit,) = leaks.check(INDEX, across)
    assert across[slice(*hit.whole)] == "I saw David\nBrenner there."


def test_a_key_is_the_same_however_it_is_written() -> None:
    texts = ("David Brenner", "DAVID  BRENNER\u2019s", "Da\u00advid-Brenner")
    assert {hit.key for text in texts for hit in leaks.check(INDEX, text)} == {"name:david brenner"}


def test_a_topic_that_another_covers_tells_nothing_and_a_medicine_does() -> None:
    index = leaks.index(Held("Diane", outside=frozenset({Topic.MEDICATION, Topic.SAFETY})))
    assert found("An overdose. A lithium pill.", index) == [
        ("medicine", "lithium"),
        ("topic", "pill"),
    ]


def test_what_tells_a_topic_comes_from_the_words_that_suggest_it() -> None:
    for topic, words in TELLING.items():
        assert set(words) <= set(WORDS[topic].split()), topic
    assert set(TELLING[Topic.MEDICATION]) == set(WORDS[Topic.MEDICATION].split()) - {"mg"}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Dejó las pastillas y la medicación.", ["pastillas", "medicación"]),
        ("Tuvo una recaída; ahora está sobria.", ["recaída", "sobria"]),
        ("Habló de suicidio y de una sobredosis.", ["suicidio", "sobredosis"]),
        ("Su sobrino la visitó el domingo, y fue un buen día.", []),
    ],
)
def test_what_tells_a_topic_in_a_spanish_letter(text: str, phrases: list[str]) -> None:
    assert found(text) == [("topic", phrase) for phrase in phrases]


CARED: Final = leaks.index(
    Held(
        "Diane",
        known_people=(Named("Maya", "Brenner"),),
        programs=tuple((name, OURS) for name in ("Stillwater Ridge", "The Larkmoor Center",
                       "Boston Recovery", "Iris House", "New Leaf")),
        outside=frozenset(Topic) - {Topic.ATTENDANCE, Topic.PROGRESS},
    )
)  # fmt: skip


@pytest.mark.parametrize(
    "phrase",
    [
        "Zyprexa",
        "Depakote",
        "Ambien",
        "Buspar",
        "Cymbalta",
        "gabapentin",
        "hydroxyzine",
        "Latuda",
        "Concerta",
        "litio",
        "her tablets",
        "returned to use",
        "cravings",
        "drug test",
        "AA meetings",
        "en rehabilitación",
        "dejó de beber",
        "cut herself",
        "se hizo daño",
        "depression",
        "depresión",
        "ansiedad",
        "her lawyer",
        "court date",
        "abogado",
        "tribunal",
        "unpaid bill",
        "in therapy",
        "Stillwater",
        "Larkmoor",
    ],
)
def test_a_reader_of_little_hears_none_of_it(phrase: str) -> None:
    said = " ".join(phrase.split())
    for text in (f"She spoke of {said}.", f"It was {said}, I think.", f"Maya y {said.upper()}"):
        hits = leaks.check(CARED, text)
        assert [hit.phrase.casefold() for hit in hits] == [said.casefold()], text


@pytest.mark.parametrize(
    "text",
    [
        "She walked on still water, past the irises and the new leaves, in Boston.",
        "She cut the cake, drank water, and played tennis on the court.",
        "Iris came. A new week, and New York on Sunday.",
        "She took her iPad, hit the ball, and paid the bill at lunch.",
        "Se cortó el pelo, y la corriente volvió. Fue un buen día para beber agua.",
        "The week was calm. She slept well and went to school each day.",
        "Maya’s recovery from the flu took a week, and she ran home.",
    ],
)
def test_a_plain_week_is_no_leak_to_them(text: str) -> None:
    assert found(text, CARED) == []


CLOSE: Final = leaks.index(
    Held(
        "Diane",
        people=(
            (Named("Owen", "Castellano"), OTHER),
            (Named("Kathleen", "Featherstone"), OURS),
            (Named("Guillermo", "Zambrano", "", "Luis"), OURS),
            (Named("Carlos", "Am"), OTHER),
            (Named("An", "Centner"), OTHER),
        ),
        near=((Named("Guillermo", "Zambrano", "", "Luis"), OURS), (Named("Al", "Moss"), OURS),
              (Named("Nan", ""), OURS), (Named("Ken", "Ngo"), OURS)),
        known_people=(Named("Maya", "Brenner"), Named("Ann", "Novak"), Named("Kim", "Nox")),
        known_names=("Whitlock Care Coordination",),
        numbers=(("+48 22 123 45 67", OTHER), ("718 555 0199", OTHER), ("718 555 4020", OTHER)),
        addresses=(("nightowl77@mail.example", OTHER), ("rosa@v.example", OTHER)),
        programs=(("Stillwater Ridge", OURS), ("Center for New Recovery", OURS),
                  ("Path Mill", OURS), ("rehab", OURS), ("Can A New", OURS)),
        medicines=("Zyplexa 5 mg",),
        outside=frozenset({Topic.MEDICATION}),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        # One letter of a surname or of a long medicine wrong, and of what is no name.
        ("Castelano called, and Mr. Castelalno, and Castellanos.", [
            "Castelano", "Castelalno", "Castellanos"]),
        ("So said Zambrnao and Zambrnao’s son, and zambrnao.", ["Zambrnao", "Zambrnao"]),
        ("Dr. Featherstane; Fetherstone; Featherrstone. Gastellano, Castell, Castello", [
            "Featherstane", "Fetherstone", "Featherrstone"]),
        ("On sertaline, and some certraline", ["sertaline"]),
        ("At Stilwater now. Owing it to Brennel, Owin", ["Stilwater"]),
        ("Guilermos called. Guilerming", []),
        # Short names, in Spanish too; an apostrophe left out.
        ("Kate came, Memo too. Carlitos. Owens mom", ["Kate", "Memo", "Carlitos",
                                                             "Owens"]),
        # Put together from parts.
        ("O-w-e-n and K a t h l e e n; Feather-\nstone; Stillwater-\nRidge; A B C D", [
            "O-w-e-n", "K a t h l e e n", "Feather-\nstone", "Stillwater-\nRidge"]),
        ("Write @OwenCastellano; see stillwaterridge.org", ["OwenCastellano", "stillwaterridge"]),
        # Initials of those close to the client, and of programs: in capitals alone.
        ("G.Z. and GZ and GLZ came, not gz, Gz, K.N., W.C.C., 3 P.M., A.M.", ["G.Z", "GZ", "GLZ"]),
        ("At the CFNR, the CNR, c.n.r., S.R. and SR; he can, CAN, PM", ["CFNR", "CNR", "S.R"]),
        # Numbers as they are said, and without their country.
        ("five five five, oh one ninety-nine, or five fifty-five forty twenty",
         ["five five five, oh one ninety-nine", "five fifty-five forty twenty"]),
        ("triple five, zero one double nine", ["triple five, zero one double nine"]),
        ("cinco cinco cinco cero uno nueve nueve", ["cinco cinco cinco cero uno nueve nueve"]),
        ("022 123 45 67 and 22 123 45 67, double trouble", ["022 123 45 67", "22 123 45 67"]),
        # Two in one row of figures; and what belongs to another area.
        ("555-4010, 555-0199; 917 555-0199, 9175550199, nine one seven, five five five 4020",
         ["555-0199"]),
        # Addresses as they are said.
        ("nightowl77; rosa at v dot example, rosa (at) v.example, rosa arroba v punto example", [
            "nightowl77", "rosa at v dot example", "rosa (at) v.example",
            "rosa arroba v punto example"]),
        # Letters of other scripts that look alike, within a word of ours.
        ("Ow\u0435n and \u039fwen; \u0435", ["Ow\u0435n", "\u039fwen"]),
        ("Zyplexas", ["Zyplexas"]),
        ("At the Center, with An and Mr. Centnar", ["An", "Centnar"]),
    ],
)  # fmt: skip
def test_ways_to_get_past(text: str, hits: list[str]) -> None:
    assert [phrase for _, phrase in found(text, CLOSE)] == hits


def test_what_is_put_together_has_the_key_of_the_name() -> None:
    (hit,) = leaks.check(CLOSE, "O-w-e-n came.")
    assert (hit.key, hit.why) == ("name:owen", f"Names O-w-e-n: {OTHER}")


def test_no_english_word_tells_a_topic_in_spanish() -> None:
    """Else an English letter were stopped for a word that its own list leaves out."""
    everyday = {word.rstrip("*") for words in WORDS.values() for word in words.split()}
    for words in TELLING_IN_SPANISH.values():
        for word in words:
            assert not any(each.startswith(word.rstrip("*")) for each in everyday), word


def test_the_answers_that_are_kept_are_not_too_many() -> None:
    index = leaks.index(Held("Diane"))
    for number in range(leaks.MOST_KEPT + 1):
        leaks.check(index, f"Line {number}")
    assert len(index.checked) == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n ", []),
        ("One. Two? \u201cThree!\u201d Four\u2026 five", ["One.", "Two?", "\u201cThree!\u201d",
                                                        "Four\u2026", "five"]),
        ("Dr. Bell met David B. at 3.30 p.m. sharp", ["Dr. Bell met David B. at 3.30 p.m.",
                                                    "sharp"]),
        ("So did I. Yes", ["So did I.", "Yes"]),
        ("One\r\ntwo\n\n three", ["One", "two", "three"]),
        ("... one", ["one"]),
    ],
)  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[part.start : part.end] for part in sentences(text)] == parts


# A secret is found in whatever writing, between whatever else; and nothing is, where none is.
PLAIN: Final = ("the", "week", "went", "well", "and", "she", "slept", "at", "home", "1", "2026,")
SECRETS: Final = ("David", "David Brenner", "Okafor", "Elizabeth de la Cruz", "Zaj\u0105c",
                  "718-555-0110", "david@brenner.example", "sertraline", DAVID_LINE)  # fmt: skip
SPACES: Final = st.sampled_from((" ", "  ", "\u00a0", "\u2009", "\n", " \u200b"))
NOTHING: Final = st.sampled_from(("", "", "", "\u00ad", "\u200b", "\u200d", "\ufeff", "\u2060"))
plain = st.lists(st.sampled_from(PLAIN), max_size=8).map(" ".join)


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """Write a secret in another case, with other accents, spaces, and signs without width."""
    secret = draw(st.sampled_from(SECRETS))
    case = draw(st.sampled_from((str, str.upper, str.lower, str.title, str.swapcase)))
    form = draw(st.sampled_from(("NFC", "NFD", "NFKC", "NFKD")))
    made = unicodedata.normalize(form, case(secret))
    if secret != DAVID_LINE:  # a line end would make two sentences of it
        made = "".join(draw(SPACES) if sign == " " else sign for sign in made)
    return "".join(sign + draw(NOTHING) for sign in made)


@given(plain, disguised(), st.sampled_from(("", "\u2019s", "'s", ".", ",", ")", "!")), plain)
def test_whatever_is_planted_is_found(before: str, secret: str, end: str, after: str) -> None:
    text = f"{before}. {secret}{end} {after}" if secret[0].isalpha() else f"{before}: {secret} "
    hits = leaks.check(INDEX, text)
    start = text.index(secret)
    assert any(hit.start < start + len(secret) and start < hit.end for hit in hits)


@given(st.lists(plain, max_size=5).map(". ".join))
def test_a_text_without_a_secret_has_no_hit(text: str) -> None:
    assert leaks.check(INDEX, text) == ()


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20))
@example("\u0130\u0130\u0130 \ufdfa \u00df", "\ufdfa", "\u00df")
def test_any_text_and_any_name_is_taken(text: str, given_name: str, family: str) -> None:
    held = Held(text, people=[(Named(given_name, family), text)], numbers=[(text, "")],
                programs=[(family, "")], kept=[(text, text)], told=[family],
                outside=frozenset(Topic))  # fmt: skip
    index = leaks.index(held)
    for hit in leaks.check(index, f"{text} {given_name} {family}"):
        check_places(hit, f"{text} {given_name} {family}")


def check_places(hit: Hit, text: str) -> None:
    assert hit.whole[0] <= hit.start < hit.end <= hit.whole[1] <= len(text)
    assert text[hit.start : hit.end] == hit.phrase


@pytest.mark.parametrize("topic", Topic)
def test_what_tells_a_topic_is_the_same_whenever_it_is_asked(topic: Topic) -> None:
    asked_first = leak_names.of_topic.__wrapped__(topic)
    assert leak_names.of_topic(topic) == asked_first
    assert all(words for words, _, _ in asked_first)


def test_once_forgotten_no_name_is_kept() -> None:
    list(leak_names.of_person(Named("Mary Ann", "Brenner")))
    kept = (leak_names._folded, leak_names._alone, leak_names._others)
    assert all(each.cache_info().currsize for each in kept)
    leak_names.forget()
    assert not any(each.cache_info().currsize for each in kept)
