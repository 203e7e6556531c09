"""One score of a measure: which, how high, on which day, and what a letter may say of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import goals, measures
from cmdesk.casework.goals import Contact
from cmdesk.rules import measure_draft
from cmdesk.rules.chart import figure
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.instruments import BY_CODE, INSTRUMENTS, OTHER, Instrument
from cmdesk.rules.measure_draft import MeasureForm
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button

WIDE: Final = 600
WORDS: Final = 48  # characters of a contact's words in the list
OF_ONES_OWN: Final = ("name", "lowest", "highest", "lower_is_better")


class MeasureDialog(RecordSheet[MeasureForm]):
    """A new score, or one there is."""

    def __init__(self, desk: Desk, client_id: int, measure_id: int | None) -> None:
        tr = desk.words.tr
        key = f"measure:{measure_id}" if measure_id else f"measure:new:{client_id}"
        title = tr("Score") if measure_id else tr("Add a measure")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._measure_id, self._veil = client_id, measure_id, Veil(desk)
        self.add(Section("", self._what()))
        self.add(Section(tr("What a letter may say"), self._told()))
        self.away = Button(tr("Take score away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if measure_id else (), self.save_button, self.save)
        begun = MeasureForm(taken_on=desk.today())
        self.begin(desk.ask(measures.one, measure_id).form if measure_id else begun)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        known: list[tuple[object, str]] = [(each.code, self._named(each)) for each in INSTRUMENTS]
        contacts: list[tuple[object, str]] = [
            (each.entry_id, self._contact(each))
            for each in self.desk.ask(goals.contacts, self._client_id)
        ]
        return [
            form.choice("instrument", tr("Measure"), [*known, (OTHER, tr("Another one"))]),
            [
                form.line("name", tr("Its name")),
                form.line("lowest", tr("Lowest score")),
                form.line("highest", tr("Highest score")),
            ],
            form.tick("lower_is_better", tr("Lower is better")),
            [
                form.line("score", tr("Score")),
                form.day("taken_on", tr("Taken on"), today, words.short_day),
                form.line("reported_by", tr("Told by"), placeholder=tr("the program")),
            ],
            form.choice("entry_id", tr("It came up in"), [(None, tr("No contact")), *contacts]),
            form.paragraph("note", tr("Note"), lines=2),
        ]

    def _told(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        hint = tr("Without words it stands in no letter and no chart of one.")
        chips = TopicChips(tr("Topics"), tr, [topic.value for topic in Topic])

        def get() -> tuple[str, ...]:
            return chips.codes

        return [
            form.line("family_line", tr("In plain words"), hint=hint),
            Bound("topics", "", chips, get, chips.pick, chips.edited),
            form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
        ]

    def _named(self, each: Instrument) -> str:
        """Name a measure with what it counts and its range."""
        tr = self.tr_
        between = tr("{low} to {high}").format(low=figure(each.lowest), high=figure(each.highest))
        return f"{tr(each.name)}, {tr(each.about)} ({between})"

    def _contact(self, each: Contact) -> str:
        """Name a contact by its day and how it begins."""
        day = self.desk.words.near_day(each.day, self.desk.today())
        begun = " ".join(self._veil.text(each.text).split())
        short = f"{begun[:WORDS].rstrip()} …" if len(begun) > WORDS else begun
        return f"{day}: {short}" if short else day

    def follow(self) -> None:
        """Ask for a name and a range only of a measure of one's own."""
        known = BY_CODE.get(self.draft.instrument)
        for name in OF_ONES_OWN:
            self.field(name).setVisible(known is None)

    def faults(self) -> Mapping[str, str]:
        found = measure_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Note a score"))
        args = (self._client_id, self.draft, self._measure_id, self.keeper.key)
        doing = self.desk.do(self, act, measures.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Score noted"))

    def _take_away(self) -> None:
        if self._measure_id is None:
            return
        act = Act(self.tr_("Take a score away"))
        doing = self.desk.do(self, act, measures.remove, self._measure_id)
        self.close_after(doing, self.away, self.tr_("Score taken away"), saved=False)


def open_measure(
    desk: Desk, window: QWidget, client_id: int, measure_id: int | None = None
) -> MeasureDialog:
    """Open a score over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, MeasureDialog)
    if standing is not None:
        return standing
    dialog = MeasureDialog(desk, client_id, measure_id)
    dialog.again = lambda desk, window: open_measure(desk, window, client_id, measure_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("score").editor))
    return dialog
