"""How a search is said: cards of the board, the next step, and what stands in a cell."""

from datetime import date

from cmdesk.casework.placement_candidates import Candidate
from cmdesk.rules.placement import Met, Need
from cmdesk.rules.placement_draft import SearchForm
from cmdesk.rules.placement_way import LONG_WAIT, Column, waited
from cmdesk.rules.placement_words import Finding
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.when import near_date
from cmdesk.ui.tokens import Ink
from cmdesk.words import N_, Words

GLYPHS: dict[Met, tuple[Icon, Ink]] = {
    Met.YES: (Icon.CHECK, "ok"),
    Met.NO: (Icon.X, "crit"),
    Met.UNKNOWN: (Icon.CIRCLE_QUESTION_MARK, "warn"),
}
SINCE = {
    ReferralState.CONTACTED: N_("asked {day}"),
    ReferralState.PACKET_SENT: N_("sent {day}"),
    ReferralState.WAITLISTED: N_("on the list since {day}"),
    ReferralState.UNDER_REVIEW: N_("since {day}"),
    ReferralState.ACCEPTED: N_("offered {day}"),
    ReferralState.FAMILY_DECIDES: N_("since {day}"),
    ReferralState.SCHEDULED: N_("admission set {day}"),
    ReferralState.ADMITTED: N_("admitted {day}"),
}
CALL = "call"  # the one next step that is told with its day


def subtitle(words: Words, form: SearchForm, today: date) -> str:
    """Say what is looked for, and by when."""
    by = words.tr("by {day}").format(day=near_date(words, form.by_on, today)) if form.by_on else ""
    return ", ".join(part for part in (form.looking_for, by) if part)


def card_lines(words: Words, each: Candidate, today: date) -> tuple[str, str, str]:
    """Give the small lines of a card: where and what last, how long or what is free, how far."""
    first, second = _last_and_next(words, each, today)
    return first, second, far(words, each) if each.going else ""


def _last_and_next(words: Words, each: Candidate, today: date) -> tuple[str, str]:
    state = ReferralState(each.state)
    where = each.known.state or each.known.city
    last = _last(words, each, state)
    first = " · ".join(part for part in (where, last) if part)
    days = waited(each.state, each.since, today)
    asked = each.column in (Column.ASKED, Column.RECORDS_SENT)
    if asked and days and state is not ReferralState.CONSIDERED:
        return first, words.ntr("Waiting {n} day", "Waiting {n} days", days).format(n=days)
    return first, "" if not each.going else each.form.availability


def _last(words: Words, each: Candidate, state: ReferralState) -> str:
    tr = words.tr
    if not each.going:
        return each.reason or tr(state.label).lower()
    if state is ReferralState.CONSIDERED:
        return tr("not asked yet")
    if each.column is Column.REVIEWING and each.form.next_step:
        day = words.weekday(each.form.next_on) if each.form.next_on else ""
        said = each.form.next_step
        return f"{said[:1].lower()}{said[1:]} {day}".strip()
    day = words.month_day(each.since) if each.since else ""
    return tr(SINCE.get(state, "{day}")).format(day=day).strip()


def long_wait(each: Candidate, today: date) -> bool:
    """Whether an answer is waited for so long that it is time to ask."""
    days = waited(each.state, each.since, today)
    considered = ReferralState(each.state) is ReferralState.CONSIDERED
    return not considered and days is not None and days >= LONG_WAIT


def late(each: Candidate, today: date) -> bool:
    """Whether the day of the next step has passed."""
    return each.going and each.form.next_on is not None and each.form.next_on < today


def next_step(words: Words, each: Candidate, needs: tuple[Need, ...]) -> str:
    """Say what is next with a program: what was noted, else a question, else the answer.

    Of one that took the client in nothing is asked any more: the search has come to its end.
    """
    tr, noted = words.tr, each.form.next_step.strip()
    if noted.casefold() == CALL and each.form.next_on:
        day = words.full_day(each.form.next_on).partition(",")[0]
        return tr("Log {day}’s call").format(day=day)
    if noted:
        return noted
    if ends(each):
        return tr("End the search")
    open_ones = zip(needs, each.findings, strict=True)
    ask = next((need.ask for need, found in open_ones if _to_ask(need, found)), "")
    return ask or tr(_usual(each))


def _usual(each: Candidate) -> str:
    if ReferralState(each.state) is ReferralState.CONSIDERED:
        return N_("Ask them")
    waits = each.column in (Column.RECORDS_SENT, Column.REVIEWING)
    return N_("Ask for an answer") if waits else N_("Follow up")


def ends(each: Candidate) -> bool:
    """Whether what is next with a program is that the search ends, and nothing else was noted."""
    return ReferralState(each.state) is ReferralState.ADMITTED and not each.form.next_step.strip()


def _to_ask(need: Need, found: Finding) -> bool:
    return need.must and found.met is Met.UNKNOWN


def found_words(words: Words, need: Need, found: Finding) -> str:
    """Give the words of a cell: never a blank, but the question to ask."""
    if found.words:
        return found.words
    return need.ask if found.met is Met.UNKNOWN else words.tr(found.met.label)


def stays(words: Words, each: Candidate) -> str:
    """Say how many of one’s own clients were placed there: people, not percentages."""
    placed, finished = each.known.stays
    tr = words.tr
    if not placed:
        return tr("None yet")
    if placed == 1:
        return tr("1 placed, finished") if finished else tr("1 placed")
    first = tr("{n} placed").format(n=placed)
    return tr("{placed}, {n} finished").format(placed=first, n=finished) if finished else first


def how_far(words: Words, each: Candidate) -> str:
    """Say how far a program is from the two places of a client, as far as it is known."""
    place, said = each.known.place, list[str]()
    if place.home is not None:
        from_where = each.known.around or words.tr("home")
        said.append(
            words.tr("{miles} from {place}").format(
                miles=_miles(words, place.home), place=from_where
            )
        )
    if place.here is not None:
        said.append(words.tr("{miles} from where they are").format(miles=_miles(words, place.here)))
    return ", ".join(said)


def _miles(words: Words, away: float) -> str:
    return words.ntr("{n} mile", "{n} miles", round(away)).format(n=f"{away:,.0f}")


def far(words: Words, each: Candidate) -> str:
    """Say the same in short, as a card has room for it."""
    place, tr = each.known.place, words.tr
    own = tr("{n} mi {place}").replace("{place}", each.known.around)
    ends = (
        (place.home, own if each.known.around else tr("{n} mi home")),
        (place.here, tr("{n} mi now")),
    )
    return " · ".join(said.format(n=f"{away:,.0f}") for away, said in ends if away is not None)


def musts(words: Words, each: Candidate) -> str:
    met, of = each.met
    return words.tr("{met} of {of} must-haves").format(met=met, of=of) if of else ""


def sentence(words: Words, each: Candidate, name: str, today: date) -> str:
    """Say a card in full, for who does not see it."""
    first, second = _last_and_next(words, each, today)
    away = how_far(words, each) if each.going else ""
    parts = [name, words.tr(each.column.label), first, second, away]
    if each.leading:
        parts.append(words.tr("Leading"))
    said = ". ".join(part for part in parts if part)
    return words.tr("{card}. Enter opens it, left and right move it.").format(card=said)
