"""A move: from where, to where, on which day, what goes along and what was agreed for the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts, parties, transition_begin, transition_edit, transition_plan
from cmdesk.casework.contacts import Someone
from cmdesk.casework.transition_begin import Stay
from cmdesk.rules import transition_draft
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.transition_codes import MoveKind
from cmdesk.rules.transition_draft import MoveForm
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.record_sheet import Section, options
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.widgets.label import Label

EACH: Final = 8  # programs offered for what is typed


class MoveDialog(MoveSheet[MoveForm]):
    """A new move, or one there is: then its day is moved elsewhere, since others move with it."""

    first = "to_words"

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        new = not wish.move_id
        title = tr("Plan a move") if new else tr("Edit the move")
        said = Said(tr("Plan a move"), tr("Move planned"))
        if not new:
            said = Said(tr("Edit a move"), tr("Move saved"))
        super().__init__(desk, title, "move", wish, said)
        key = f"move:new:{wish.client_id}" if new else f"move:{wish.move_id}"
        self.keeper.key = key
        self._stays = desk.ask(transition_begin.stays, wish.client_id)
        self._to_known = MoveForm()
        self.add(Section("", self._where(new=new)))
        self.add(Section(tr("Medicine for the way"), self._medicine()))
        self.unknown = Label("", "small", "warn", wrap=True)
        self.whole.addWidget(self.unknown)
        self.add(Section(tr("For the way"), self._way()))
        self.end(
            desk.ask(transition_begin.proposed, wish.client_id)
            if new
            else desk.ask(transition_plan.whole, wish.move_id).form
        )

    def _where(self, *, new: bool) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        stays: list[tuple[object, str]] = [(each.id, self._stay(each)) for each in self._stays]
        start = form.choice("from_episode_id", tr("From"), [(None, tr("No stay")), *stays])
        self.stay = form.choice(
            "to_episode_id", tr("To a stay there is"), [(None, tr("None")), *stays]
        )
        self.stay.edited.connect(self._on_stay)
        day = form.day("leaves_on", tr("Leaves on"), today, words.short_day)
        empty = tr("Not said")
        treated = form.choice("kind", tr("Treated there"), options(tr, MoveKind, empty=empty))
        hint = tr("Days 2, 7 and 30 after leaving are watched.")
        treated = Bound(
            *(treated.name, treated.label, treated.editor, treated.get, treated.set),
            *(treated.edited, hint),
        )
        return [
            start,
            self.stay,
            self._to(),
            [day, treated] if new else treated,
        ]

    def _to(self) -> Bound:
        """Bind a program of the directory, or words for what is none."""
        tr = self.tr_

        def find(text: str) -> Sequence[Someone]:
            return self.desk.ask(contacts.organisations, text)[:EACH]

        remove = tr("Remove {name}")
        self.to = PickField(find, tr("Home to her aunt"), many=False, remove=remove)
        self.to.picked.connect(self._on_house)

        def get() -> str:
            known = self._to_known
            same = self._house() is not None and self._house() == known.to_organisation_id
            return self.to.pending or (known.to_words if same else "")

        hint = tr("A program’s name is completed; any words will do.")
        label = tr("Or where to")
        return Bound("to_words", label, self.to, get, self.to.write, self.to.edited, hint)

    def _house(self) -> int | None:
        """Return the program chosen, none where words alone stand there."""
        return parties.parts_of(self.to.keys[0])[1] if self.to.keys else None

    @property
    def draft(self) -> MoveForm:
        return replace(super().draft, to_organisation_id=self._house())

    def load(self, draft: MoveForm) -> None:
        """Show a draft: a program stands there by the words one gave it, else by its name."""
        self._to_known = draft
        self.to.choose(())
        super().load(draft)
        if draft.to_organisation_id is not None:
            key = parties.organisation_key(draft.to_organisation_id)
            (known,) = self.desk.ask(contacts.named, [key])
            self.to.choose([Someone(key, draft.to_words or known.name)])

    def _on_stay(self, number: object) -> None:
        """Go where the stay is that was chosen."""
        house = next((stay.organisation_id for stay in self._stays if stay.id == number), None)
        if house is not None and house != self._house():
            self.to.choose(self.desk.ask(contacts.named, [parties.organisation_key(house)]))

    def _on_house(self) -> None:
        """Let go of a stay that is elsewhere than the program chosen."""
        stay = next((each for each in self._stays if each.id == self.stay.get()), None)
        if self._house() is not None and stay and stay.organisation_id != self._house():
            self.stay.set(None)

    def _stay(self, each: Stay) -> str:
        """Name a stay by its place, its level, and since when."""
        words, name = self.desk.words, self._veil.text
        level = LevelOfCare(each.level).label if each.level else ""
        since = words.month_day(each.admitted) if each.admitted else ""
        return ", ".join(part for part in (name(each.name), level, since) if part)

    def _medicine(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.line("medicine_days", tr("Days to take home"), placeholder=tr("12")),
                form.line("medicine_words", tr("Which, and who gives it")),
            ]
        ]

    def _way(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [form.line("travel", tr("Travel")), form.line("belongings", tr("Belongings"))],
            [
                form.line("school_work", tr("School or work")),
                form.line("phone_rules", tr("Phone and screens")),
            ],
            form.paragraph("risk_plan", tr("Risk plan"), lines=2),
            form.paragraph("family_plan", tr("Family plan"), lines=2),
            form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
        ]

    def faults(self) -> Mapping[str, str]:
        draft = self.draft
        came = next((s.admitted for s in self._stays if s.id == draft.from_episode_id), None)
        return self.translated(transition_draft.move_faults(draft, came))

    def follow(self) -> None:
        """Say at once when the days of medicine can't be counted: they stay a gap."""
        days = self.draft.medicine_days
        unread = transition_draft.days(days) is None
        words = self.tr_("Not a number of days: it stays unknown, and counts as a gap.")
        self.unknown.setText(words if unread and days.strip() else "")
        self.unknown.setVisible(unread and bool(days.strip()))

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        if self.wish.move_id:
            args = (self.wish.move_id, self.draft, self.keeper.key)
            return transition_edit.save, args
        return transition_begin.begin, (self.wish.client_id, self.draft, self.keeper.key)


def open_move(desk: Desk, window: QWidget, wish: Wish) -> MoveDialog:
    return open_part(desk, window, wish, MoveDialog)
