"""The sections of the circle editor, each with its heading."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.casework import contacts, people
from cmdesk.rules import plain_email as warnings
from cmdesk.rules.people_draft import (
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import person_forms
from cmdesk.ui.dialogs.form_rows import FormRows
from cmdesk.ui.form import Form
from cmdesk.ui.widgets.card import column, line
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label

NAMES: Final = ("given_name", "middle_name", "family_name", "preferred_name")


class PersonParts(QWidget):
    """Signal `edited()` by the user."""

    edited = Signal()

    def __init__(self, desk: Desk, draft: PersonDraft, called: str) -> None:
        """Build the sections for one person; `called` is the client's name."""
        super().__init__()
        self._desk, self._client_id, self._called = desk, draft.client_id, called
        self._tr, self._filling = desk.words.tr, False
        self._meet(draft)
        self.who = person_forms.who(desk, draft.language)
        self.order = person_forms.order(desk, self._places)
        self._make_lists()
        self.lists: dict[str, FormRows[Any]] = {
            "ties": self.ties,
            "points": self.points,
            "authorities": self.authorities,
            "plain_emails": self.plain_emails,
            "relations": self.relations,
        }
        self._lay_out()
        for part in (self.who, self.order, *self.lists.values()):
            part.edited.connect(self.edited)
        self.points.grown.connect(self._fit)
        self.relations.grown.connect(self._on_privacy)
        self.plain_emails.grown.connect(self._on_privacy)
        desk.privacy.changed.connect(self._on_privacy)

    def _make_lists(self) -> None:
        tr, desk = self._tr, self._desk
        self.ties: FormRows[TieDraft] = FormRows(
            partial(person_forms.tie, desk),
            TieDraft,
            add=tr("Another relationship"),
            remove=tr("Remove this relationship"),
            stays=lambda tie: tie.id is not None,
            least=1,
        )
        self.points: FormRows[PointDraft] = FormRows(
            partial(person_forms.point, desk),
            PointDraft,
            add=tr("Add a number or address"),
            remove=tr("Remove this number or address"),
        )
        self.authorities: FormRows[AuthorityDraft] = FormRows(
            partial(person_forms.authority, desk, self._client_id),
            AuthorityDraft,
            add=tr("Add a legal authority"),
            remove=tr("Remove this authority"),
        )
        self.plain_emails: FormRows[PlainEmailDraft] = FormRows(
            partial(person_forms.plain_email, desk),
            self._new_wish,
            add=tr("Add a warned wish"),
            remove=tr("Remove this wish"),
            stays=lambda wish: wish.id is not None,
        )
        self.relations: FormRows[RelationDraft] = FormRows(
            lambda: person_forms.relation(desk, self._others, lambda: self._person_id),
            RelationDraft,
            add=tr("Add how they stand to someone"),
            remove=tr("Remove this relation"),
        )

    def _lay_out(self) -> None:
        tr = self._tr
        whole = column(self, gap=12)
        self._of_others: list[QWidget] = []
        life = tr("In {name}’s life").format(name=self._desk.privacy.name(self._called))
        self._life = Label(life, "strong")
        self.caution = Label("", "small", "text2", wrap=True)
        sections: tuple[tuple[Label, tuple[QWidget, ...], bool], ...] = (
            (Label(tr("Who"), "strong"), (self.who,), True),
            (self._life, (self.ties, self.order), False),
            (Label(tr("How to reach"), "strong"), (self.points,), True),
            (Label(tr("What they may decide"), "strong"), (self.authorities,), False),
            (Label(tr("Plain e-mail"), "strong"), (self.caution, self.plain_emails), False),
            (Label(tr("To each other"), "strong"), (self.relations,), False),
        )
        for number, (heading, widgets, always) in enumerate(sections):
            section = QWidget()
            inside = column(section, gap=8)
            if number:
                inside.addWidget(line())
                inside.addSpacing(4)
            inside.addWidget(heading)
            for widget in widgets:
                inside.addWidget(widget)
            whole.addWidget(section)
            if not always:
                self._of_others.append(section)

    def _new_wish(self) -> PlainEmailDraft:
        """Begin with the words in use, and the address known."""
        mails = [each.value for each in self.points.drafts if each.kind == "e_mail"]
        version = warnings.CURRENT.version
        return PlainEmailDraft(address=mails[0] if mails else "", warning_version=version)

    def _meet(self, draft: PersonDraft) -> None:
        """Ask once who else is in the circle."""
        self._loaded, self._person_id = draft, draft.person_id
        self._rest = self._desk.ask(people.others, self._client_id, self._person_id)

    def _others(self) -> Sequence[tuple[object, str]]:
        """Name the rest of the circle, and those a relation is kept to who have left it."""
        desk = self._desk
        names = {number: name.full for number, name in self._rest}
        for each in self._loaded.relations:
            if each.other_id is not None and each.other_id not in names:
                names[each.other_id] = desk.ask(contacts.named, [f"p{each.other_id}"])[0].name
        return [(number, desk.privacy.name(name)) for number, name in names.items()]

    def _places(self) -> Sequence[tuple[object, str]]:
        after, desk = self._tr("After {name}"), self._desk
        return [
            (None, self._tr("First")),
            *((each, after.format(name=desk.privacy.name(name.full))) for each, name in self._rest),
        ]

    def load(self, draft: PersonDraft) -> None:
        """Show someone. Silent: this is not the user's doing."""
        self._meet(draft)
        self._filling = True
        self._offer(self.who, "language", person_forms.languages(self._desk, draft.language))
        self.who.load(draft)
        self._offer(self.order, "after_id", self._places())
        self.order.load(draft)
        for name, rows in self.lists.items():
            rows.load(getattr(draft, name))
        self._filling = False
        for section in self._of_others:
            section.setVisible(not draft.own)
        self._fit()
        self._say_warning()

    def into(self, draft: PersonDraft) -> PersonDraft:
        """Give the draft with what stands in these fields."""
        who = self.who.draft
        lists: dict[str, Any] = {name: rows.drafts for name, rows in self.lists.items()}
        kept = {name: getattr(draft, name) for name in ("client_id", "person_id", "own", "version")}
        return replace(who, after_id=self.order.draft.after_id, **kept, **lists)

    def check(self) -> bool:
        """Show every fault and go to the first; true when there is none."""
        forms: list[Form[Any]] = [self.who, self.order]
        for rows in self.lists.values():
            forms += rows.forms
        # From the last to the first: each goes to its own first fault.
        sound = [form.check() for form in reversed(forms)]
        return all(sound)

    def _say_warning(self) -> None:
        """Show the words to read out: those of the wish kept, else those in use."""
        known = [warnings.warning(each.warning_version) for each in self._loaded.plain_emails]
        found = next((each for each in known if each), warnings.CURRENT)
        say = self._tr("Read out or show: “{words}”").format(words=self._tr(found.text))
        goes_first = self._tr("A wish accepted here goes before “Locked only” above.")
        self.caution.setText(f"{say} {goes_first}")

    def _fit(self) -> None:
        for form in self.points.forms:
            person_forms.fit_point(form)
        self._on_privacy()

    def _offer(self, form: Form[Any], name: str, options: Sequence[tuple[object, str]]) -> None:
        editor = form.field(name).editor
        if isinstance(editor, Choice):
            editor.offer(options)

    def _on_privacy(self) -> None:
        """Hide names, numbers and addresses where they are typed, and where they are offered."""
        if self._filling:
            return
        hidden = self._desk.privacy.hidden
        edits = [self.who.field(name).editor for name in NAMES]
        edits += [form.field("value").editor for form in self.points.forms]
        edits += [form.field("address").editor for form in self.plain_emails.forms]
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        for edit in edits:
            if isinstance(edit, QLineEdit):
                edit.setEchoMode(mode)
        name = self._desk.privacy.name(self._called)
        self._life.setText(self._tr("In {name}’s life").format(name=name))
        self._offer(self.order, "after_id", self._places())
        for form in self.relations.forms:
            none: tuple[object, str] = (None, self._tr("Choose"))
            self._offer(form, "other_id", [none, *self._others()])
