"""How one's own clients fared at a place: people in initials, days and ends, no percentages."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from cmdesk.casework import own_results
from cmdesk.casework.own_results import Results
from cmdesk.rules import asam
from cmdesk.rules import own_results as rules
from cmdesk.rules.care_codes import DischargeReason
from cmdesk.rules.own_results import HANDFUL, At90, Later, Result
from cmdesk.rules.provider_codes import Treats
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.card import Card, column, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_

HEADS: Final = (
    N_("Person"), N_("Came with"), N_("Stayed"), N_("How it ended"), N_("90 days later"),
)  # fmt: skip
SHARES: Final = (14, 24, 13, 19, 30)  # of the width, as drawn
ENDS: Final = {
    DischargeReason.TREATMENT_COMPLETED: N_("Finished"),
    DischargeReason.LEFT_AGAINST_ADVICE: N_("Left early"),
    DischargeReason.TRANSFERRED_TO_ANOTHER_LEVEL: N_("Went on to other care"),
}
NUMBERS: Final = (
    *(N_("Two"), N_("Three"), N_("Four"), N_("Five")),
    *(N_("Six"), N_("Seven"), N_("Eight"), N_("Nine")),
)
MARKS: Final[dict[Later, tuple[Icon, Ink]]] = {
    Later.IN_CARE: (Icon.CIRCLE_CHECK, "ok"),
    Later.BACK: (Icon.CIRCLE_ALERT, "warn"),
    Later.NOT_IN_CARE: (Icon.CIRCLE_ALERT, "warn"),
    Later.NOT_YET: (Icon.CIRCLE_QUESTION_MARK, "text3"),
    Later.UNKNOWN: (Icon.CIRCLE_QUESTION_MARK, "text3"),
}


class ResultsCard(QWidget):
    """Shows a provider's results, for those like one client or for all of one's own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        self._asked: tuple[int, int | None] | None = None
        self._whole = column(self)
        self.card: Card | None = None
        desk.privacy.changed.connect(self._again)

    def show_results(self, organisation_id: int, client_id: int | None = None) -> None:
        """Show how clients fared at a provider; those like this client, without her, or all."""
        self._asked = (organisation_id, client_id)
        found = self._desk.ask(own_results.results, organisation_id, client_id)
        if self.card is not None:
            self.card.hide()
            self.card.setParent(None)
            self.card.deleteLater()
        self.card = self._make(found)
        self._whole.addWidget(self.card)

    def _again(self) -> None:
        if self._asked is not None:
            self.show_results(*self._asked)

    def _make(self, found: Results) -> Card:
        tr = self._desk.words.tr
        name = self._desk.privacy.name(found.called) if found.called else ""
        title = tr("Your clients like {name} here") if name else tr("Your clients here")
        card = Card(title.format(name=name), tone="sunken")
        card.head.addWidget(Label(self._about(found), "small", "text2", elide=True))
        card.head.addSpacing(8)
        if not found.people:
            card.body.addWidget(Label(self._nobody(found), "body", "text2", wrap=True))
            return card
        card.body.addLayout(self._figures(found))
        card.body.addLayout(self._table(found))
        if foot := self._foot(found):
            card.body.addWidget(Label(foot, "small", "text2", wrap=True))
        return card

    def _about(self, found: Results) -> str:
        """Say whom they are like: `18 to 26, mood and substance use`."""
        words = self._desk.words
        band = words.tr(found.band.label).partition(", ")[2] if found.band else ""
        if found.band and not band:
            band = words.tr(found.band.label).lower()
        kinds = [code for code in Treats if code.value in rules.broad(found.presentation)]
        troubles = words.listed([words.tr(code.label).lower() for code in kinds])
        return ", ".join(filter(None, (band, troubles)))

    def _nobody(self, found: Results) -> str:
        words = self._desk.words
        if found.here_now:
            one, many = "{n} is there now, none has left.", "{n} are there now, none has left."
            said = words.ntr(one, many, found.here_now)
            return said.format(n=found.here_now)
        if not found.called:
            return words.tr("None of your clients has left it yet.")
        return words.tr("Nobody like that has left it yet.")

    def _figures(self, found: Results) -> QHBoxLayout:
        words, tally = self._desk.words, rules.tally(found.people)
        of = words.tr("{n} of {of}")
        figures = [
            (of.format(n=tally.finished, of=tally.ended), words.tr("finished"), tally.ended),
            (
                of.format(n=tally.in_care, of=tally.told),
                words.tr("still in care at 90 days"),
                tally.told,
            ),
        ]
        across = row(gap=24)
        for value, what, known in figures:
            unknown = tally.people - known
            said = f"{what}, {words.tr('{n} not known').format(n=unknown)}" if unknown else what
            across.addLayout(self._figure(value if known else words.tr("Not known"), said))
        if tally.middle is not None:
            days = words.ntr("{n} day", "{n} days", tally.middle).format(n=tally.middle)
            across.addLayout(self._figure(days, words.tr("middle length of stay")))
        across.addStretch(1)
        return across

    def _figure(self, value: str, what: str) -> QHBoxLayout:
        made, lines = row(), column()
        lines.addWidget(Label(value, "title"))
        lines.addWidget(Label(what, "small", "text2"))
        made.addLayout(lines)
        return made

    def _table(self, found: Results) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (head, share) in enumerate(zip(HEADS, SHARES, strict=True)):
            grid.addWidget(Label(self._desk.words.tr(head), "small", "text2"), 0, place)
            grid.setColumnStretch(place, share)
        for number, each in enumerate(found.people):
            grid.addWidget(line(), 2 * number + 1, 0, 1, len(HEADS))
            self._put(grid, 2 * number + 2, each)
        grid.addWidget(line(), 2 * len(found.people) + 1, 0, 1, len(HEADS))
        return grid

    def _put(self, grid: QGridLayout, at: int, each: Result) -> None:
        words = self._desk.words
        who = f"{each.initials}, {each.age}" if each.age is not None else each.initials
        came = [words.tr(Treats(code).label) for code in each.came_with]
        with_ = ", ".join([*came[:1], *(word[:1].lower() + word[1:] for word in came[1:])])
        long = (
            words.ntr("{n} day", "{n} days", each.days).format(n=each.days)
            if each.days is not None
            else words.tr("Not known")
        )
        cells = (who, with_ or words.tr("Not known"), long, self._ended(each.ended))
        for place, cell in enumerate(cells):
            grid.addWidget(
                Label(cell, "body" if place else "strong", elide=True, least=40), at, place
            )
        grid.addWidget(self._later(each.at_90), at, len(cells))

    def _ended(self, ended: str) -> str:
        if not ended:
            return self._desk.words.tr("Not known")
        reason = DischargeReason(ended)
        return self._desk.words.tr(ENDS.get(reason, reason.label))

    def _later(self, each: At90) -> QWidget:
        icon, ink = MARKS[each.state]
        made = QWidget()
        across = row(made, gap=6)
        across.addWidget(Glyph(icon, ink, 14), 0, Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(Label(self._said(each), "body", ink, elide=True, least=60), 1)
        return made

    def _said(self, each: At90) -> str:
        words = self._desk.words
        if each.state is Later.BACK:
            back = words.tr("Back in {level}").format(level=self._level(each.level))
            return self._veil.text(each.words) or back
        said = {
            Later.IN_CARE: words.tr("Still in care"),
            Later.NOT_IN_CARE: words.tr("Not in care"),
            Later.NOT_YET: words.tr("90 days not over"),
            Later.UNKNOWN: words.tr("Not known"),
        }
        return said[each.state]

    def _level(self, code: str) -> str:
        """Name a level inside a sentence: `residential`, `inpatient psychiatric`."""
        if not code:
            return self._desk.words.tr("other care")
        first = asam.told(code, self._desk.words).partition(" (")[0]
        plain = first.rstrip("0123456789. ")
        return plain if plain.isupper() else plain[:1].lower() + plain[1:]

    def _foot(self, found: Results) -> str:
        tr, count = self._desk.words.tr, len(found.people)
        if count >= HANDFUL:
            return ""
        if count == 1:
            return tr("One person is a story, not a statistic. Read it.")
        said = tr("{number} people is a handful, not a statistic. Read the stories.")
        return said.format(number=tr(NUMBERS[count - 2]))


__all__ = ["ResultsCard"]
