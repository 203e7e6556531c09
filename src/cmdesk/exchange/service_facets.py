"""What a national directory says of a program, in the codes this program filters by.

A directory describes a service in words of its own; those words, not its short codes, are matched
here, so that an edition with other codes reads the same. What no pattern knows is left out.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.provider_codes import AgeGroup, GenderGroup, Modality, Takes, Treats


class Facets(NamedTuple):
    """Codes, each once, in the order of their lists; medications by their plain names."""

    treats: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()
    gender_groups: tuple[str, ...] = ()
    levels_of_care: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()


# Said of what is not done here, or only looked for.
_NOT_OFFERED: Final = re.compile(
    r"does not|not accepted|elsewhere|no formal|not permitted|permitted|screening|testing"
    r"|\beducation, counseling|licen[cs]|certification|accredit|no payment|\bdui\b"
    r"|pain management|^child care"
)
_DRUGS: Final = (
    "buprenorphine", "methadone", "naltrexone", "acamprosate", "disulfiram", "lofexidine",
    "clonidine",
)  # fmt: skip
_TREATS: Final = (
    (r"co-?oc+ur+ing.*(mental|serious)|mix of mental health and sub", Treats.MOOD_AND_SUBSTANCE),
    (r"serious mental (health )?illness", Treats.SERIOUS_MENTAL_ILLNESS),
    (r"trauma|sexual abuse|\bptsd\b", Treats.TRAUMA),
    (r"eating disorder", Treats.EATING),
    (r"psychosis|schizophreni", Treats.PSYCHOSIS),
    (r"obsessive", Treats.OCD),
    (r"borderline|personality disorder", Treats.PERSONALITY),
    (r"attention.deficit", Treats.ADHD),
    (r"autism", Treats.AUTISM),
    (r"suicide prevention", Treats.SELF_HARM),
    (r"alcohol (detox|use disorder)|medication for alcohol", Treats.ALCOHOL),
    (r"opioids? (detox|use disorder|treatment program)", Treats.OPIOIDS),
    (r"(cocaine|methamphetamines?) detox", Treats.STIMULANTS),
    (r"benzodiazepines? detox", Treats.SEDATIVES),
    ((r"substance (use|abuse) (treatment|disorder counseling)|substance use plus|mix of mental"
      r"|co-?oc+ur+ing.*substance|detoxification$"), Treats.SUBSTANCE_USE),
    (r"gambling", Treats.GAMBLING),
)  # fmt: skip
_MODALITIES: Final = (
    (r"individual (counsel|psychotherapy|therapy)", Modality.INDIVIDUAL),
    (r"group (counsel|therapy)", Modality.GROUP),
    (r"family (counsel|therapy|psycho)|couples", Modality.FAMILY),
    (r"cognitive.behavioral", Modality.CBT),
    (r"dialectical", Modality.DBT),
    (r"acceptance and commitment", Modality.ACT),
    (r"eye movement", Modality.EMDR),
    (r"motivational (interview|enhance)", Modality.MOTIVATIONAL_INTERVIEWING),
    (r"(12|twelve).step", Modality.TWELVE_STEP),
    (r"smart recovery", Modality.SMART),
    (r"contingency management", Modality.CONTINGENCY_MANAGEMENT),
    (r"exposure (therapy|and response)", Modality.EXPOSURE),
    (r"psychodynamic", Modality.PSYCHODYNAMIC),
    (r"trauma.(related|focused|therapy)", Modality.TRAUMA_FOCUSED),
    (r"medications? for mental|psychotropic", Modality.MEDICATION_MANAGEMENT),
    ((r"(buprenorphine|methadone|naltrexone)(?!.*detox)|prescribes medication for alcohol"
      r"|opioid treatment program|acamprosate|disulfiram"), Modality.MOUD),
    (r"electroconvulsive|ketamine|transcranial", Modality.TMS_ECT_KETAMINE),
    (r"peer support", Modality.PEER_SUPPORT),
    (r"recovery coach", Modality.COACHING),
    (r"vocational|employment", Modality.VOCATIONAL),
)  # fmt: skip
_TAKES: Final = (
    (r"^private (health )?insurance", Takes.PRIVATE_INSURANCE),
    (r"^medicaid", Takes.MEDICAID),
    (r"^medicare", Takes.MEDICARE),
    (r"military insurance|tricare", Takes.TRICARE),
    ((r"^state.*(funds|financed|insurance)|(county|local).* funds|block grants?|government funding"
      r"|\(itu\) funds"), Takes.STATE_FUNDED),
    (r"^cash|self-?pay", Takes.SELF_PAY),
    (r"^sliding", Takes.SLIDING_FEE),
    (r"^payment assistance", Takes.SCHOLARSHIP),
)  # fmt: skip
_AGES: Final = (
    (r"^child(ren)?\b(?!.*disturb)(?!.*beds)", AgeGroup.CHILD),
    (r"^(children/)?adolescents?\b(?!.*disturb)|^teens?\b", AgeGroup.TEEN),
    (r"^(transitional age )?young adults?\b", AgeGroup.YOUNG_ADULT),
    (r"^adults?\b(?! (wo)?men)", AgeGroup.ADULT),
    (r"^(seniors|older adults)\b", AgeGroup.OLDER_ADULT),
)
_GENDERS: Final = (
    (r"^females?\b", GenderGroup.FEMALE),
    (r"^males?\b", GenderGroup.MALE),
    (r"transgender|lgbt", GenderGroup.NONBINARY),
)
_LEVELS: Final = (
    (r"^(regular )?outpatient( treatment)?$|outpatient mental health",
     LevelOfCare.MH_OUTPATIENT_THERAPY),
    (r"intensive outpatient", LevelOfCare.MH_IOP),
    (r"day treatment|partial hospital", LevelOfCare.MH_PHP),
    (r"(?<!out)patient detox|residential detox|^detoxification$", LevelOfCare.SETTING_DETOX),
    (r"center.*for adults", LevelOfCare.MH_RESIDENTIAL_ADULT),
    (r"center.*for child", LevelOfCare.MH_RESIDENTIAL_ADOLESCENT),
    (r"^residential(/24|$| treatment$)|-term residential|other residential",
     LevelOfCare.MH_RESIDENTIAL),
    (r"psychiatric hospital|inpatient psychiatric", LevelOfCare.MH_INPATIENT_PSYCHIATRIC),
    (r"^hospital inpatient(/24| treatment|$)", LevelOfCare.SETTING_MEDICAL_INPATIENT),
    (r"^state (psychiatric )?hospital", LevelOfCare.MH_STATE_HOSPITAL),
    (r"sober home|halfway", LevelOfCare.SETTING_SOBER_LIVING),
    (r"certified opioid treatment program", LevelOfCare.ASAM3_OTP),
)  # fmt: skip
_TABLES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "treats": _TREATS,
    "modalities": _MODALITIES,
    "takes": _TAKES,
    "age_groups": _AGES,
    "gender_groups": _GENDERS,
    "levels_of_care": _LEVELS,
    "medications": tuple((drug, drug) for drug in _DRUGS),
}
_KNOWN: Final = {
    name: [(re.compile(pattern), str(code)) for pattern, code in table]
    for name, table in _TABLES.items()
}
_ORDER: Final = {
    name: {code: place for place, (_, code) in enumerate(table)} for name, table in _KNOWN.items()
}


def facets_of(descriptions: Iterable[str]) -> Facets:
    """Gather what these descriptions say of one program."""
    found: dict[str, set[str]] = {name: set() for name in _TABLES}
    for description in descriptions:
        for name, code in _said(description):
            found[name].add(code)
    _settle(found)
    return Facets(**{name: _sorted(name, codes) for name, codes in found.items()})


def _sorted(name: str, codes: set[str]) -> tuple[str, ...]:
    places = _ORDER[name]
    return tuple(sorted(codes, key=lambda code: places[code]))


def _settle(found: dict[str, set[str]]) -> None:
    """Drop the general where something more exact is said of the same."""
    levels = found["levels_of_care"]
    if levels & {LevelOfCare.MH_RESIDENTIAL_ADULT, LevelOfCare.MH_RESIDENTIAL_ADOLESCENT}:
        levels.discard(LevelOfCare.MH_RESIDENTIAL)
    if LevelOfCare.MH_INPATIENT_PSYCHIATRIC in levels:
        levels.discard(LevelOfCare.SETTING_MEDICAL_INPATIENT)


@cache
def _said(description: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of field and code that one description stands for."""
    words = " ".join(description.casefold().split())
    if _NOT_OFFERED.search(words):
        return ()
    return tuple(
        (name, code)
        for name, table in _KNOWN.items()
        for pattern, code in table
        if pattern.search(words)
    )
