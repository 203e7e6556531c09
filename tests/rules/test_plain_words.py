"""What is advised about a text: where, why, and which words may be put in the place of others."""

from typing import Final

import pytest

from cmdesk.rules.asks import asks, names_a_day
from cmdesk.rules.plain_words import Advice, Kind, Plainer, advise, jargon, plainer_words

TERMS: Final = jargon(
    [
        Plainer("utilization review", Kind.JARGON, ("insurance review",)),
        Plainer("utilization", Kind.JARGON, ("use",)),
        Plainer("PHP", Kind.JARGON, ("day program",), exact=True),
        Plainer("left AMA", Kind.JARGON, ("left early",), exact=True),
        Plainer("addict", Kind.STIGMA, ("person with a substance use disorder",)),
        Plainer("d/c", Kind.ABBREVIATION, ("leaving",)),
        Plainer("don't comply", Kind.STIGMA, ("did not", "chose not to")),
    ]
)


def offered(text: str, language: str = "en") -> list[tuple[str, tuple[str, ...]]]:
    found = advise(text, language, TERMS)
    return [(text[each.start : each.end], each.offers) for each in found]


@pytest.mark.parametrize(
    ("text", "said", "better"),
    [
        ("Utilization review is why.", "Utilization review", "Insurance review"),
        ("The Utilization Review, then.", "Utilization Review", "Insurance Review"),
        ("THE UTILIZATION REVIEW!", "UTILIZATION REVIEW", "INSURANCE REVIEW"),
        ("by utilization\nreview", "utilization\nreview", "insurance review"),
        ("She is in PHP.", "PHP", "day program"),
        ("She rests. “PHP” is next.", "PHP", "Day program"),
        ("PHP ends.", "PHP", "Day program"),
        ("D/C is Friday", "D/C", "Leaving"),
        ("An addict needs time.", "An addict", "A person with a substance use disorder"),
        ("He met an addict.", "an addict", "a person with a substance use disorder"),
        ("His utilization fell.", "utilization", "use"),
        ("a utilization of", "utilization", "use"),
        ("an utilization review", "utilization review", "insurance review"),
        ("a, utilization review", "utilization review", "insurance review"),
        ("a utilization review", "a utilization review", "an insurance review"),
        ("They don’t comply.", "don’t comply", "did not"),
    ],
)
def test_better_words_keep_the_form_of_those_they_replace(
    text: str, said: str, better: str
) -> None:
    found = offered(text)
    assert [(said_, offers[0]) for said_, offers in found] == [(said, better)]


@pytest.mark.parametrize(
    "text",
    ["", "php code", "The utility. Review it.", "left ama", "addiction", "utilize", "comply"],
)
def test_words_that_only_look_alike_are_left_alone(text: str) -> None:
    assert offered(text) == []


def test_words_parted_by_a_stop_are_no_phrase() -> None:
    assert offered("utilization. Review it.") == [("utilization", ("use",))]


def test_no_article_is_touched_in_spanish() -> None:
    assert offered("a utilization review", "es") == [("utilization review", ("insurance review",))]


def test_a_sentence_over_twenty_words_is_long_and_one_of_twenty_is_not() -> None:
    twenty = f"{'word ' * 19}word."
    longer = f"{'so ' * 20}it is."
    text = f"{twenty} {longer}"
    assert advise(text, "en", TERMS) == (Advice(Kind.LONG, len(twenty) + 1, len(text), figure=22),)


def test_a_text_above_the_eighth_grade_is_told_as_a_whole() -> None:
    text = f"{'Responsibility necessitates documentation. ' * 8}"
    (found,) = advise(text, "en", TERMS)
    assert (found.kind, found.start, found.end, found.figure) == (Kind.GRADE, 0, len(text), 18)


def asked(text: str, language: str = "en") -> list[tuple[Kind, str, int]]:
    found = advise(text, language, TERMS, asked=True)
    return [(each.kind, text[each.start : each.end], each.figure) for each in found]


def test_one_ask_with_a_day_is_as_it_should_be() -> None:
    assert asked("Talk with Maya about the ride home, then call me by Thursday.") == []
    assert asked("Por favor, llámeme antes del jueves.", "es") == []
    assert asked("Thank you for everything.") == []


def test_a_second_ask_and_an_ask_without_a_day_are_told() -> None:
    assert asked("Please call me. Could you bring the form?") == [
        (Kind.DAY, "Please call me.", 0),
        (Kind.ASKS, "Could you bring the form?", 2),
    ]
    assert asked("Call me on Friday. Sign the form. Send it.") == [(Kind.ASKS, "Sign the form.", 3)]
    assert asked("¿Podría llamar a Maya?", "es") == [(Kind.DAY, "¿Podría llamar a Maya?", 0)]


@pytest.mark.parametrize("text", ["by the 20th", "on Mar. 20", "3/20", "tonight", "Thu at 4"])
def test_a_day_is_known_however_it_is_written(text: str) -> None:
    assert names_a_day(text)
    assert not names_a_day("soon, or in the end")
    assert names_a_day("el 20 de marzo", "es")


def test_telling_is_no_asking() -> None:
    assert asks("She called me. We will read it. Calls are on Sunday.") == []


def test_only_words_count_as_plainer_words() -> None:
    found = advise(f"PHP and {'so ' * 21} d/c.", "en", TERMS)
    assert [each.kind for each in found] == [Kind.JARGON, Kind.LONG, Kind.ABBREVIATION]
    assert plainer_words(found) == 2


def test_of_a_paragraph_in_another_language_only_that_is_said() -> None:
    text = "She finished her plan and read it to the group, and PHP is next for her."
    assert advise(text, "es", TERMS) == (Advice(Kind.LANGUAGE, 0, len(text)),)
    assert Kind.LANGUAGE not in {each.kind for each in advise(text, "en", TERMS)}
