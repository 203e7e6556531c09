"""Two relatives' letters side by side: what each gets of the same entries, and by which consent."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import begun, clock, facts, letter_drafts, parties, update_list, updates
from cmdesk.casework.fact import Fact
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.rules.consent import Consent, Outcome, Verdict
from cmdesk.rules.days import near

NOT_IN_IT: Final = "This kind of letter does not tell of it"
NOT_IN_THIS: Final = "An earlier letter was for it"  # and came too late for the other reader's


@dataclass(frozen=True, slots=True)
class Given:
    """What one reader gets. `consent` names what it rests on, in words; empty where nothing is.

    `written` is what stands in the letter that was begun, else None; there it may be edited.
    """

    outcome: Outcome
    text: str
    rule: int
    why: str
    consent: str = ""
    written: str | None = None

    @property
    def in_full(self) -> bool:
        return self.outcome is Outcome.SHARE and bool(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, or one line of the program's own, which has no number."""

    entry_id: int | None
    day: date | None
    first: Given
    second: Given

    @property
    def differs(self) -> bool:
        """Whether one of them gets other words, or the two letters as begun say it differently."""
        return _seen(self.first) != _seen(self.second)

    @property
    def by(self) -> tuple[str, ...]:
        """Return the consents that let out to one what the other does not get."""
        if not self.differs:
            return ()
        return tuple(dict.fromkeys(filter(None, (self.first.consent, self.second.consent))))


@dataclass(frozen=True, slots=True)
class Parity:
    """`no_consent` of each says why nothing may reach them; `begun` whether a draft is kept."""

    first: Party
    second: Party
    rows: tuple[Row, ...]
    begun: tuple[bool, bool] = (False, False)
    no_consent: tuple[str, str] = ("", "")

    @property
    def differing(self) -> int:
        return sum(row.differs for row in self.rows)


def _seen(given: Given) -> str:
    return given.text if given.written is None else given.written


def side_by_side(
    session: Session, client_id: int, first_key: str, second_key: str, first: date, last: date
) -> Parity:
    """Lay two readers' letters over one period side by side, entry by entry and line by line."""
    one, other = (
        _Side(session, updates.case(session, client_id, parties.of_key(session, key), first, last))
        for key in (first_key, second_key)
    )
    zone = clock.zone(session)
    both = sorted(
        (one.entries | other.entries).items(), key=lambda each: (each[1].occurred_at, each[0])
    )
    rows = [
        Row(number, row.occurred_at.astimezone(zone).date(), one.entry(number), other.entry(number))
        for number, row in both
    ]
    lines = dict.fromkeys((*one.facts, *other.facts))
    rows += [Row(None, None, one.line(key), other.line(key)) for key in lines]
    return Parity(
        one.about.party,
        other.about.party,
        tuple(rows),
        (one.letter is not None, other.letter is not None),
        (one.about.standing.no_consent or "", other.about.standing.no_consent or ""),
    )


class _Side:
    """One reader's half: the verdicts of the day, and the letter where one was begun."""

    def __init__(self, session: Session, about: Case) -> None:
        self.about = about
        self.entries = {row.entry_id: row for row in updates.judged(session, about, written=True)}
        self.facts: dict[str, list[Fact]] = {}
        for fact in facts.facts(session, about):
            if fact.offered and about.template.has(fact.part):
                self.facts.setdefault(fact.about, []).append(fact)
        key = update_list.draft_key(
            about.client_id, about.party.key, about.first, about.last, about.template.code
        )
        kept = letter_drafts.find(session, key)
        self.letter = begun.read(kept.body).letter if kept else None

    def entry(self, number: int) -> Given:
        if number not in self.entries:
            return Given(Outcome.KEEP_BACK, "", 0, NOT_IN_THIS)
        written = None
        if self.letter is not None:
            parts = (part.text for part in self.letter.passages if part.entry_id == number)
            written = "\n".join(parts)
        return self._given(self.entries[number].verdict, written)

    def line(self, about: str) -> Given:
        """Return the fuller line of the program's own that may be told, else why none may."""
        known = self.facts.get(about, [])
        fact = next((each for each in known if each.allowed), known[0] if known else None)
        if fact is None:
            return Given(Outcome.KEEP_BACK, "", 0, NOT_IN_IT)
        written = None
        if self.letter is not None and fact.allowed:
            written = fact.text if fact.told(self.letter) else ""
        given = self._given(fact.verdict, written)
        return replace(given, text=fact.text) if fact.allowed else given

    def _given(self, verdict: Verdict, written: str | None) -> Given:
        consent = self.about.consents.get(verdict.consent or "")
        return Given(
            verdict.outcome,
            verdict.text or "",
            verdict.rule,
            verdict.why,
            named(consent, self.about) if consent else "",
            written,
        )


def named(consent: Consent, about: Case) -> str:
    """Name a consent as a list does: its kind, for whom, and when it was signed."""
    words = f"{consent.kind.label}, {about.party.called}"
    return f"{words}, {near(consent.signed_on, about.on)}" if consent.signed_on else words


__all__ = ["Given", "Parity", "Row", "named", "side_by_side"]
