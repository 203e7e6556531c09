"""A released letter as its paper prints it: what was drafted, with all that stands around it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, letters_sent
from cmdesk.casework.drafting import LetterDraft, paragraphs
from cmdesk.casework.occasion import Case
from cmdesk.letter_words import Standing
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules import consent as rules
from cmdesk.rules.letter import Call, Letter, Letterhead, Paper, PartKind, Step
from cmdesk.rules.letter_template import Readers
from cmdesk.rules.notices import Notice
from cmdesk.rules.people import phone_shown, pronouns
from cmdesk.rules.periods import span_label
from cmdesk.rules.scope import scope
from cmdesk.words import N_

PRIVATE = N_("Do not forward, copy, or post it without {name}’s written permission.")
DANGER = N_("If {name} or anyone is in danger right now, call 911 first. Then call me.")


def sheet(
    session: Session,
    about: Case,
    draft: LetterDraft,
    relied: Sequence[rules.Consent],
    notice: Notice | None,
) -> Letter:
    """Put the letter together. Whom to call stands in it where one of its sections says so."""
    called, words = about.name.called, about.words
    spoken_of = pronouns(about.pronouns, called)
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    head = letterhead(session, words)
    if about.template.readers is Readers.SCHOOL:  # "CASAC" alone would tell of treatment
        head = replace(head, credentials="")
    letter = replace(
        _drafted(about, draft, head),
        scope=" ".join(
            scope(consent, called, spoken_of, words, leaves_out=not about.template.topics)
            for consent in relied
        ),
        private=words.tr(PRIVATE).format(name=called),
        notice=notice.text if notice else "",
        notice_meaning=notice.meaning(about.language) if notice else "",
        paper=Paper(practice.paper) if practice else Paper.LETTER,
        made_at=clock.now(session),
        replaces=letters_sent.left_on(session, draft.replaces),
    )
    if not any(part.kind is PartKind.CALLS for part in draft.parts):
        return letter
    danger = words.tr(DANGER).format(name=called)
    return replace(letter, calls=calls(letter.letterhead, words), danger=danger)


def _drafted(about: Case, draft: LetterDraft, head: Letterhead) -> Letter:
    """Return the letter as far as it was drafted; rows without words are left out."""
    words = about.words
    return Letter(
        letterhead=head,
        recipient=about.party.full_name,
        about=about.name.called,
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
        close=paragraphs(draft.close),
        farewell=draft.farewell,
        title=f"{words.tr(draft.title)}, {words.span(about.first, about.last)}",
        language=words.tag,
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
