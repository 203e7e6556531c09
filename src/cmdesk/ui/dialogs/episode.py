"""One stay: where and when, its levels of care, how it ended, and what bore on how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import episodes
from cmdesk.rules import episode_draft, known_day
from cmdesk.rules.care_codes import AdmissionType, DischargeReason
from cmdesk.rules.care_event_codes import InCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.episode_draft import EpisodeForm
from cmdesk.rules.provider_codes import Treats
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import episode_fields as own
from cmdesk.ui.dialogs.coverage_forms import count
from cmdesk.ui.dialogs.coverage_words import stay_of
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.known_date_field import KnownDateField
from cmdesk.ui.widgets.label import Label

WIDE: Final = 760


class EpisodeDialog(RecordSheet[EpisodeForm]):
    """A new stay, or one there is; ours, or one before us."""

    def __init__(self, desk: Desk, client_id: int, episode_id: int | None) -> None:
        tr = desk.words.tr
        key = f"episode:{episode_id}" if episode_id else f"episode:new:{client_id}"
        title = tr("Stay") if episode_id else tr("New stay")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._episode_id = client_id, episode_id
        self._asked: EpisodeForm | None = None  # whose overlap was asked about already
        self._days: EpisodeForm | None = None  # whose overlap stands at the first day
        self._over = ""  # that overlap, in words
        ask = desk.ask
        saved = ask(episodes.read, episode_id) if episode_id else ask(episodes.begun, client_id)
        self._first_day, self._last_day = (
            KnownDateField(desk.today, show=desk.words.short_day, example=tr("Mar 2021 or 2018"))
            for _ in range(2)
        )
        self._proposed = saved.where  # the program whose mark of Part 2 was proposed
        self._people = ask(episodes.people, client_id, saved.provider_id)
        self.add(Section("", self._place()))
        self.add(Section(tr("Levels inside this stay"), [own.levels(desk)]))
        self._ended_head = Label(tr("How it ended"), "strong")
        self.whole.addWidget(self._ended_head)
        self.ended = self.add(Section("", self._end()))
        self.add(Section(tr("What it was about"), self._about()))
        self.add(Section(tr("Around it"), self._around()))
        self.away = Button(tr("Take stay away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if episode_id else (), self.save_button, self.save)
        self.begin(saved)

    def _place(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        name = self.desk.privacy.name
        people = [(number, name(each.full)) for number, each in self._people]
        return [
            [
                own.where(self.desk),
                form.choice("provider_id", tr("With whom"), [(None, tr("Not said")), *people]),
            ],
            [
                form.choice("level_of_care", tr("Level of care"), own.levels_of_care(tr)),
                form.choice(
                    "admission_type",
                    tr("How it began"),
                    options(tr, AdmissionType, empty="Not known"),
                ),
            ],
            [
                own.known_day("admitted", tr("First day"), self._first_day),
                form.day("planned_discharge", tr("Leaves on"), today, words.short_day),
                own.known_day("discharged", tr("Last day"), self._last_day),
                count(self.desk, "planned_days", tr("Days planned")),
            ],
            [
                form.tick("over", tr("It ended, on a day not known")),
                form.tick("historical", tr("Before we began")),
            ],
        ]

    def _end(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.choice(
                    "discharge_reason",
                    tr("Why it ended"),
                    options(tr, DischargeReason, empty="Not said"),
                ),
                form.line("discharge_type", tr("In the program’s words")),
                form.line("destination", tr("Went to")),
            ],
            form.tick("against_advice", tr("Against advice")),
            [
                form.choice(
                    "in_care_at_90", tr("90 days later"), options(tr, InCare, empty="Not known")
                ),
                form.line("later", tr("Where then"), placeholder=tr("Back in residential")),
            ],
            form.paragraph("outcome", tr("How it went"), lines=2),
            form.paragraph("lessons", tr("What it taught"), lines=2),
        ]

    def _about(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.line("reason", tr("Why they came")),
            own.ticks("presentation", tr("Came with"), list(Treats), tr),
            own.factors(tr("What bore on how it went"), tr),
        ]

    def _around(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.line("clinicians", tr("Who treated them")),
                form.line("my_role", tr("My part in it")),
            ],
            [
                form.line("payer", tr("Paid by")),
                form.line("cost", tr("Cost"), placeholder="$41,500"),
                form.line("source", tr("Known from"), placeholder=tr("her mother")),
            ],
            form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
        ]

    @property
    def draft(self) -> EpisodeForm:
        """What stands in the fields, with how exactly its days are known."""
        return replace(
            super().draft,
            admitted_known=self._first_day.known.value,
            discharged_known=self._last_day.known.value,
        )

    def load(self, draft: EpisodeForm) -> None:
        self._first_day.known = known_day.of(draft.admitted_known)
        self._last_day.known = known_day.of(draft.discharged_known)
        super().load(draft)

    def faults(self) -> Mapping[str, str]:
        found = episode_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        """Ask how it ended once it did, and propose the mark a program under Part 2 brings."""
        typed = self.draft
        ended = bool(typed.discharged or typed.over or typed.discharge_reason)
        for part in (self._ended_head, self.ended):
            part.setVisible(ended or bool(typed.outcome or typed.lessons))
        if typed.where != self._proposed and typed.part2 == Part2.UNKNOWN:
            self._proposed = typed.where
            mark = self.desk.ask(episodes.under_part2, typed.where)
            if mark:
                self.propose("part2", mark.value)
        self._tell_overlap(typed)

    def _tell_overlap(self, typed: EpisodeForm) -> None:
        """Say at the first day which stay this one lies over, once both days are typed."""
        days = episode_draft.days_of(typed)
        if days != self._days:
            self._days = days
            known = typed.admitted and (typed.discharged or typed.planned_discharge)
            self._over = self._overlap(typed) if known else ""
            self.field("admitted").say_hint(self._over)
            if self._over:
                self.desk.say.announce(self._over)
        self._warn()

    def _warn(self) -> None:
        """Show the overlap as a warning, where no fault stands in its place."""
        field = self.field("admitted")
        if self._over and not field.fault:
            field.remark.say(self._over, "warn", Icon.TRIANGLE_ALERT)

    def _overlap(self, typed: EpisodeForm) -> str:
        args = self._client_id, typed, self._episode_id
        found = self.desk.ask(episodes.clashes, *args)
        said = self.tr_("This lies over {stay}.")
        return said.format(stay=stay_of(self.desk.words, found[0])) if found else ""

    def check(self) -> bool:
        """Say what is wrong; what is merely odd about the first day stays said."""
        sound = super().check()
        self._warn()
        return sound

    def propose(self, name: str, value: object) -> None:
        """Show a value the user may change."""
        for each, names in self.forms:
            if name in names:
                each.bound(name).set(value)

    def save(self) -> None:
        """Keep the stay; one that lies over another by day and night is asked about first."""
        if not self.ready(self.save_button):
            return
        typed = self.draft
        if typed != self._asked and (said := self._overlap(typed)):
            self._asked = typed
            self._over = said  # that of a stay whose last day isn’t known is said only now
            self.field("admitted").say_hint(said)
            self._warn()
            self.go_to(self.field("admitted").editor)
            self.say_trouble(self.tr_("Save again if both are right."))
            return
        act = Act(self.tr_("Save a stay"))
        args = (self._client_id, typed, self._episode_id, self.keeper.key)
        doing = self.desk.do(self, act, episodes.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Stay saved"))

    def _take_away(self) -> None:
        if self._episode_id is None:
            return
        act = Act(self.tr_("Take a stay away"))
        doing = self.desk.do(self, act, episodes.take_away, self._episode_id)
        self.close_after(doing, self.away, self.tr_("Stay taken away"), saved=False)


def open_episode(
    desk: Desk, window: QWidget, client_id: int, episode_id: int | None = None
) -> EpisodeDialog:
    """Open a stay over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, EpisodeDialog)
    if standing is not None:
        return standing
    dialog = EpisodeDialog(desk, client_id, episode_id)
    dialog.again = lambda desk, window: open_episode(desk, window, client_id, episode_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("where").editor))
    return dialog
