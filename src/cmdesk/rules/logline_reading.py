"""A log line half read: what stands in it so far."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from cmdesk.rules.logline_names import Names
from cmdesk.rules.logline_parts import Choice, Choosing, Part, Span, Word
from cmdesk.rules.logline_when import contact_doubt, said_day, said_time


def _day_and_time(value: Any) -> tuple[date | None, time | None]:
    """Take the value of a WHEN span apart."""
    return value


def settled(span: Span, reading: "Reading") -> Span:
    """Word the chips of day and time, now that both are known."""
    if span.part is not Part.WHEN:
        return span
    own_day, own_at = _day_and_time(span.value)
    day, at = reading.moment
    both = day is None or own_day is not None
    words = [said_day(day or reading.now.date(), reading.now.date())] if both else []
    words += [said_time(own_at)] if own_at else []
    return replace(span, said=", ".join(words), doubt=contact_doubt(day, at, reading.now))


@dataclass(slots=True)
class Reading:
    """A line half read."""

    words: list[Word]
    now: datetime
    known: Names
    chart: str | None  # the client of the chart it is typed in
    client: str | None  # the one it is taken to be about
    picked: Choosing
    cores: list[str] = field(init=False)
    spans: list[Span] = field(default_factory=list[Span])
    values: dict[Part, list[Any]] = field(default_factory=dict[Part, list[Any]])
    choices: list[Choice] = field(default_factory=list[Choice])

    def __post_init__(self) -> None:
        self.cores = [word.core for word in self.words]

    def value(self, part: Part) -> Any:
        return next(iter(self.values.get(part, [])), None)

    @property
    def moment(self) -> tuple[date | None, time | None]:
        """The day and the time read so far."""
        read = [_day_and_time(value) for value in self.values.get(Part.WHEN, [])]
        return (
            next((day for day, _ in read if day), None),
            next((at for _, at in read if at), None),
        )

    @property
    def amid_text(self) -> bool:
        return bool(self.spans) and self.spans[-1].part is Part.TEXT


__all__ = ["Reading", "settled"]
