"""Repeats and contradictions: those that matter are found, and ordinary weeks stay unremarked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import told as told_module
from cmdesk.rules.claims import claims_of
from cmdesk.rules.told import Ledger, Remark, RemarkKind, Said, Told, same_subject

LAST, ON = date(2026, 3, 9), date(2026, 3, 16)
WEEK = (date(2026, 3, 2), date(2026, 3, 8))
NEXT = (date(2026, 3, 9), date(2026, 3, 15))
DAY, NUMBER, REPEAT = RemarkKind.OTHER_DAY, RemarkKind.OTHER_NUMBER, RemarkKind.REPEATS


def told(text: str, topics: str = "", entry: str = "", part: str = "happened") -> Told:
    return Told(text, LAST, *WEEK, part, frozenset(topics.split()), entry)


def remarks(
    before: str | Told, now: str | Said, *beside: str, days: tuple[date, date] = NEXT
) -> tuple[Remark, ...]:
    known = told(before) if isinstance(before, str) else before
    said = Said("text help", now) if isinstance(now, str) else now
    ledger = Ledger([known], *days, ["Maya Brenner", "Maya"])
    others = [Said(f"steps {n} what", text) for n, text in enumerate(beside)]
    return ledger.remarks([said, *others], ON)


FOUND = {
    "another day": ("Maya leaves on March 20.", "She leaves on March 27.", DAY),
    "a step, in another part": ("Fri, March 20: Maya leaves Stillwater Ridge",
                                "Maya leaves Stillwater Ridge on March 27.", DAY),
    "what went by": ("She was admitted to the ridge on February 2.",
                     "She was admitted to the ridge on February 3, 2026.", DAY),
    "another number of one day": ("On March 3 her mood score was 9.",
                                  "Her mood score was 14 on March 3.", NUMBER),
    "of a number in words": ("On March 3 three goals were met.", "On March 3, 4 goals were met.",
                             NUMBER),
    "in Spanish": ("Maya sale del programa el 20 de marzo.",
                   "Maya sale del programa el 27 de marzo.", DAY),
    "the same words": ("The insurer asks for one more letter from us.",
                       "The insurer asks for one more letter from us.", REPEAT),
    "almost the same": ("The insurer asks for one more letter from us.",
                        "The insurer still asks for one more letter from us.", REPEAT),
    "the same day and number": ("On March 20 she takes the 3 exams at school.",
                                "She takes the 3 exams at school on March 20.", REPEAT),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    before, now, kind = FOUND[name]
    (found,) = remarks(before, now)
    assert (found.kind, found.place, found.told.text) == (kind, "text help", before)
    assert now[found.start : found.end] == found.words == now


UNREMARKED = {
    "what comes every week": ("Family session on March 17.", "Family session on March 24."),
    "what is new since": ("Maya saw Dr. Ruiz on March 3.", "Maya saw Dr. Ruiz on March 10."),
    "what went by and comes again": ("Maya sees Dr. Ruiz on March 11.",
                                     "Maya sees Dr. Ruiz on March 25."),
    "other numbers of another week": ("She went to 4 of 5 groups and slept better.",
                                      "She went to 5 of 5 groups and slept better."),
    "another subject": ("Maya sees Dr. Ruiz on March 20.", "Maya starts at college on March 27."),
    "a group every week": ("A group visit on March 20.", "A group visit on March 27."),
    "few words": ("Nothing else changed.", "Nothing else changed."),
    "a name alone": ("Maya on March 20.", "Maya on March 27."),
    "numbers of other kinds": ("On March 3 she slept 7 hours.",
                               "On March 3 she slept 7 to 9 hours."),
    "a day where none was": ("She leaves soon.", "She leaves on March 27."),
    "no words": ("...", "!"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREMARKED)
def test_unremarked(name: str) -> None:
    assert remarks(*UNREMARKED[name]) == ()


def test_topics_apart_are_two_things() -> None:
    before = told("The hearing is on March 20 at noon.", "legal")
    later = "The hearing is on March 27 at noon."
    assert remarks(before, Said("passage 0", later, frozenset({"health"}))) == ()
    (found,) = remarks(before, Said("passage 0", later, frozenset({"legal", "family"})))
    assert found.kind is DAY
    assert remarks(before, Said("passage 0", later))[0].kind is DAY


def test_the_letter_says_both() -> None:
    before, now = "Maya sees the judge on March 20.", "Maya sees the judge on March 27."
    assert remarks(before, now, "Fri, March 20: Maya sees the judge") == ()


def test_the_letter_says_that_it_was_moved() -> None:
    ledger = Ledger([told("Fri, March 20: Maya sees the judge")], *NEXT, ["Maya"])
    said = [Said("steps 0 what", "Fri, March 27: Maya sees the judge")]
    assert ledger.remarks(said, ON)[0].kind is DAY
    assert ledger.remarks(said, ON, ["Maya sees the judge"]) == ()


def test_of_two_that_were_told_the_same_day_is_no_contradiction() -> None:
    both = [told("Maya sees the judge on March 20."), told("Maya sees the judge on March 27.")]
    ledger = Ledger(both, *NEXT, ["Maya"])
    assert ledger.remarks([Said("steps 0 what", "Maya sees the judge on March 27.")], ON) == ()
    assert len(ledger) == 2


def test_one_entry_told_again() -> None:
    before = told("She went to 4 of 5 groups.", "progress", "e-7")
    (again,) = remarks(before, Said("passage 0", "A new sentence.", frozenset(), "e-7"))
    assert again.kind is REPEAT
    (other,) = remarks(before, Said("passage 0", "She went to 5 of 5 groups.", frozenset(), "e-7"))
    assert other.kind is NUMBER


def test_two_entries_that_say_the_same() -> None:
    short = told("Maya slept well again.", entry="e-7")
    assert remarks(short, Said("passage 0", short.text, frozenset(), "e-8")) == ()
    long = told("The insurer asks for one more letter from us.", entry="e-7")
    assert remarks(long, Said("passage 0", long.text, frozenset(), "e-8"))[0].kind is REPEAT
    assert remarks(long, Said("goals 0 name", long.text)) == ()  # it may stand there every week


def test_a_letter_over_the_same_days_has_the_same_numbers() -> None:
    before, now = "She went to 4 of 5 groups.", "She went to 5 of 5 groups."
    assert remarks(before, now, days=WEEK)[0].kind is NUMBER
    assert remarks(f"On March 3 {before}", now, days=WEEK) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("leave", "leave", True),
        ("call", "call", True),
        ("dental check", "dental check", True),
        ("dental check", "eye check", False),
        ("dental check tooth", "dental check tooth left", True),
        ("", "", False),
    ],
)
def test_one_subject(one: str, other: str, same: bool) -> None:
    assert same_subject(frozenset(one.split()), frozenset(other.split())) is same


def test_what_a_sentence_says() -> None:
    text = "Maya’s PHQ-9 score was 9 on March 3, 2026; two goals, 80%, at 9:30. Next."
    (claim, _) = claims_of(text, ON, frozenset({"maya"}))
    assert claim.days == {date(2026, 3, 3)}
    assert claim.numbers == ("2", "80", "9", "9:30")
    assert claim.subject == {"phq", "score", "goal"}
    assert text[claim.start : claim.end].endswith("9:30.")


WORDS = st.lists(
    st.sampled_from(["judge", "insurer", "college", "lease", "tutor", "budget", "passport"]),
    min_size=2,
    max_size=4,
    unique=True,
)
AHEAD = st.integers(0, 60).map(lambda days: ON + timedelta(days=days))


def sentence(words: list[str], day: date) -> str:
    return f"The {' '.join(words)} matter is on {day:%B} {day.day}, {day.year}."


@given(WORDS, AHEAD, AHEAD)
def test_another_day_ahead_is_always_found_and_the_same_never(
    words: list[str], before: date, now: date
) -> None:
    found = remarks(sentence(words, before), Said("steps 0 what", sentence(words, now)))
    assert [each.kind for each in found] == ([] if before == now else [DAY])


@given(st.lists(WORDS, min_size=1, max_size=8), AHEAD)
def test_what_shares_no_word_is_never_remarked(every: list[list[str]], day: date) -> None:
    ledger = Ledger([told(sentence(words, day)) for words in every], *NEXT)
    said = Said("text help", f"Bring the blue folder by {ON + timedelta(days=90)}.")
    assert ledger.remarks([said], ON) == ()


def test_once_forgotten_no_sentence_of_a_letter_is_kept() -> None:
    ledger = Ledger([told("She leaves on March 20, 2026.")], *NEXT)
    ledger.remarks([Said("steps 0 what", "She leaves on March 27, 2026.")], ON)
    assert told_module._kept_claims.cache_info().currsize
    told_module.forget()
    assert not told_module._kept_claims.cache_info().currsize
