"""domain.md 0.4 and 0.5 once more, sentence by sentence and slowly, to hold the rules against."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cmdesk.rules.consent import Consent, Entry, Recipient, Restriction, Subject

OWN_KINDS = {
    "therapy_content": "psychotherapy_notes",
    "sud_counseling_notes": "sud_counseling_notes",
}
NEVER_SHORT = ("private", "other_person", "therapy_content", "sud_counseling_notes")


@dataclass(frozen=True)
class Answer:
    outcome: str
    rule: int
    text: str | None
    consent: str | None


def turned_18(born: date, on: date) -> bool:
    if born.month == 2 and born.day == 29:
        return on >= date(born.year + 18, 3, 1)
    return on >= date(born.year + 18, born.month, born.day)


def may_sign_alone(consent: Consent, subject: Subject, signing: date) -> bool:
    """By the state table: for each kind of care the form touches, a row whose age is reached."""
    kinds = ("part2_specific", "part2_tpo", "sud_counseling_notes")
    of_use = {"substance_use", "sud_counseling_notes"}
    names = {topic.value for topic in consent.topics}
    wanted: list[int | None] = []
    if consent.kind.value in kinds or names & of_use:
        wanted.append(subject.substance_use_from)
    of_care = {"attendance", "progress", "diagnosis", "treatment", "medication", "safety"}
    of_care |= {"testing", "trauma", "therapy_content"}
    if names & of_care:
        wanted.append(subject.mental_health_from)
    if names - of_use - of_care:
        wanted.append(18)
    assert subject.born is not None
    had_it = (signing.month, signing.day) >= (subject.born.month, subject.born.day)
    age = signing.year - subject.born.year - (0 if had_it else 1)
    return bool(wanted) and all(from_age is not None and age >= from_age for from_age in wanted)


def is_valid(consent: Consent, subject: Subject, on: date) -> bool:
    oral = consent.kind.value == "oral"
    sentences: list[bool] = []
    # has topics and a purpose
    sentences.append(len(consent.topics) > 0)
    sentences.append(consent.purpose.strip() != "")
    # has begun, and, but for oral, is signed on or before the date
    begin = consent.begins_on if consent.begins_on is not None else consent.signed_on
    sentences.append(begin is not None and begin <= on)
    sentences.append(oral or (consent.signed_on is not None and consent.signed_on <= on))
    # has an expiry that has not passed
    event = consent.expires_event
    if consent.expires_on is None and event is None:
        sentences.append(consent.kind.value == "part2_tpo")
    if consent.expires_on is not None:
        sentences.append(on <= consent.expires_on)
    if event is not None:
        sentences.append(event.on_record)
        sentences.append(event.happened_on is None or on <= event.happened_on)
    # is not revoked, superseded_by is empty
    sentences.append(not (consent.revoked_on is not None and on >= consent.revoked_on))
    sentences.append(consent.superseded_by in (None, ""))
    # signer
    signing = consent.signed_on if consent.signed_on is not None else consent.begins_on
    born = subject.born
    if consent.signer == "client":
        sentences.append(
            born is not None
            and signing is not None
            and (turned_18(born, signing) or may_sign_alone(consent, subject, signing))
        )
    elif consent.signer == "parent":
        sentences.append(born is not None and not turned_18(born, on))
    elif consent.signer is None:
        sentences.append(False)
    else:
        authority = consent.signer_authority
        sentences.append(authority is not None and authority.strip() != "")
    sentences.append(not consent.capacity.value.startswith("lacks_"))
    # form and statements
    if not oral:
        sentences.append(consent.form_on_file)
        sentences += [
            any(str(said) == wanted for said in consent.statements)
            for wanted in ("revocation", "conditioning", "redisclosure")
        ]
    return all(sentences)


def signed_last(consents: Iterable[Consent]) -> str:
    return max((c.signed_on or c.begins_on or date.min, c.ref) for c in consents)[1]


def line(text: str | None) -> str | None:
    return None if text is None or text.strip() == "" else text


def is_held(entry: Entry, recipient: Recipient, held: Restriction, on: date) -> bool:
    still_open = held.until is None or on <= held.until
    names = recipient.ref in held.recipients
    everything = len(held.topics) == 0 and len(held.entries) == 0
    this_entry = entry.ref in held.entries
    its_topics = any(topic in held.topics for topic in [*entry.topics, *entry.short_topics])
    return still_open and names and (everything or this_entry or its_topics)


def kept(rule: int) -> Answer:
    return Answer("keep_back", rule, None, None)


def shortened(entry: Entry, rule: int, consents: list[Consent]) -> Answer:
    return Answer("short", rule, entry.short_line, signed_last(consents))


def answer(
    entry: Entry,
    subject: Subject,
    recipient: Recipient,
    consents: list[Consent],
    restrictions: list[Restriction],
    on: date,
) -> Answer:
    """Answer with the first line of the table that holds."""
    valid = [c for c in consents if recipient.ref in c.recipients and is_valid(c, subject, on)]
    own = {
        topic: [c for c in valid if c.kind.value == OWN_KINDS[topic] and topic in c.topics]
        for topic in entry.topics
        if topic in OWN_KINDS
    }
    kinds = ["hipaa", "part2_specific", "oral"] + ["part2_tpo"] * recipient.tpo
    usual = [c for c in valid if c.kind in kinds]
    reaching = [c for c in usual if c.kind in ("part2_specific", "part2_tpo")]
    counting = usual if entry.part2 == "no" else reaching
    others = [topic for topic in entry.topics if topic not in OWN_KINDS]
    whole = [c for c in counting if all(topic in c.topics for topic in others)]
    shorts = [
        c
        for c in counting
        if line(entry.short_line) is not None
        and len(entry.short_topics) > 0
        and not any(topic in NEVER_SHORT for topic in entry.short_topics)
        and all(topic in c.topics for topic in entry.short_topics)
    ]
    # Where own forms alone cover the entry, the one of them that was signed last is named.
    serving = whole if others else [c for group in own.values() for c in group]
    mark = str(entry.marks.get(recipient.ref))
    held = any(is_held(entry, recipient, restriction, on) for restriction in restrictions)
    table: list[tuple[bool, Callable[[], Answer]]] = [
        (entry.status != "signed", lambda: kept(0)),
        (entry.wrong_chart, lambda: kept(0)),
        (entry.corrected, lambda: kept(0)),
        ("other_person" in entry.topics, lambda: kept(1)),
        ("private" in entry.topics, lambda: kept(2)),
        (any(not group for group in own.values()), lambda: kept(2)),
        (not usual, lambda: kept(3)),
        (held, lambda: kept(4)),
        (entry.part2 != "no" and not reaching, lambda: kept(5)),
        (not entry.topics, lambda: kept(6)),
        (not whole and not shorts, lambda: kept(6)),
        (not whole and mark == "keep_back", lambda: kept(7)),
        (not whole, lambda: shortened(entry, 6, shorts)),
        (mark == "keep_back", lambda: kept(7)),
        (mark == "short" and not shorts, lambda: kept(7)),
        (mark == "short", lambda: shortened(entry, 7, shorts)),
        (True, lambda: Answer("share", 8, line(entry.family_line), signed_last(serving))),
    ]
    return next(make for holds, make in table if holds)()
