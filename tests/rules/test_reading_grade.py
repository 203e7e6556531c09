"""Syllables of known words, and grades of passages whose grade is published."""

from typing import Final

import pytest

from cmdesk.rules.reading_grade import fernandez_huerta, flesch_kincaid, grade, words
from cmdesk.rules.syllables import syllables

ENGLISH: Final = """
the:1 be:1 me:1 a:1 I:1 you:1 day:1 week:1 weekly:2 called:1 asked:1 wanted:2 needed:2 moved:1
finished:2 hoped:1 tried:1 worried:2 studied:2 handled:2 struggled:2 table:2 tables:2 little:2
able:2 style:1 whole:1 places:2 changes:2 boxes:2 wishes:2 reaches:2 judges:2 makes:1 comes:1
homework:2 homesick:2 careful:2 carefully:3 caregiver:3 safely:2 safety:2 hopeful:2 statement:2
agreement:3 management:3 placement:2 element:3 document:3 settlement:3 homelessness:3 something:2
sometimes:2 someone:2 anyone:3 everyone:3 lifetime:2 however:3 therefore:2 therapy:3 therapist:3
psychiatrist:4 psychiatric:4 psychologist:4 medicine:3 medication:4 insurance:3 authorization:5
utilization:5 review:2 evaluation:5 situation:4 social:2 special:2 initial:3 initiate:4
appreciate:4 material:4 diagnosis:4 insomnia:4 anxiety:4 society:4 quiet:2 diet:2 client:2
science:2 patient:2 efficient:3 experience:4 audience:3 friend:1 happier:3 easiest:3 earlier:3
period:3 serious:3 previous:3 curious:3 anxious:2 religious:3 region:2 union:2 million:2 opinion:3
companion:3 behavior:3 behavioral:4 senior:2 violent:3 usual:3 usually:4 actual:3 actually:4
January:4 February:4 language:2 continuous:4 video:3 people:2 surgeon:2 idea:3 area:3 create:2
creative:3 creature:2 react:2 real:1 really:2 reality:4 realize:3 increase:2 reading:2 theater:3
fluid:2 suicide:3 suicidal:4 building:2 fruit:1 poem:2 chaos:2 museum:3 trying:2 staying:2 going:2
seeing:2 being:2 player:2 royal:2 employer:3 beyond:2 autism:3 rhythm:2 hundred:2 business:2
Wednesday:2 Saturday:3 evening:2 different:3 family:3 interest:3 several:3 comfortable:4 don't:1
can't:1 won't:1 didn't:2 isn't:2 wasn't:2 couldn't:2 it'll:2 she'll:1 she's:1 Maya's:2 Alice's:3
program:2 hospital:3 residential:4 discharge:2 outpatient:3 relapse:2 recovery:4 sober:2
sobriety:4 cooperate:4 coordinate:4 cruel:2 influence:3 frequent:2 sequence:2 value:2 league:1
technique:2 Australian:3 Italian:3 guardian:3 vague:1 plague:1 unique:2 colleague:2 dialogue:3
argue:2 ruin:2 penguin:2 liquid:2 platypus:3 seemingly:3 hybrid:2 mammal:2 reptilian:3 reunion:3
passage:2 unto:2 itself:2 sentence:2 point:1 taken:2 nation:2 dedicate:3 conceived:2 liberty:3
proposition:4 created:3 equal:2 consecrate:3 government:3 devotion:3 people's:2 altogether:4
fitting:2 battlefield:3 measure:2 score:1 years:1 fathers:2 continent:3 civil:2 engaged:2 endure:2
rather:2 unfinished:3 advanced:2 remaining:3 honored:2 increased:2 resolve:2 perish:2 earth:1
thirteen:2 school:1 breathing:2 breathe:1 clothes:1 eyes:1 goodbye:2 eye:1 journey:2 money:2
player's:2 daily:2 said:1 waited:2 voice:1 noise:1 coach:1 board:1 four:1 hour:1 our:1 flower:2
power:2 quickly:2 question:2 queue:1 guess:1 guide:1 argue:2 vague:1 suite:1 juice:1 house:1
houses:2 horse:1 nurse:1 nurses:2 practice:2 practices:3 promise:2 promised:2 decided:3 included:3
recommended:4 agreed:2 freed:1 seized:1 raised:1 caused:1 excited:3 united:3 variety:4 brilliant:2
familiar:3 marriage:2 soldier:2 premium:3 medium:3 stadium:3 graduate:3 graduation:4 individual:5
mutual:3 virtual:3 spiritual:4 manual:3 annual:3
"""
SPANISH: Final = """
sol:1 ciudad:2 día:2 leer:2 poeta:3 muy:1 hoy:1 queso:2 guía:2 guerra:2 pingüino:3 aéreo:4 país:2
miércoles:3 averiguáis:4 medicamento:5 psiquiatra:3 autorización:5 construir:2 yo:1 rey:1 reyes:2
"""


def pairs(known: str) -> list[tuple[str, int]]:
    return [
        (word, int(count)) for word, _, count in (each.partition(":") for each in known.split())
    ]


def test_known_english_words_have_their_syllables() -> None:
    wrong = {word: syllables(word) for word, count in pairs(ENGLISH) if syllables(word) != count}
    assert wrong == {}


def test_known_spanish_words_have_their_syllables() -> None:
    found = {word: syllables(word, "es") for word, _ in pairs(SPANISH)}
    assert found == dict(pairs(SPANISH))


def test_a_figure_and_an_abbreviation_are_one_syllable() -> None:
    assert [syllables(word) for word in ("20", "d/c", "IX", "naïve", "co-parent")] == [
        1,
        2,
        1,
        1,
        3,
    ]


# Lincoln at Gettysburg, 1863: 10.9 by the count of a word processor (271 words, ten sentences,
# reading ease 65).
GETTYSBURG: Final = """
Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived
in Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a
great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long
endure. We are met on a great battle-field of that war. We have come to dedicate a portion of that
field, as a final resting place for those who here gave their lives that that nation might live. It
is altogether fitting and proper that we should do this. But, in a larger sense, we can not
dedicate -- we can not consecrate -- we can not hallow -- this ground. The brave men, living and
dead, who struggled here, have consecrated it, far above our poor power to add or detract. The world
will little note, nor long remember what we say here, but it can never forget what they did here. It
is for us the living, rather, to be dedicated here to the unfinished work which they who fought here
have thus far so nobly advanced. It is rather for us to be here dedicated to the great task
remaining before us -- that from these honored dead we take increased devotion to that cause for
which they gave the last full measure of devotion -- that we here highly resolve that these dead
shall not have died in vain -- that this nation, under God, shall have a new birth of freedom -- and
that government of the people, by the people, for the people, shall not perish from the earth.
""".replace("\n", " ")
PLATYPUS: Final = (
    "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
)
# Given with a reading ease of 69, which 23 syllables make; so 7.6.
PASSAGE: Final = (
    "This sentence, taken as a reading passage unto itself, is being used to prove a point."
)
CAT: Final = "The cat sat on the mat."  # an ease of 116


@pytest.mark.parametrize(
    ("text", "published"),
    [(GETTYSBURG, 10.9), (PLATYPUS, 11.3), (PASSAGE, 7.6), (CAT, -1.45)],
    ids=["gettysburg", "platypus", "passage", "cat"],
)
def test_published_grades_are_met_within_half_a_grade(text: str, published: float) -> None:
    assert flesch_kincaid(text) == pytest.approx(published, abs=0.5)


def test_a_grade_is_said_of_twenty_words_and_no_fewer() -> None:
    assert grade(GETTYSBURG) == 11
    assert grade(PLATYPUS) == 0  # 13 words
    assert grade("Go on. " * 10) == 1
    assert grade(f"{'responsibilities ' * 40}.") == 18
    assert flesch_kincaid("...") == 0
    assert fernandez_huerta("") == 100


# By his own table: an ease of 90 to 100 is the fourth grade, and so on.
EASY: Final = "Yo voy al mar. El sol da luz. Tú ves el pan. Él come pan. " * 2
LETTER: Final = (
    "Maya trabajó mucho esta semana y nos dijo que se siente lista para dejar el programa de día."
    " La llamaré el miércoles. No durmió bien el lunes, pero ya está mejor."
)
OFFICE: Final = (
    "La determinación administrativa correspondiente imposibilita temporalmente la autorización"
    " extraordinaria solicitada por los representantes, independientemente de las consideraciones"
    " anteriormente manifestadas en la documentación complementaria."
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [(EASY, 4, 4), (LETTER, 5, 6), (OFFICE, 18, 18)],
    ids=["easy", "letter", "office"],
)
def test_spanish_grades_follow_the_table(text: str, low: int, high: int) -> None:
    assert low <= grade(text, "es") <= high


def test_a_word_keeps_its_apostrophe_hyphen_and_slash() -> None:
    text = "Didn’t co-parent d/c 10:30 (well)."
    assert [word.text for word in words(text)] == ["Didn’t", "co-parent", "d/c", "10:30", "well"]
