"""One of two records that may be one person: what tells it from the other."""

from cmdesk.casework.merge_view import Side, Tie
from cmdesk.rules.codes import ClientStatus, Relationship
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.card import Card, column
from cmdesk.ui.widgets.label import Label


class SideCard(Card):
    """The name, and below it birth, status, numbers, ties and what is counted."""

    def __init__(self, desk: Desk, side: Side, *, charts: bool) -> None:
        super().__init__()
        self._desk, self._charts = desk, charts
        lines = column(gap=4)
        lines.addWidget(Label(desk.privacy.name(side.name.full), "strong", wrap=True))
        for text in self._facts(side):
            lines.addWidget(Label(text, "small", "text2", wrap=True))
        lines.addStretch(1)
        self.body.addLayout(lines)

    def _facts(self, side: Side) -> list[str]:
        tr, words = self._desk.words.tr, self._desk.words
        born = tr("Born {day}").format(day=words.short_day(side.born)) if side.born else ""
        status = tr(ClientStatus(side.status).label) if side.status else tr("Not a client")
        counted = words.ntr("{n} contact logged", "{n} contacts logged", side.entries)
        held = words.ntr("{n} consent in force", "{n} consents in force", side.consents)
        return [
            born or tr("Birth date not recorded"),
            status,
            *side.reach[:3],
            *(self._tie(tie) for tie in side.ties[:5]),
            counted.format(n=side.entries),
            held.format(n=side.consents),
        ]

    def _tie(self, tie: Tie) -> str:
        tr = self._desk.words.tr
        name = self._desk.privacy.name(tie.client.full)
        word = Relationship(tie.relationship).label if tie.relationship else ""
        if not word:
            return name
        if self._charts:
            return f"{name}, {tr(word).lower()}"
        return tr("{tie} of {name}").format(tie=tr(word), name=name)
