"""Family updates: judge a period, propose a letter, and release it. The one gate to the outside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, draft_checks, drafting, leak_check, letters_sent, verdicts
from cmdesk.casework.drafting import LetterDraft, Passage, paragraphs
from cmdesk.casework.facts import Fact, facts
from cmdesk.casework.occasion import Case, case
from cmdesk.casework.parties import Party
from cmdesk.casework.released import WARRANT, Findings, KeptBack, Line, Released
from cmdesk.casework.verdicts import Judged
from cmdesk.letter_words import Standing
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import Call, Letter, Letterhead, Paper, Step
from cmdesk.rules.letter_template import WEEKLY, worded
from cmdesk.rules.notices import Notice, notice_for
from cmdesk.rules.people import phone_shown, pronouns
from cmdesk.rules.periods import span_label
from cmdesk.rules.scope import scope
from cmdesk.words import N_

PRIVATE = N_("Do not forward, copy, or post it without {name}’s written permission.")
DANGER = N_("If {name} or anyone is in danger right now, call 911 first. Then call me.")


def judged(session: Session, about: Case) -> list[Judged]:
    """Judge the entries of the period, as far as this kind of letter tells of them at all."""
    ids = verdicts.entries_of_period(session, about.client_id, about.first, about.last)
    return [
        replace(row, verdict=worded(row.verdict, about.template))
        for row in verdicts.judge(session, ids, about.standing)
    ]


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

    Raises NothingToShare when no entry of the period may be told to this reader or, for a kind of
    letter that is typed words, when no consent names them; and Problem when a passage of the draft
    rests on an entry that may no longer be told as it was written, or while the leak check finds
    something in its words.
    """
    about = case(
        session,
        client_id,
        party,
        first,
        last,
        draft.language if draft else "",
        draft.template if draft else WEEKLY,
    )
    found = findings(judged(session, about))
    draft = drafting.printed(draft) if draft else None
    if draft is not None and about.template.by_hand:
        draft_checks.need_a_consent(about, draft)
    else:
        draft_checks.need_a_line(about, found)
    if draft is None:
        lines = tuple(Passage(line.text, line.entry_id) for line in found.shared)
        draft = LetterDraft(passages=lines, farewell="", language=about.language)
    else:
        found = draft_checks.as_drafted(session, found, draft)
    own = draft_checks.own_lines(facts(session, about), draft)
    watch = leak_check.watch(session, about)
    leak_check.refuse(watch, draft)
    made = _released(session, about, found, draft, own)
    return replace(made, overrides=leak_check.marked(watch, draft))


def _released(
    session: Session, about: Case, found: Findings, draft: LetterDraft, own: list[Fact]
) -> Released:
    """Make the letter. What the program says by itself rests on consents like any other line."""
    relied = _relied_on(about, found, own)
    told = [*found.shared, *(fact.verdict for fact in own)]
    # Of typed words alone nobody can tell what they rest on: under such a consent, all of them.
    part2 = any(each.part2 for each in told) or (
        about.template.by_hand and not told and relied[0] in about.standing.part2
    )
    notice = notice_for(
        provider_or_payer=about.standing.recipient.tpo or about.party.organisation_id is not None
    )
    return Released(
        warrant=WARRANT,
        letter=_letter(session, about, draft, relied, notice if part2 else None),
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
    session: Session,
    about: Case,
    draft: LetterDraft,
    relied: list[rules.Consent],
    notice: Notice | None,
) -> Letter:
    called = about.name.called
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    words, head = about.words, letterhead(session, about.words)
    spoken_of = pronouns(about.pronouns, called)
    return Letter(
        letterhead=head,
        recipient=about.party.full_name,
        about=called,
        about_initial=about.name.with_initial,
        period_label=span_label(about.first, about.last),
        period=words.span(about.first, about.last),
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
        calls=calls(head, words),
        danger=words.tr(DANGER).format(name=called),
        close=paragraphs(draft.close),
        farewell=draft.farewell,
        scope=" ".join(scope(consent, called, spoken_of, words) for consent in relied),
        private=words.tr(PRIVATE).format(name=called),
        notice=notice.text if notice else "",
        notice_meaning=notice.meaning(about.language) if notice else "",
        title=f"{words.tr(draft.title)}, {words.span(about.first, about.last)}",
        language=words.tag,
        paper=Paper(practice.paper) if practice else Paper.LETTER,
        made_at=clock.now(session),
        replaces=letters_sent.left_on(session, draft.replaces),
    )


def _filled(steps: Sequence[Step]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step.what.strip() or step.lead.strip())


def letterhead(session: Session, words: Standing) -> Letterhead:
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    practitioner = session.scalars(select(Practitioner).limit(1)).one_or_none()
    name = practice.name if practice else ""
    tagline = practitioner.tagline if practitioner else ""
    return Letterhead(
        practice=name or words.tr("Case management"),
        practitioner=practitioner.name if practitioner else "",
        credentials=practitioner.credentials if practitioner else "",
        tagline=words.tr(tagline or "Independent case management"),
        phone=phone_shown(practice.phone) if practice else "",
        email=practice.email if practice else "",
        address=practice.address if practice else "",
    )


def calls(head: Letterhead, words: Standing) -> tuple[Call, ...]:
    """Return whom to call: the practice, and 988 at any time."""
    own = Call(head.practitioner or head.practice, head.phone)
    crisis = Call(words.tr("Thoughts of suicide, any time"), "988", words.tr("Call or text 988"))
    return (own, crisis) if head.phone else (crisis,)
