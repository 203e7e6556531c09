"""One person of a client's circle: who they are, how to reach them, and what they may decide."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk.casework import clients, directory, people
from cmdesk.casework.contacts import Someone
from cmdesk.rules.people_draft import PersonDraft
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.merge import open_merge_people
from cmdesk.ui.dialogs.person_kept import body_of, draft_of
from cmdesk.ui.dialogs.person_parts import PersonParts
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import EDGE, open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

WIDE: Final = 896
SETTLED: Final = 250  # milliseconds after a key until somebody alike is looked for


class PersonDialog(Sheet):
    """Someone as typed in; one save keeps all of it, and undo takes all of it back."""

    hides_names = True

    def __init__(self, desk: Desk, client_id: int, person_id: int | None) -> None:
        super().__init__(desk, "", width=WIDE)
        self._client_id, self._opened_for = client_id, person_id
        self.again = partial(open_person, client_id=client_id, person_id=person_id)
        self._called = desk.ask(clients.head, client_id).name.called
        self._alike: Someone | None = None
        loaded = desk.ask(people.draft, client_id, person_id)
        self.warning = Note("", "crit")
        self.parts = PersonParts(desk, loaded, self._called)
        self._lay_out()
        self._make_foot()
        key = f"person:{client_id}:{person_id or 'new'}"
        self.keeper = Keeper(desk, self, key, self._body, lambda: client_id)
        self.closed.connect(self.keeper.keep_now)
        self.back = DraftBack(self, desk.words)
        self._settling = QTimer(self, interval=SETTLED, singleShot=True)
        self._settling.timeout.connect(self._look_for_others)
        desk.closing.connect(self._settling.stop)
        self._begin(loaded)
        self._listen()

    def _lay_out(self) -> None:
        tr = self.tr_
        whole = self.lay(QWidget())
        whole.addWidget(self.warning)
        self.known = PickField(self._find, tr("Name or number"), many=False)
        hint = tr("Someone you know already keeps their numbers and papers.")
        self.known_field = Field(tr("From the directory"), self.known, hint=hint)
        whole.addWidget(self.known_field)
        whole.addWidget(self.parts)
        self.alike = Note("", "warn", icon=Icon.USERS)
        self.use = Button(tr("Use this person"), size="small")
        self.alike.add_button(self.use)
        # In sight whatever is scrolled, and of no height while there is nobody alike.
        self._alike_box = QWidget()
        inside = column(self._alike_box)
        inside.setContentsMargins(EDGE, 0, EDGE, 12)
        inside.addWidget(self.alike)
        self.body.addWidget(self._alike_box)
        self._alike_box.hide()

    def _make_foot(self) -> None:
        tr = self.tr_
        self.remove = Button(tr("Remove from circle"), "danger")
        self.told = Label("", "small", "text2", wrap=True)
        self.cancel = Button(tr("Cancel"), "plain", keys="Esc")
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.merge = Button(tr("Merge …"), "link")
        self.merge.setAccessibleDescription(tr("Two records that are the same person"))
        self.foot.addWidget(self.remove)
        self.foot.addWidget(self.merge)
        self.merge.setVisible(self._opened_for is not None)
        self.foot.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save_button)

    def _listen(self) -> None:
        self.parts.edited.connect(self._on_edited)
        self.known.picked.connect(self._on_known)
        self.use.clicked.connect(self._on_use)
        self.keeper.trouble.connect(self.say_trouble)
        self.back.start_over.connect(self.start_over)
        self.remove.clicked.connect(self.take_out)
        self.merge.clicked.connect(self.ask_merge)
        self.cancel.clicked.connect(self.close_dialog)
        self.save_button.clicked.connect(self.save)
        self.on_finish(self.save)
        self.desk.privacy.changed.connect(self._on_privacy)

    def ask_merge(self) -> None:
        """Leave what is typed as a draft, and lay another record beside this one."""
        window = self.window()
        self.close_dialog()
        if self._opened_for is not None:
            open_merge_people(self.desk, window, self._opened_for)

    def _begin(self, loaded: PersonDraft) -> None:
        """Show the person, or what was typed before."""
        kept = self.keeper.kept()
        typed = loaded
        if kept is not None:
            typed = draft_of(kept.body, loaded)
            if typed.person_id != loaded.person_id:
                loaded = self.desk.ask(people.draft, self._client_id, typed.person_id)
            typed = replace(typed, own=loaded.own, version=loaded.version)
            changed = bool(loaded.version) and kept.body.get("version") != loaded.version
            if changed:
                self.say_trouble(
                    self.tr_("This person was changed since you typed. Check it, then save.")
                )
        self.back.show(came=kept is not None)
        self._show(typed)

    def _show(self, draft: PersonDraft) -> None:
        self._loaded = draft
        self.parts.load(draft)
        new = draft.person_id is None
        self.known_field.setVisible(new)
        self._alike_box.hide()
        warned = "" if new else self.desk.ask(people.warned, self._client_id, draft.person_id or 0)
        self.warning.say(warned)
        self.warning.setVisible(bool(warned))
        self.remove.setVisible(any(tie.id and tie.until is None for tie in draft.ties))
        self._show_title()

    def _show_title(self) -> None:
        draft, privacy = self.draft, self.desk.privacy
        name = draft.preferred_name.strip() or draft.given_name.strip()
        full = f"{name} {draft.family_name.strip()}".strip()
        client = privacy.name(self._called)
        title = self.tr_("Add someone to {client}’s circle").format(client=client)
        if draft.own:
            title = privacy.name(full)
        elif draft.person_id is not None or full:
            title = self.tr_("{person} in {client}’s life").format(
                person=privacy.name(full), client=client
            )
        self.title.setText(title)
        self.setAccessibleName(title)

    @property
    def first(self) -> QWidget:
        """Where typing goes."""
        return self.parts.who.first if self.draft.person_id else self.known

    @property
    def draft(self) -> PersonDraft:
        """The person as it stands in the fields."""
        return self.parts.into(self._loaded)

    def _body(self) -> dict[str, Any]:
        return body_of(self.draft)

    def _on_edited(self) -> None:
        self.keeper.touch()
        self._show_title()
        self.say_trouble("")
        self._settling.start()

    def _find(self, text: str) -> Sequence[Someone]:
        return self._shown(self.desk.ask(directory.find, self._client_id, text))

    def _shown(self, found: Sequence[Someone]) -> list[Someone]:
        if not self.desk.privacy.hidden:
            return list(found)
        return [Someone(each.key, self.desk.privacy.name(each.name)) for each in found]

    def _look_for_others(self) -> None:
        """Look whether someone of this name or number is there, before there are two of them."""
        draft = self.draft
        if draft.person_id is None:
            self.desk.fetch(self, directory.alike, draft).then(self._say_alike)

    def _say_alike(self, people_found: Sequence[Someone]) -> None:
        found = self._shown(people_found) if self.draft.person_id is None else []
        self._alike = found[0] if found else None
        if self._alike:
            words = self.tr_("{name} is in the directory already.").format(name=self._alike.name)
            detail = f" {self._alike.detail}." if self._alike.detail else ""
            self.alike.say(words + detail)
        self._alike_box.setVisible(bool(found))

    def _on_known(self) -> None:
        if self.known.keys:
            self._become(int(self.known.keys[0][1:]))

    def _on_use(self) -> None:
        if self._alike is not None:
            self._become(int(self._alike.key[1:]))

    def _become(self, person_id: int) -> None:
        """Go on with someone known; the place typed in for them stays, if they have none yet."""
        typed = self.draft
        known = self.desk.ask(people.draft, self._client_id, person_id)
        placed = any(tie.id for tie in known.ties)
        self._show(known if placed else replace(known, ties=typed.ties, after_id=typed.after_id))
        self.keeper.touch()
        self.go_to(self.parts.who.first)

    def start_over(self) -> None:
        """Throw away what was typed; the person as saved comes back."""
        self.keeper.throw_away()
        self.back.show(came=False)
        self.say_trouble("")
        self._show(self.desk.ask(people.draft, self._client_id, self._opened_for))

    def save(self) -> None:
        """Keep everything, or go to the first field that can't be kept."""
        if not self.save_button.isEnabled():
            return
        if not self.parts.check():
            focus = QApplication.focusWidget()
            if focus is not None:
                self.go_to(focus)
                self.desk.say.announce(focus.accessibleDescription(), at_once=True)
            return
        self.save_button.setEnabled(False)
        act = Act(self.tr_("Save a person"))
        self.desk.do(self, act, people.keep, self.draft, self.keeper.key).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.keeper.forget()
        draft = self.draft
        name = draft.preferred_name or draft.given_name or draft.family_name
        words = self.tr_("{name} saved") if self._opened_for else self.tr_("{name} added")
        self.desk.done(words.format(name=self.desk.privacy.name(name.strip())))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)

    def take_out(self) -> None:
        """End their place in this client's life; one step, which undo takes back."""
        if self._loaded.person_id is None:
            return
        self.remove.setEnabled(False)
        act = Act(self.tr_("Remove from circle"))
        who = (self._client_id, self._loaded.person_id, self.keeper.key)
        self.desk.do(self, act, people.remove, *who).then(self._on_removed).otherwise(
            self._on_not_removed
        )

    def _on_removed(self, _nothing: None) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Removed from the circle. The log stays."))
        self.close_dialog()

    def _on_not_removed(self, error: BaseException) -> None:
        self.remove.setEnabled(True)
        self.say_failed(error)

    def _on_privacy(self) -> None:
        self._show_title()
        self._look_for_others()


def open_person(
    desk: Desk, parent: QWidget, client_id: int, person_id: int | None = None
) -> PersonDialog:
    """Open someone of a client's circle over the window `parent` is in; None adds someone."""
    standing = standing_open(parent, PersonDialog)
    if standing is not None:
        return standing
    dialog = PersonDialog(desk, client_id, person_id)
    dialog.again = lambda desk, parent: open_person(desk, parent, client_id, person_id)
    open_over(parent, dialog, dialog.keeper.place(dialog.first))
    return dialog
