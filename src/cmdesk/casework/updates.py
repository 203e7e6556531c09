"""Family updates: judge a period, propose a letter, and release it. The one gate to the outside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, leak_check, verdicts
from cmdesk.casework.drafting import LetterDraft, Passage, paragraphs
from cmdesk.casework.facts import Fact, facts
from cmdesk.casework.occasion import Case, case
from cmdesk.casework.parties import Party
from cmdesk.casework.released import WARRANT, Findings, KeptBack, Line, Released
from cmdesk.casework.verdicts import Judged
from cmdesk.errors import NothingToShare, Problem
from cmdesk.models.entry import EntryWording
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import Call, Letter, Letterhead, Paper, Step
from cmdesk.rules.notices import notice_for
from cmdesk.rules.people import phone_shown, pronouns
from cmdesk.rules.periods import span, span_label
from cmdesk.rules.scope import scope

PRIVATE = "Do not forward, copy, or post it without {name}’s written permission."
DANGER = "If {name} or anyone is in danger right now, call 911 first. Then call me."


def judged(session: Session, about: Case) -> list[Judged]:
    ids = verdicts.entries_of_period(session, about.client_id, about.first, about.last)
    return verdicts.judge(session, ids, about.standing)


def findings(judged: list[Judged]) -> Findings:
    """Sort a period into what can be said, what waits for words, and what stays."""
    shared: list[Line] = []
    unwritten: list[str] = []
    kept: list[KeptBack] = []
    for row in judged:
        verdict = row.verdict
        if verdict.outcome is Outcome.KEEP_BACK:
            kept.append(KeptBack(row.ref, verdict.rule, verdict.why))
        elif verdict.text is None or verdict.consent is None:
            unwritten.append(row.ref)
        else:
            shared.append(_line(row, verdict.text, verdict.consent))
    return Findings(tuple(shared), tuple(unwritten), tuple(kept))


def _line(row: Judged, text: str, consent: str) -> Line:
    return Line(
        entry_id=row.entry_id,
        entry=row.ref,
        verdict=row.verdict.outcome,
        rule=row.verdict.rule,
        consent=consent,
        consents=row.verdict.consents,
        topics=tuple(sorted(row.verdict.topics)),
        text=text,
        part2=row.verdict.part2,
    )


def release(
    session: Session,
    client_id: int,
    party: Party,
    first: date,
    last: date,
    draft: LetterDraft | None = None,
) -> Released:
    """Judge every line anew and make the letter; without a draft, of released lines alone.

    Raises NothingToShare when no entry of the period may be told to this reader, and Problem when
    a passage of the draft rests on an entry that may no longer be told as it was written, or while
    the leak check finds something in its words.
    """
    about = case(session, client_id, party, first, last)
    verdicts_found = judged(session, about)
    if not verdicts_found:
        raise NothingToShare("There is no entry in this period.", "Look at its dates.")
    found = findings(verdicts_found)
    if not found.shared:
        raise NothingToShare(
            f"Nothing of this period may be shared with {party.full_name}.",
            "Look at the reasons with `cmdesk verdicts`, or log what may be told.",
        )
    if draft is None:
        lines = tuple(Passage(line.text, line.entry_id) for line in found.shared)
        draft = LetterDraft(passages=lines, farewell="")
    else:
        found = _as_drafted(session, found, draft)
    own = _own_lines(facts(session, about), draft)
    watch = leak_check.watch(session, about)
    leak_check.refuse(watch, draft)
    made = _released(session, about, found, draft, own)
    return replace(made, overrides=leak_check.marked(watch, draft))


def _as_drafted(session: Session, found: Findings, draft: LetterDraft) -> Findings:
    """Keep the lines the draft uses; refuse one whose verdict is narrower than when written."""
    allowed = {line.entry_id: line for line in found.shared}
    used = [passage for passage in draft.passages if passage.entry_id is not None]
    gone = _lines_gone(session, {passage.entry_id or 0 for passage in used}, allowed)
    for passage in used:
        line = allowed.get(passage.entry_id or 0)
        if line is None or (passage.outcome == Outcome.SHARE and line.verdict != Outcome.SHARE):
            raise Problem(
                "A paragraph of this letter may no longer be shared.",
                "Open the letter again: the list on the left says which entry, and why.",
            )
        if (passage.entry_id, passage.text.strip()) in gone:
            raise Problem(
                "A paragraph of this letter has a line that no longer holds for this reader.",
                "Open the letter again, and it follows; or say it in your own words.",
            )
    ids = {passage.entry_id for passage in used}
    return Findings(
        tuple(line for line in found.shared if line.entry_id in ids),
        found.unwritten,
        found.kept_back,
    )


def _lines_gone(
    session: Session, ids: set[int], allowed: Mapping[int, Line]
) -> set[tuple[int, str]]:
    """Return the lines these entries once had, or have and may not tell this reader."""
    query = select(EntryWording.entry_id, EntryWording.family_line, EntryWording.short_line)
    rows = session.execute(query.where(EntryWording.entry_id.in_(ids)))
    known = {(number, line) for number, *lines in rows for line in lines if line}
    now = {(number, line.text) for number, line in allowed.items()}
    shorter = {
        (number, word.short_line)
        for number, word in verdicts.newest_wording(session, [*ids]).items()
        if number in allowed
    }
    return known - now - shorter


def _own_lines(known: list[Fact], draft: LetterDraft) -> list[Fact]:
    """Return the facts of the program's own that the draft tells; refuse one it no longer may."""
    told = {line.text for line in draft.glance} | {step.what for step in draft.steps}
    used = [fact for fact in known if fact.text in told]
    if not all(fact.allowed for fact in used):
        raise Problem(
            "A line about where things stand may no longer be shared.",
            "Open the letter again: such lines follow the consents of the day.",
        )
    return used


def _released(
    session: Session, about: Case, found: Findings, draft: LetterDraft, own: list[Fact]
) -> Released:
    """Make the letter. What the program says by itself rests on consents like any other line."""
    relied = _relied_on(about, found, own)
    told = [*found.shared, *(fact.verdict for fact in own)]
    part2 = any(each.part2 for each in told)
    notice = notice_for(
        provider_or_payer=about.standing.recipient.tpo or about.party.organisation_id is not None
    )
    return Released(
        warrant=WARRANT,
        letter=_letter(session, about, draft, relied, notice.text if part2 else ""),
        client_id=about.client_id,
        recipient=about.party,
        first=about.first,
        last=about.last,
        on=about.on,
        findings=found,
        consent=relied[0].ref if relied else "",
        consents=tuple(consent.ref for consent in relied),
        topics=tuple(sorted({topic for each in told for topic in each.topics})),
        purpose="; ".join(dict.fromkeys(consent.purpose for consent in relied)),
        channels=frozenset[str].intersection(*(consent.channels for consent in relied)),
        part2=part2,
        notice_id=notice.id if part2 else "",
        notice_form=notice.authority if part2 else "",
    )


def _relied_on(about: Case, found: Findings, own: list[Fact]) -> list[rules.Consent]:
    """Return the consents the letter rests on, the one signed last first."""
    refs = {ref for line in found.shared for ref in line.consents}
    refs |= {ref for fact in own for ref in fact.verdict.consents}
    relied = [about.consents[ref] for ref in refs] or list(about.standing.ordinary[:1])
    relied.sort(key=lambda consent: (consent.signed_on or date.min, consent.ref), reverse=True)
    return relied


def _letter(
    session: Session, about: Case, draft: LetterDraft, relied: list[rules.Consent], notice: str
) -> Letter:
    called = about.name.called
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    head = letterhead(session)
    spoken_of = pronouns(about.pronouns, called)
    return Letter(
        letterhead=head,
        recipient=about.party.full_name,
        about=called,
        about_initial=about.name.with_initial,
        period_label=span_label(about.first, about.last),
        period=span(about.first, about.last),
        sent=about.on,
        headline=draft.headline,
        greeting=draft.greeting,
        opening=paragraphs(draft.opening),
        glance=tuple(line for line in draft.glance if line.text.strip()),
        parts=draft.parts,
        prose=draft.paragraphs(),
        goals=draft.goals,
        steps=_filled(draft.steps),
        dates=_filled(draft.dates),
        closed=draft.closed,
        clock=tuple(line for line in draft.clock if line.what.strip()),
        stays=draft.stays,
        calls=calls(head),
        danger=DANGER.format(name=called),
        close=paragraphs(draft.close),
        farewell=draft.farewell,
        scope=" ".join(scope(consent, called, spoken_of) for consent in relied),
        private=PRIVATE.format(name=called),
        notice=notice,
        title=f"Family update, {span(about.first, about.last)}",
        paper=Paper(practice.paper) if practice else Paper.LETTER,
        made_at=clock.now(session),
    )


def _filled(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.what.strip() or step.lead.strip())


def letterhead(session: Session) -> Letterhead:
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    practitioner = session.scalars(select(Practitioner).limit(1)).one_or_none()
    name = practice.name if practice else ""
    return Letterhead(
        practice=name or "Case management",
        practitioner=practitioner.name if practitioner else "",
        credentials=practitioner.credentials if practitioner else "",
        tagline=(practitioner.tagline if practitioner else "") or "Independent case management",
        phone=phone_shown(practice.phone) if practice else "",
        email=practice.email if practice else "",
        address=practice.address if practice else "",
    )


def calls(head: Letterhead) -> tuple[Call, ...]:
    """Return whom to call: the practice, and 988 at any time."""
    own = Call(head.practitioner or head.practice, head.phone)
    crisis = Call("Thoughts of suicide, any time", "988", "Call or text 988")
    return (own, crisis) if head.phone else (crisis,)
