"""Scores of measures: kept, changed and taken away; drawn as a chart, of all or for one reader."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged, verdicts
from cmdesk.casework.fact import NAMED, Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.casework.stored import refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.measure import MeasureResult
from cmdesk.rules import consent as rules
from cmdesk.rules import known_day, measure_draft
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.chart import Chart, Score, Series, Span, figure
from cmdesk.rules.consent import Outcome
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.instruments import BY_CODE, INSTRUMENTS
from cmdesk.rules.letter import PartKind
from cmdesk.rules.measure_draft import MeasureForm, number
from cmdesk.rules.stay import Level, Stay
from cmdesk.rules.stay_parts import spans
from cmdesk.rules.topics import Topic

PLAIN: Final = ("instrument", "lower_is_better", "taken_on", "entry_id", "part2")
TYPED: Final = ("name", "reported_by", "family_line", "note")
ORDER: Final = {each.code: place for place, each in enumerate(INSTRUMENTS)}
HALF_A_YEAR: Final = timedelta(days=182)
SHORTEST: Final = timedelta(days=28)  # a chart of less would be a point


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One score as the chart lists it."""

    id: int
    form: MeasureForm
    name: str
    day: date
    score: float
    lower_is_better: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What one reader may see, and what it rests on."""

    chart: Chart | None = None
    facts: tuple[Fact, ...] = ()


def rows(session: Session, client_id: int) -> list[MeasureRow]:
    """Return the scores of a client, the newest first."""
    found = [_told(row) for row in _all(session, client_id)]
    return sorted(found, key=lambda row: (row.day, row.id), reverse=True)


def one(session: Session, measure_id: int) -> MeasureRow:
    """Return one score. Raises Problem if it is gone."""
    return _told(_row(session, measure_id))


def _all(session: Session, client_id: int) -> Sequence[MeasureResult]:
    own = merged.own_ids(session, client_id)
    query = select(MeasureResult).where(MeasureResult.client_id.in_(own))
    return session.scalars(query.order_by(MeasureResult.taken_on, MeasureResult.id)).all()


def _row(session: Session, measure_id: int) -> MeasureResult:
    row = session.get(MeasureResult, measure_id)
    if row is None:
        raise Problem("This score is no longer there.", "Close the dialog and look again.")
    return row


def _told(row: MeasureResult) -> MeasureRow:
    kept = {name: getattr(row, name) for name in (*PLAIN, *TYPED)}
    form = MeasureForm(
        **kept,
        score=figure(row.score),
        lowest=_typed(row.lowest),
        highest=_typed(row.highest),
        topics=tuple(row.topics),
        version=row.version,
    )
    return MeasureRow(row.id, form, _name(row), row.taken_on, row.score, row.lower_is_better)


def _typed(value: float | None) -> str:
    return "" if value is None else figure(value)


def _name(row: MeasureResult) -> str:
    known = BY_CODE.get(row.instrument)
    return known.name if known else row.name or row.instrument


def save(
    session: Session,
    client_id: int,
    form: MeasureForm,
    measure_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a score as typed, and throw the draft away; return its number.

    Raises Problem for a score outside of the measure's range, and for a day to come.
    """
    if wrong := measure_draft.faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), "Put it right and save again.")
    row = _row(session, measure_id) if measure_id else MeasureResult(client_id=client_id)
    if measure_id:
        refuse_changed(row.version, form.version, "score")
    for name in PLAIN:
        setattr(row, name, getattr(form, name))
    for name in TYPED:
        setattr(row, name, getattr(form, name).strip())
    row.score = number(form.score) or 0.0
    row.lowest, row.highest = measure_draft.limits(form)
    row.topics = list(form.topics)
    if known := BY_CODE.get(form.instrument):
        row.name, row.lower_is_better = known.name, known.lower_is_better
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def remove(session: Session, measure_id: int) -> None:
    """Take a score away, as one noted by mistake. Undo brings it back."""
    session.delete(_row(session, measure_id))
    session.flush()


def shown(session: Session, client_id: int, since: date | None = None) -> Chart:
    """Return all scores above the levels of care, up to today; `since` a day, or the first."""
    found, stays = _all(session, client_id), _spans(_stays(session, client_id))
    today = clock.today(session)
    return _chart(_series(found), stays, since, today)


def for_letter(session: Session, about: Case) -> Chart | None:
    """Return half a year as this reader may see it; nothing with less than two scores of one."""
    return seen(session, about).chart


def seen(session: Session, about: Case, bare: Callable[[str], bool] = bool) -> Seen:
    """Judge each score and stay, and draw what this reader may see of the last half year.

    A score is judged like a signed entry about progress, its own topics and those of its measure,
    with its own mark of Part 2; one without words for a letter is kept back, and so is one taken
    from an entry that is. A stay is judged as attendance and treatment. A measure whose name is not
    `bare` of what may not be said is left out.
    """
    since = about.last - HALF_A_YEAR
    facts: dict[str, Fact] = {}
    allowed = list[MeasureResult]()
    found = [row for row in _all(session, about.client_id) if since <= row.taken_on <= about.last]
    for row in _tellable(session, about, found):
        fact = _fact(about, f"score {row.id}", _topics(row), row.part2, row.family_line)
        if fact.allowed and fact.text and bare(_name(row)):
            facts[fact.about] = fact
            allowed.append(row)
    series = _series(allowed, words=False)
    if not any(len(each.scores) > 1 for each in series):
        return Seen()
    stays = list[tuple[Episode, list[LevelStay]]]()
    for episode, levels in _stays(session, about.client_id):
        stay = _fact(about, f"stay {episode.id}", NAMED, episode.part2, episode.level_of_care)
        if stay.allowed and stay.text and _end(episode, about.last) >= since:
            facts[stay.about] = stay
            stays.append((episode, levels))
    return Seen(_chart(series, _spans(stays), None, about.last), tuple(facts.values()))


def lines(session: Session, about: Case) -> list[Fact]:
    """Return the words for a letter of every score, judged for this reader as `seen` does."""
    found = _all(session, about.client_id)
    told = {row.id for row in _tellable(session, about, found)}
    made = list[Fact]()
    for row in found:
        if row.family_line:
            fact = _fact(about, f"score {row.id}", _topics(row), row.part2, row.family_line)
            made.append(fact if row.id in told else _held(fact))
    return made


def _held(fact: Fact) -> Fact:
    why = "Taken from an entry that is kept back"
    return replace(fact, verdict=replace(fact.verdict, outcome=Outcome.KEEP_BACK, why=why))


def _tellable(
    session: Session, about: Case, found: Sequence[MeasureResult]
) -> Iterator[MeasureResult]:
    """Leave out the scores whose entry is kept back from this reader, as the moves of goals are."""
    linked = sorted({row.entry_id for row in found if row.entry_id is not None})
    told = {
        number
        for number, _, entry in (verdicts.for_rules(session, linked) if linked else ())
        if rules.verdict(entry, about.standing).outcome is not Outcome.KEEP_BACK
    }
    yield from (row for row in found if row.entry_id is None or row.entry_id in told)


def _topics(row: MeasureResult) -> frozenset[Topic]:
    known = BY_CODE.get(row.instrument)
    own = known.topics if known else ()
    return frozenset({Topic.PROGRESS, *own, *verdicts.topics(row.topics)})


def _fact(about: Case, what: str, topics: frozenset[Topic], part2: str, text: str) -> Fact:
    return Fact(what, text, judged(about, topics, part2, text), PartKind.CHART)


def _chart(
    series: tuple[Series, ...], spans: tuple[Span, ...], since: date | None, last: date
) -> Chart:
    days = [score.day for each in series for score in each.scores]
    first = since or min([*days, last - SHORTEST])
    return Chart(first, last, series, spans)


def _series(found: Sequence[MeasureResult], *, words: bool = True) -> tuple[Series, ...]:
    """Put the scores of each measure together, the known ones first; `words` for their bands."""
    together: dict[tuple[int, str, str], list[MeasureResult]] = {}
    for row in found:
        place = ORDER.get(row.instrument, len(ORDER))
        together.setdefault((place, row.instrument, _name(row)), []).append(row)
    return tuple(_one(rows, words=words) for _, rows in sorted(together.items()))


def _one(found: list[MeasureResult], *, words: bool) -> Series:
    newest = found[-1]
    known = BY_CODE.get(newest.instrument)
    lowest = known.lowest if known and newest.lowest is None else newest.lowest
    highest = known.highest if known and newest.highest is None else newest.highest
    return Series(
        name=_name(newest),
        scores=tuple(Score(row.taken_on, row.score) for row in found),
        about=known.about if known else "",
        lower_is_better=newest.lower_is_better,
        lowest=lowest,
        highest=highest,
        marks=known.marks if known else (),
        stands=known.stands(newest.score) if known and words else "",
    )


def _stays(session: Session, client_id: int) -> list[tuple[Episode, list[LevelStay]]]:
    own = merged.own_ids(session, client_id)
    query = select(Episode).where(Episode.client_id.in_(own), Episode.admitted.is_not(None))
    episodes = session.scalars(query.order_by(Episode.admitted, Episode.id)).all()
    of = {episode.id: list[LevelStay]() for episode in episodes}
    levels = select(LevelStay).where(LevelStay.episode_id.in_(of), LevelStay.since.is_not(None))
    for level in session.scalars(levels.order_by(LevelStay.since)):
        of[level.episode_id].append(level)
    return [(episode, of[episode.id]) for episode in episodes]


def _end(episode: Episode, today: date) -> date:
    """Return the last day a stay may be told to have lasted; when nobody knows it, the first."""
    unknown = episode.admitted if episode.status == ENDED else None
    left = episode.discharged
    return known_day.last(left, episode.discharged_known) if left else unknown or today


def _spans(stays: Sequence[tuple[Episode, list[LevelStay]]]) -> tuple[Span, ...]:
    """Give the levels of each stay, where they are known by days, else the stay as a whole."""
    found = list[Span]()
    for episode, levels in stays:
        stay = Stay(
            id=episode.id,
            where="",
            level=episode.level_of_care,
            admitted=episode.admitted,
            left=episode.discharged,
            over=episode.status == ENDED,
            levels=tuple(Level(each.level_of_care, each.since, each.until) for each in levels),
            admitted_known=episode.admitted_known,
            left_known=episode.discharged_known,
        )
        found += [
            drawn for _, drawn in spans([stay], date.max, lambda code: LevelOfCare(code).label)
        ]
    return tuple(found)
