"""Words that suggest what an entry is about. A suggestion only: the user ticks the topic.

It looks for whole words or for how they begin (`*`), and for a few pairs of words. The two topics
that need a form of their own and the user's own notes are never guessed at.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from cmdesk.rules.topics import Topic

# Stems end in `*`. Medicine names: the ones most often heard in this work, not a formulary.
WORDS: Final[Mapping[Topic, str]] = {
    Topic.ATTENDANCE: """arriv* depart* travel* flight* itinerary airport drive drives driving ride
        pickup attend* absent arrival schedul* reschedul*""",
    Topic.PROGRESS: """progress* goal goals mood sleep sleeps slept sleeping improv* motivat* calm
        calmer appetite hopeful milestone* phq phq-9 gad gad-7""",
    Topic.DIAGNOSIS: """diagnos* bipolar adhd autis* schizo* borderline ocd ptsd comorbid* dsm
        dsm-5 icd icd-10 anorexia bulimia arfid""",
    Topic.TREATMENT: """treatment* therap* dbt cbt emdr iop php residential discharg* aftercare
        psychiatr* step-down admission admitted admit intake curricul*""",
    Topic.MEDICATION: """medication* meds med dose doses dosage pill pills prescri* refill* pharmac*
        taper* titrat* mg sertraline zoloft fluoxetine prozac escitalopram lexapro bupropion
        wellbutrin lithium lamotrigine lamictal quetiapine seroquel aripiprazole abilify
        olanzapine risperidone adderall methylphenidate ritalin vyvanse trazodone clonazepam
        lorazepam xanax ativan buprenorphine suboxone naltrexone vivitrol methadone antabuse""",
    Topic.SAFETY: """suicid* self-harm* selfharm* overdos* crisis crises unsafe weapon* gun guns
        firearm* 911 988 harming threat* safety cutting eloped elopement""",
    Topic.SUBSTANCE_USE: """sober sobriety relaps* drink drinks drinking drank drunk alcohol*
        cocaine heroin opioid* opiate* fentanyl cannabis marijuana weed thc vape vaping vapes detox*
        withdraw* recovery sponsor aa rehab substance* sud uds overdos* naloxone
        narcan suboxone buprenorphine methadone vivitrol antabuse meth benzos""",
    Topic.HEALTH: """doctor physician dentist dental surgery surgical injur* fever illness
        hospital* lab labs bloodwork headache* seizure* diabet* asthma allerg* nausea weight
        vitals ekg covid flu concussion""",
    Topic.TESTING: """neuropsych* wais wisc mmpi testing assessments iq""",
    Topic.HOUSING: """apartment* lease landlord* rent rental roommate* housing housemate* evict*
        shelter sublet tenant* homeless*""",
    Topic.EDUCATION_WORK: """school college univers* campus semester class classes teacher professor
        homework tutor* iep 504 gpa transcript* enrol* job jobs employ* internship* employer fmla
        resume coworker* supervisor* graduat*""",
    Topic.LEGAL: """court courts judge lawyer* attorney* probation parole custody guardian* arrest*
        subpoena* hearing conservator* dui dwi police warrant*""",
    Topic.FINANCIAL: """insur* deductible* copay* coinsurance invoice* bills billing payment*
        payer* preauth* authoriz* medicaid medicare denial denied appeal* retainer* reimburs* claim
        claims budget* cost costs fee fees tuition""",
    Topic.FAMILY: """mother mom father dad parents parent sister brother sibling* aunt uncle
        grandmother grandfather grandparent* stepfather stepmother stepdad stepmom husband wife
        spouse divorc*""",
    Topic.TRAUMA: """trauma* abuse* abusive assault* molest* flashback* rape* neglect*
        violence""",
    Topic.HIV_STI: """hiv sti stis std stds chlamydia gonorrhea syphilis herpes
        hepatitis""",
    Topic.REPRODUCTIVE: """pregnan* contracept* abortion* miscarr* ivf fertility
        obgyn ob-gyn gynecolog* prenatal postpartum iud""",
    Topic.GENETIC: """genetic* genome* genomic* brca hereditary genesight""",
}  # fmt: skip

# Pairs say what one word alone does not.
PAIRS: Final[Mapping[str, Topic]] = {
    "move home": Topic.TREATMENT, "moves home": Topic.TREATMENT, "moving home": Topic.TREATMENT,
    "step down": Topic.TREATMENT, "care plan": Topic.TREATMENT,
    "ride home": Topic.ATTENDANCE, "picked up": Topic.ATTENDANCE, "no show": Topic.ATTENDANCE,
    "showed up": Topic.ATTENDANCE, "weekend pass": Topic.ATTENDANCE,
    "self harm": Topic.SAFETY, "safety plan": Topic.SAFETY, "crisis plan": Topic.SAFETY,
    "used again": Topic.SUBSTANCE_USE, "drug test": Topic.SUBSTANCE_USE,
    "drug use": Topic.SUBSTANCE_USE, "urine screen": Topic.SUBSTANCE_USE,
    "psychological testing": Topic.TESTING, "sober living": Topic.HOUSING,
    "halfway house": Topic.HOUSING, "at work": Topic.EDUCATION_WORK,
    "birth control": Topic.REPRODUCTIVE,
    "family therapy": Topic.FAMILY, "family session": Topic.FAMILY,
    "family history": Topic.GENETIC, "approved days": Topic.FINANCIAL,
}  # fmt: skip

_WORD: Final = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_SHORTEST_STEM: Final = 4


def suggested(text: str) -> tuple[Topic, ...]:
    """Return the topics these words speak of, those spoken of most first."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    words = _WORD.findall(folded)
    counted: dict[Topic, int] = {}
    for place, word in enumerate(words):
        topics = _topics_of(word)
        pair = PAIRS.get(" ".join(words[place : place + 2]))
        for topic in (*topics, *([pair] if pair else ())):
            counted[topic] = counted.get(topic, 0) + 1
    order = list(Topic)
    return tuple(sorted(counted, key=lambda topic: (-counted[topic], order.index(topic))))


def _topics_of(word: str) -> tuple[Topic, ...]:
    word = word.removesuffix("'s")
    whole = _WHOLE.get(word, ())
    begun = (_STEMS.get(word[:length], ()) for length in range(_SHORTEST_STEM, len(word) + 1))
    return tuple(dict.fromkeys((*whole, *(topic for topics in begun for topic in topics))))


def _table(*, stems: bool) -> dict[str, tuple[Topic, ...]]:
    found: dict[str, tuple[Topic, ...]] = {}
    for topic, words in WORDS.items():
        for word in words.split():
            if word.endswith("*") is stems:
                key = word.removesuffix("*")
                found[key] = (*found.get(key, ()), topic)
    return found


_WHOLE: Final = _table(stems=False)
_STEMS: Final = _table(stems=True)

__all__ = ["PAIRS", "WORDS", "suggested"]
