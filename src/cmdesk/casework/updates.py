"""Family updates: judge a period, propose a letter, and release it. The one gate to the outside."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import (
    draft_checks,
    drafting,
    leak_check,
    letter_entries,
    letter_sheet,
    letter_templates,
    map_letter,
    own_words,
    verdicts,
)
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.facts import Fact, facts
from cmdesk.casework.leak_check import Watch
from cmdesk.casework.map_letter import SeenMap
from cmdesk.casework.measures import Seen, seen
from cmdesk.casework.occasion import Case, case
from cmdesk.casework.parties import Party
from cmdesk.casework.released import WARRANT, Findings, KeptBack, Line, Released
from cmdesk.casework.verdicts import Judged
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import PartKind
from cmdesk.rules.letter_template import WEEKLY, worded
from cmdesk.rules.notices import notice_for


def judged(session: Session, about: Case, *, written: bool = False) -> list[Judged]:
    """Judge the entries of the period, as far as this kind of letter tells of them at all.

    Those of a letter that is `written`: with what came too late for the letters before it.
    """
    if written:
        ids = letter_entries.of_letter(session, about)
    else:
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
    language, kind = (draft.language, draft.template) if draft else ("", WEEKLY)
    about = case(session, client_id, party, first, last, language, kind)
    found, draft = _told(session, about, drafting.printed(draft) if draft else None)
    own = draft_checks.own_lines(facts(session, about), draft)
    watch = leak_check.watch(session, about)
    leak_check.refuse(watch, draft)
    shown = _charted(session, about, draft, watch)
    cared = _cared(session, about, draft, watch, own)
    made = _released(session, about, found, draft, [*own, *shown.facts, *cared.facts])
    charts = (shown.chart,) if shown.chart else ()
    letter = replace(made.letter, charts=charts, care=cared.care)
    return replace(made, letter=letter, overrides=leak_check.marked(watch, draft))


def _told(session: Session, about: Case, draft: LetterDraft | None) -> tuple[Findings, LetterDraft]:
    """Return the lines that leave, and the draft that says them; refuse what may not."""
    found = findings(judged(session, about, written=draft is not None))
    if draft is not None and about.template.by_hand:
        draft_checks.need_a_consent(about, draft)
    else:
        draft_checks.need_a_line(about, found)
    if draft is not None:
        return draft_checks.as_drafted(session, found, draft), draft
    lines = tuple(Passage(line.text, line.entry_id) for line in found.shared)
    return found, LetterDraft(passages=lines, farewell="", language=about.language)


def _charted(session: Session, about: Case, draft: LetterDraft, watch: Watch) -> Seen:
    """Return the scores this reader may see, if the letter has a place for them."""
    if not any(part.kind is PartKind.CHART for part in draft.parts):
        return Seen()
    return seen(session, about, lambda words: not watch.hits(words))


def _cared(
    session: Session, about: Case, draft: LetterDraft, watch: Watch, own: list[Fact]
) -> SeenMap:
    """Return the treatment map this reader may see, if the letter has a place for it.

    A stay that was taken out of the letter's table is taken out of the strip as well.
    """
    kinds = {part.kind for part in draft.parts}
    if PartKind.MAP not in kinds:
        return SeenMap()
    kept = {fact.about for fact in own} if PartKind.HISTORY in kinds else None
    return map_letter.seen(session, about, lambda words: not watch.hits(words), kept)


def _released(
    session: Session, about: Case, found: Findings, draft: LetterDraft, own: list[Fact]
) -> Released:
    """Make the letter. What the program says by itself rests on consents like any other line."""
    told = [*found.shared, *(fact.verdict for fact in own)]
    relied, typed = _relied_on(about, found, own), False
    if about.standing.part2:
        typed = (about.template.by_hand and not told) or own_words.typed(
            session, about, draft, found.shared, own
        )
        relied = _with_part2(about, relied) if typed else relied
    part2 = typed or any(each.part2 for each in told)
    notice = notice_for(
        provider_or_payer=about.standing.recipient.tpo or about.party.organisation_id is not None
    )
    return Released(
        warrant=WARRANT,
        letter=letter_sheet.sheet(session, about, draft, relied, notice if part2 else None),
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
        kind=letter_templates.of(session, about.template.code).title or about.template.name,
    )


def _with_part2(about: Case, relied: list[rules.Consent]) -> list[rules.Consent]:
    """Return what a letter with typed words rests on, where a Part 2 consent reaches its reader.

    Nobody can tell what typed words rest on, so they count as under Part 2 and go with its notice
    and the scope of that consent (42 CFR 2.32(a), (b)). A letter to a school has no such consent.
    """
    reaching = about.standing.part2
    if {consent.ref for consent in relied} & {consent.ref for consent in reaching}:
        return relied
    return _ordered([*relied, reaching[0]])


def _relied_on(about: Case, found: Findings, own: list[Fact]) -> list[rules.Consent]:
    """Return the consents the letter rests on, the one signed last first."""
    refs = {ref for line in found.shared for ref in line.consents}
    refs |= {ref for fact in own for ref in fact.verdict.consents}
    relied = [about.consents[ref] for ref in refs] or list(about.standing.ordinary[:1])
    return _ordered(relied)


def _ordered(relied: list[rules.Consent]) -> list[rules.Consent]:
    def signed(consent: rules.Consent) -> tuple[date, str]:
        return consent.signed_on or date.min, consent.ref

    return sorted(relied, key=signed, reverse=True)
