"""What a letter asks of its reader, sentence by sentence, and whether it says by which day."""

import re
from typing import Final

from cmdesk.rules.leak_text import Sentence, sentences

_ENGLISH: Final = re.compile(
    r"\bplease\b|\b(?:could|can|would|will) you\b"
    r"|\bI(?:['\u2019]d like| would like| need| want| ask) you\b|\blet me know\b|\bwhat I need\b"
    r"|^(?:also,? |then,? |and )?(?:ask|book|bring|call|check"
    r"|choose|come|confirm|e-?mail|fill|find|give|join|keep|leave|mail|make|meet|pack|pay|pick|plan"
    r"|read|return|scan|send|set|sign|speak|talk|tell|text|visit|write)\b",
    re.IGNORECASE,
)
_SPANISH: Final = re.compile(
    r"\bpor favor\b|\b(?:podr[ií]as?|podr[ií]an|puedes?|pueden)\b|\b(?:le|te|les) pido\b"
    r"|\bnecesito que\b|^(?:adem[aá]s,? |y )?(?:avise|avisa|busque|busca|conteste|d[ií]game"
    r"|dime|elija|elige|env[ií]e|env[ií]a|escr[ií]ba(?:me)?|firme|firma|hable|habla|ll[aá]m[ea]me"
    r"|llame|llama|lleve|lleva|lea|lee|mande|manda|pague|paga|pida|pide|prepare|prepara|recoja"
    r"|traiga|trae|venga|ven|visite|visita)\b",
    re.IGNORECASE,
)
_DAY: Final = {
    "en": re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b"
        r"|\b(?:today|tonight|tomorrow|this week(?:end)?|next week)\b"
        r"|\bthe \d{1,2}(?:st|nd|rd|th)\b"
        r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
        r"|\b\d{1,2}/\d{1,2}\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)s?\b"
        r"|\b(?:hoy|ma\u00f1ana|esta semana|pr[oó]xima semana|fin de semana)\b"
        r"|\b(?:el|d[ií]a) \d{1,2}\b|\b\d{1,2}/\d{1,2}\b|\b\d{1,2} de [a-z]+",
        re.IGNORECASE,
    ),
}


def asks(text: str, language: str = "en") -> list[Sentence]:
    """Return the sentences that ask something of whoever reads them."""
    asking = _SPANISH if language == "es" else _ENGLISH
    return [each for each in sentences(text) if asking.search(text[each.start : each.end])]


def names_a_day(text: str, language: str = "en") -> bool:
    """Tell whether a day is named: Thursday, March 12, tomorrow."""
    return _DAY["es" if language == "es" else "en"].search(text) is not None


__all__ = ["asks", "names_a_day"]
