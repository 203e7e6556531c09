"""Which topics the words of an entry suggest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.topic_words import PAIRS, WORDS, suggested
from cmdesk.rules.topics import NEVER_SHARED, OWN_FORM, Topic

PICTURE = (
    "Maya wants Joel Stern to drive on the 20th; Tess agrees. Maya will tell Diane herself on "
    "Wednesday\u2019s call. Sleep is holding at seven hours. Tess is sending the discharge summary."
)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("", ()),
        ("She called back.", ()),
        (PICTURE, (Topic.ATTENDANCE, Topic.PROGRESS, Topic.TREATMENT)),
        ("Sertraline 50 mg again", (Topic.MEDICATION,)),
        ("SUBOXONE", (Topic.MEDICATION, Topic.SUBSTANCE_USE)),
        ("Suboxone, then detox", (Topic.SUBSTANCE_USE, Topic.MEDICATION)),  # most spoken of first
        ("She plans to move home", (Topic.TREATMENT,)),
        ("move out, home later", ()),
        ("Her mom\u2019s lease", (Topic.HOUSING, Topic.FAMILY)),
        ("harmony, meddle, Billy, goalie, labour", ()),  # begun alike, but other words
        ("pregnancy test", (Topic.REPRODUCTIVE,)),
        ("self-harm", (Topic.SAFETY,)),
        ("HIV test", (Topic.HIV_STI,)),
        ("\uff28\uff29\uff36", (Topic.HIV_STI,)),  # wide letters
    ],
)
def test_suggested(text: str, topics: tuple[Topic, ...]) -> None:
    assert suggested(text) == topics


def test_what_is_never_guessed_at() -> None:
    assert not (set(WORDS) | set(PAIRS.values())) & (NEVER_SHARED | OWN_FORM)
    assert set(WORDS) | NEVER_SHARED | OWN_FORM == set(Topic)


def test_every_word_of_the_table_suggests_its_topic() -> None:
    for topic, words in WORDS.items():
        for word in words.split():
            assert topic in suggested(f"the {word.rstrip('*')} thing"), word
    for pair, topic in PAIRS.items():
        assert topic in suggested(f"So {pair.title()}!"), pair


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    found = suggested(text)
    assert len(set(found)) == len(found)
