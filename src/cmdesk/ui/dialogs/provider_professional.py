"""A professional one refers to: new, or one there is."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import provider_edit
from cmdesk.rules import provider_draft
from cmdesk.rules.provider_codes import AgeGroup, Modality, ProviderRole, Treats
from cmdesk.rules.provider_draft import ProfessionalForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.code_chips import chips
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.choice import Choice

WIDE: Final = 680


class ProfessionalDialog(RecordSheet[ProfessionalForm]):
    """Signal `kept(int)`: the person stands under this number."""

    kept = Signal(int)

    def __init__(self, desk: Desk, person_id: int | None = None) -> None:
        tr = desk.words.tr
        key = f"professional:{person_id}" if person_id else "professional:new"
        title = tr("Professional") if person_id else tr("New professional")
        super().__init__(desk, title, key, width=WIDE)
        self._person_id = person_id
        self._asked = ("", "")
        self._alike: list[tuple[int, str]] = []
        self.who = Choice([(None, tr("Somebody new"))], tr("Who this is"))
        self.add(Section("", self._named()))
        self.add(Section(tr("Where"), self._where()))
        self.add(Section(tr("Care"), self._care()))
        self.add(Section(tr("Getting in"), self._getting_in()))
        self.add(Section(tr("Yours alone"), [form.paragraph("notes", tr("Your notes"), lines=3)]))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(
            desk.ask(provider_edit.professional, person_id) if person_id else ProfessionalForm()
        )

    def _named(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_

        def get() -> object:
            return self._person_id or self.who.value

        who = Bound("person_id", tr("On record"), self.who, get, self._choose, self.who.chosen)
        return [
            [form.line("given_name", tr("First name")), form.line("family_name", tr("Last name"))],
            [
                form.line("credentials", tr("Credentials")),
                form.choice("role", tr("Called in as"), options(tr, ProviderRole)),
            ],
            who,
        ]

    def _where(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [form.line("house", tr("Works at")), form.line("npi", tr("NPI"))],
            [
                form.line("street", tr("Street")),
                form.line("city", tr("City")),
                form.line("state", tr("State")),
                form.line("zip", tr("ZIP")),
            ],
            [
                form.line("phone", tr("Phone")),
                form.line("fax", tr("Fax")),
                form.line("email", tr("E-mail")),
            ],
        ]

    def _care(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            chips("treats", tr("Treats"), Treats, tr),
            chips("modalities", tr("Approach"), Modality, tr),
            chips("age_groups", tr("Ages"), AgeGroup, tr),
        ]

    def _getting_in(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.line(
                    "availability", tr("Opening or wait"), placeholder=tr("no wait, 2 weeks")
                ),
                form.line("fees", tr("Fees"), placeholder=tr("$250/session")),
            ],
            [
                form.line("plans", tr("Plans in network"), placeholder=tr("with commas")),
                form.line("telehealth_states", tr("Telehealth states"), placeholder=tr("NY, NJ")),
                form.line("languages", tr("Languages"), placeholder=tr("with commas")),
            ],
        ]

    def _choose(self, person_id: object) -> None:
        self.who.choose(person_id)

    def follow(self) -> None:
        """Offer who is on record under the name typed; nobody is put down twice."""
        draft = self.draft
        named = (draft.given_name.strip(), draft.family_name.strip())
        if named != self._asked and self._person_id is None:
            self._asked = named
            self._alike = self.desk.ask(provider_edit.namesakes, *named)
            first: list[tuple[object, str]] = [(None, self.tr_("Somebody new"))]
            self.who.offer([*first, *self._alike])
            if draft.person_id in {number for number, _ in self._alike}:
                self.who.choose(draft.person_id)
        self.field("person_id").setVisible(bool(self._alike))

    def faults(self) -> Mapping[str, str]:
        found = provider_draft.professional_faults(self.draft)
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        tr, new = self.tr_, self._person_id is None
        act = Act(tr("Add a provider") if new else tr("Edit a provider"))
        save, key = provider_edit.save_professional, self.keeper.key
        doing = self.desk.do(self, act, save, self.draft, new=new, draft_key=key)
        self.close_after(doing, self.save_button, tr("Provider saved"), then=self.kept.emit)


def open_professional(
    desk: Desk, window: QWidget, person_id: int | None = None
) -> ProfessionalDialog:
    """Open a professional over the window, or a new one; one that is open already is given."""
    standing = standing_open(window, ProfessionalDialog)
    if standing is not None:
        return standing
    dialog = ProfessionalDialog(desk, person_id)
    dialog.again = lambda desk, window: open_professional(desk, window, person_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("given_name").editor))
    return dialog
