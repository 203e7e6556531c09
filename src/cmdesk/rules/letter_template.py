"""A kind of letter: which sections it has, for whom, which days it tells of, and its words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cmdesk.rules.consent import Standing, Verdict, listed
from cmdesk.rules.letter import Part, PartKind
from cmdesk.rules.topics import NEVER_SHARED, Topic
from cmdesk.rules.validity import Consent

CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
WEEKLY: Final = "weekly"
LONGEST: Final = 4000  # signs of any one text
MOST_HOURS: Final = 24 * 14
# What stands in braces and is filled in. The program is named only to who may know of it.
BLANKS: Final = frozenset({"name", "reader", "program", "period", "practitioner"})
_BLANK: Final = re.compile(r"\{(\w*)\}")
PART2_RULE: Final = 5  # of the verdict: no Part 2 consent counts for this reader
NOTICE_TELLS: Final = "It would bring the notice that tells of treatment"
FRAME: Final = ("headline", "greeting", "opening", "close", "farewell")
# Of these a letter has one: what is in them is the client's, not the section's.
ONCE: Final = frozenset(PartKind) - {PartKind.LINES, PartKind.TEXT}


class Span(StrEnum):
    """The days a letter tells of."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    STAY = "stay"
    ANY = "any"


class Readers(StrEnum):
    FAMILY = "family"
    PROVIDER = "provider"
    SCHOOL = "school"  # or employer


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of letter in one language.

    `topics` are all that may go in, none means any; `due_hours` after it was begun.
    """

    code: str
    name: str
    title: str = ""
    span: Span = Span.WEEK
    readers: Readers = Readers.FAMILY
    topics: tuple[str, ...] = ()
    due_hours: int | None = None
    headline: str = ""
    greeting: str = ""
    opening: str = ""
    close: str = ""
    farewell: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether typed words alone make the letter, without a line of the log.

        A letter over a week or a month that has a section for the log tells what is in it.
        """
        tells = any(part.kind is PartKind.LINES for part in self.parts)
        return not (tells and self.span in (Span.WEEK, Span.MONTH))

    def has(self, kind: PartKind) -> bool:
        return any(part.kind is kind for part in self.parts)


def faults(template: Template) -> dict[str, str]:
    """Map what is wrong with a template to one sentence each; empty when sound."""
    found = {
        "code": "A kind of letter needs a short code." if not CODE.fullmatch(template.code) else "",
        "name": "" if template.name.strip() else "A kind of letter needs a name.",
        "due_hours": _hours(template.due_hours),
        "topics": _topics(template.topics),
        "parts": _parts(template.parts),
        "words": _words(template),
    }
    return {field: why for field, why in found.items() if why}


def _hours(hours: int | None) -> str:
    if hours is None or 1 <= hours <= MOST_HOURS:
        return ""
    return f"A letter is due within 1 to {MOST_HOURS} hours."


def _topics(codes: Iterable[str]) -> str:
    if set(codes) - {topic.value for topic in Topic}:
        return "One of the topics is not known."
    if set(codes) & NEVER_SHARED:
        return "A letter never tells of other people or of your own notes."
    return ""


def _parts(parts: Sequence[Part]) -> str:
    """Say what is wrong with the sections as a whole."""
    keys = [part.key for part in parts]
    kinds = [part.kind for part in parts]
    if not set(kinds) - {PartKind.GLANCE, PartKind.CALLS}:
        return "A letter needs a section that says something."
    if any(not CODE.fullmatch(key) for key in keys):
        return "Each section needs a short code."
    if len(set(keys)) < len(keys):
        return "Two sections have the same code."
    if any(kinds.count(kind) > 1 for kind in ONCE):
        return "Only sections of lines and of words may stand twice."
    if sum(part.kind is PartKind.LINES and not part.topics for part in parts) > 1:
        return "Only one section can take what no other takes."
    return next((why for part in parts if (why := _topics(part.topics))), "")


def _words(template: Template) -> str:
    texts = [
        *(template.title, template.headline, template.greeting, template.opening),
        *(template.close, template.farewell),
        *(text for part in template.parts for text in (part.title, part.prompt, part.words)),
    ]
    if any(len(text) > LONGEST for text in texts):
        return f"Keep each text under {LONGEST:,} letters."
    unknown = {word for text in texts for word in _BLANK.findall(text)} - BLANKS
    return f"Nothing fills in {{{min(unknown)}}}." if unknown else ""


def filled(text: str, blanks: Mapping[str, str]) -> str:
    """Fill in what is known of `{name}` and the like; anything else stays as typed."""
    return _BLANK.sub(lambda found: blanks.get(found[1], found[0]), text)


def labels(template: Template, blanks: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of the box at the top, a line each; none without the box.

    The first says where the client is and is filled in, the last what the reader is asked.
    """
    box = next((part for part in template.parts if part.kind is PartKind.GLANCE), None)
    lines = box.words.splitlines() if box else ()
    return tuple(filled(line.strip(), blanks) for line in lines if line.strip())


def part_for(parts: Sequence[Part], topics: Iterable[str]) -> str:
    """Return the key of the section an entry goes into; empty where none takes it.

    The first that names one of its topics, else the one that names none.
    """
    told = set(topics)
    lines = [part for part in parts if part.kind is PartKind.LINES]
    named = (part.key for part in lines if told.intersection(part.topics))
    rest = (part.key for part in lines if not part.topics)
    return next(named, next(rest, ""))


def due_at(template: Template, begun: datetime) -> datetime | None:
    """Return when a letter has to be out, by when it was begun."""
    if template.due_hours is None:
        return None
    return begun + timedelta(hours=template.due_hours)


def allowed(template: Template) -> frozenset[Topic]:
    """Return the topics that may go in."""
    return frozenset(Topic(code) for code in template.topics) or frozenset(Topic)


def narrowed_consent(consent: Consent, topics: frozenset[Topic]) -> Consent:
    """Return a consent as far as a kind of letter uses it."""
    return consent if consent.topics <= topics else replace(consent, topics=consent.topics & topics)


def narrowed(standing: Standing, template: Template) -> Standing:
    """Return where the reader stands for a letter that tells of its topics alone.

    All that is judged for the letter, entries and the program's own lines, is judged by this. No
    consent lets Part 2 material into a letter to a school or an employer: its notice (42 CFR 2.32)
    would tell of treatment.
    """
    if template.readers is Readers.SCHOOL:
        standing = replace(standing, part2=())
    if not template.topics:
        return standing
    topics = allowed(template)

    def within(consents: Iterable[Consent]) -> tuple[Consent, ...]:
        cut = (narrowed_consent(consent, topics) for consent in consents)
        return tuple(consent for consent in cut if consent.topics)

    ordinary = within(standing.ordinary)
    own_form = {topic: form for topic, form in standing.own_form.items() if topic in topics}
    reason = standing.no_consent
    if not (ordinary or reason):
        reason = f"{standing.recipient.called}'s consent does not cover {listed(topics)}"
    return replace(
        standing,
        ordinary=ordinary,
        part2=within(standing.part2),
        own_form=own_form,
        unreachable=standing.unreachable | (standing.own_form.keys() - own_form.keys()),
        no_consent=reason,
    )


def worded(verdict: Verdict, template: Template) -> Verdict:
    """Say of what no consent as narrowed covers that this letter does not tell of it."""
    if template.readers is Readers.SCHOOL and verdict.rule == PART2_RULE:
        return replace(verdict, why=NOTICE_TELLS)
    if not (template.topics and verdict.missing):
        return verdict
    about = f"This letter tells only of {listed(allowed(template))}"
    return replace(verdict, why=about if verdict.text is None else f"Short version. {about}")


def read(
    code: str, kept: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]], language: str
) -> Template:
    """Make a template of what is kept; words missing in a language are those in English.

    `kept` has the fields without words; a section's own words stand in where `words` has none.
    """
    said = _said(words, language)
    sections: Mapping[str, Mapping[str, str]] = said.get("parts", {})
    return Template(
        code=code,
        name=str(said.get("name") or kept.get("name", "")),
        title=str(said.get("title", "")),
        span=Span(kept["span"]),
        readers=Readers(kept["readers"]),
        topics=tuple(kept["topics"]),
        due_hours=kept["due_hours"],
        **{name: str(said.get(name, "")) for name in FRAME},
        parts=tuple(_part(row, sections.get(row["key"], {})) for row in kept["parts"]),
    )


def _said(words: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, Any]:
    nothing = dict[str, Any]()
    own = words.get(language, nothing)
    english = words.get("en") or next(iter(words.values()), nothing)
    sections: dict[str, dict[str, str]] = {**english.get("parts", {})}
    for key, texts in own.get("parts", {}).items():
        sections[key] = {**sections.get(key, {}), **texts}
    return {**english, **own, "parts": sections}


def _part(row: Mapping[str, Any], words: Mapping[str, str]) -> Part:
    return Part(
        kind=PartKind(row["kind"]),
        key=row["key"],
        title=words.get("title", ""),
        prompt=words.get("prompt", ""),
        words=words.get("words", ""),
        topics=tuple(row.get("topics", ())),
    )


def plain(template: Template) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what `read` takes: the fields without words, and the words of one language."""
    kept = {
        "name": template.name,
        "span": template.span.value,
        "readers": template.readers.value,
        "topics": list(template.topics),
        "due_hours": template.due_hours,
        "parts": [
            {"kind": part.kind.value, "key": part.key, "topics": list(part.topics)}
            for part in template.parts
        ],
    }
    sections = {
        part.key: {"title": part.title, "prompt": part.prompt, "words": part.words}
        for part in template.parts
    }
    frame = {name: getattr(template, name) for name in FRAME}
    words = {"name": template.name, "title": template.title, **frame, "parts": sections}
    return kept, words


__all__ = [
    "BLANKS", "CODE", "FRAME", "WEEKLY", "Readers", "Span", "Template", "allowed", "due_at",
    "faults", "filled", "labels", "narrowed", "narrowed_consent", "part_for", "plain", "read",
    "worded",
]  # fmt: skip
