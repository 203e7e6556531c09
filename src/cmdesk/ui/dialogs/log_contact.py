"""Log a contact: fields, what happened, what may be said of it, and who may see it."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import audience, contacts, drafts
from cmdesk.rules.log import LogDraft, faults, unfinished
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.contact_fields import ContactFields, fresh
from cmdesk.ui.dialogs.follow_up import FollowUp
from cmdesk.ui.dialogs.keeping import Caret, Editor, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.dialogs.wording import Wording
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit

WIDE = 824
FINAL = "Signing is final: after it, the entry takes addenda and new wording only."


class LogDialog(Sheet):
    """One contact, new or not signed yet. What is typed is a draft in the vault at all times."""

    def __init__(self, desk: Desk, client_id: int | None, entry_id: int | None) -> None:
        title = desk.words.tr("Log a contact" if entry_id is None else "Go on with this entry")
        super().__init__(desk, title, width=WIDE)
        self._entry_id, self._client_id = entry_id, client_id
        content = QWidget()
        whole = self.lay(content)
        self.contact = ContactFields(desk)
        self.narrative = TextEdit(self.tr_("What happened"), lines=3)
        self.narrative_field = Field(self.tr_("What happened"), self.narrative)
        self.wording = Wording(desk, desk.ask(contacts.usual_topics, client_id))
        self.follow_up = FollowUp(desk.words, desk.today)
        for part in (self.contact, self.narrative_field, self.wording, self.follow_up):
            whole.addWidget(part)
        editors: dict[str, Editor] = {
            "minutes": self.contact.minutes,
            "day": self.contact.day,
            "at": self.contact.at,
            "narrative": self.narrative,
            "family_line": self.wording.family_line,
            "short_line": self.wording.short_line,
            "follow_up": self.follow_up.what,
        }
        self._caret = Caret(editors, "narrative")
        self._faulty = self._asked_to_sign = False
        self._make_head()
        self._make_foot()
        key = f"entry:{entry_id}" if entry_id is not None else f"entry:new:{client_id or 'none'}"
        self.keeper = Keeper(desk, self, key, self._body, lambda: self.contact.client_id)
        self.keeper.told.connect(self._on_kept)
        self.closed.connect(self.keeper.keep_now)
        self._judging = QTimer(self, interval=0, singleShot=True)
        self._judging.timeout.connect(self._judge)
        desk.closing.connect(self._judging.stop)
        self.first = self._begin()
        self._listen()

    @property
    def about(self) -> tuple[int | None, int | None]:
        """The client and the entry it was opened for: enough to open it again."""
        return self._client_id, self._entry_id

    def _make_head(self) -> None:
        self._restored = Label("", "small", "text2")
        self.start_over = Button(self.tr_("Start over"), "link", size="small")
        self.start_over.clicked.connect(self._on_start_over)
        place = self.head.count() - 1
        self.head.insertWidget(place, self._restored)
        self.head.insertWidget(place + 1, self.start_over)

    def _make_foot(self) -> None:
        tr = self.tr_
        self.foot.setSpacing(6)
        self.foot.addWidget(Glyph(Icon.CIRCLE_CHECK, "text2", 14))
        self._kept = Label(tr("Kept as a draft while you type"), "small", "text2", wrap=True)
        self.foot.addWidget(self._kept, 1, Qt.AlignmentFlag.AlignVCenter)
        self.cancel = Button(tr("Cancel"), "plain", keys="Esc")
        self.another = Button(tr("Save and log another"))
        self.unsigned = Button(tr("Save unsigned"))
        self.sign = Button(tr("Sign and save"), "primary", keys="Ctrl+Return")
        self.sign.setToolTip(tr(FINAL))
        self.sign.setAccessibleDescription(tr(FINAL))
        self.another.setToolTip(tr("Kept unsigned. Sign it from the log."))
        for button in (self.cancel, self.another, self.unsigned, self.sign):
            self.foot.addWidget(button)
        self.another.setVisible(self._entry_id is None)

    def _listen(self) -> None:
        self.contact.about.connect(self._on_about)
        for part in (self.contact, self.wording, self.follow_up, self.narrative):
            part.edited.connect(self._on_edited)
        # Only these two can change a verdict; the rest must not cost a key its speed.
        for part in (self.contact, self.wording):
            part.edited.connect(self._judging.start)
        self.cancel.clicked.connect(self.close_dialog)
        self.unsigned.clicked.connect(partial(self.save, sign=False))
        self.another.clicked.connect(partial(self.save, sign=False, again=True))
        self.sign.clicked.connect(partial(self.save, sign=True))
        self.on_finish(partial(self.save, sign=True))
        self.desk.changed.connect(self._on_changed)

    def _begin(self) -> QWidget:
        """Show the entry, or a new one, or what was typed before; answer where typing goes on."""
        draft = fresh(self.desk.ask(contacts.now), self._client_id)
        if self._entry_id is not None:
            draft = self.desk.ask(contacts.opened, self._entry_id).draft
        kept = self.desk.ask(drafts.find, self.keeper.key)
        self._restored.setVisible(kept is not None)
        self.start_over.setVisible(kept is not None)
        self._untouched = draft
        if kept is None:
            self.load(draft)
            return self.contact.people if draft.client_id else self.contact.client
        self.load(draft_of(kept.body, draft))
        self._restored.setText(self.tr_("Your draft is back"))
        if self._client_id is not None and self.contact.client_id != self._client_id:
            words = self.tr_("Your draft was about {name}.").format(name=self.contact.client_name)
            self.contact.fields["client"].remark.say(words, "warn", Icon.TRIANGLE_ALERT)
        return self._caret.put(kept.body)

    def load(self, draft: LogDraft) -> None:
        """Show a draft. Silent: this is not the user's doing."""
        self._loaded = draft
        self.contact.load(draft)
        self.narrative.set_text(draft.narrative)
        self.wording.load(draft)
        self.follow_up.load(draft.follow_up, draft.follow_up_on)
        self._show_faults({})
        self._judge()

    @property
    def draft(self) -> LogDraft:
        """The contact as it stands in the fields."""
        typed = replace(
            self._loaded,
            narrative=self.narrative.text(),
            follow_up=self.follow_up.text,
            follow_up_on=self.follow_up.due,
        )
        return self.wording.into(self.contact.into(typed))

    def _body(self) -> dict[str, Any]:
        return body_of(self.draft) | self._caret.where()

    def _on_edited(self) -> None:
        self.keeper.touch()
        if self._faulty:
            self._show_faults(self._faults(sign=self._asked_to_sign))

    def _on_about(self) -> None:
        self.wording.forget_marks()

    def _on_changed(self, change: Any) -> None:
        """Judge again when a consent has changed meanwhile."""
        if change.touches("consent", "consent_recipient", "restriction", "restriction_recipient"):
            self._judging.start()

    def _judge(self) -> None:
        self.contact.propose_part2(self.desk.ask(contacts.proposed_part2, self.draft))
        draft = self.draft
        seen = self.desk.ask(audience.preview, draft, self._entry_id)
        self.wording.show_seen(seen, client=draft.client_id is not None)

    def _faults(self, *, sign: bool) -> dict[str, str]:
        now = self.desk.ask(contacts.now)
        found = unfinished(self.draft, now=now) if sign else faults(self.draft, now=now)
        found |= self.contact.own_faults()
        if self.follow_up.fault:
            found["follow_up_on"] = self.follow_up.fault
        return found

    def _show_faults(self, found: dict[str, str]) -> None:
        self._faulty = bool(found)
        words = {name: self.tr_(text) for name, text in found.items()}
        self.contact.show_faults(words)
        self.narrative_field.say_fault(words.get("narrative", ""))
        self.wording.show_faults(words)
        self.follow_up.field.say_fault(words.get("follow_up", ""))
        if words.get("follow_up_on"):
            self.follow_up.when_field.say_fault(words["follow_up_on"])

    def _first_faulty(self, found: dict[str, str]) -> QWidget:
        places: dict[str, QWidget] = {
            name: self.contact.editor(name) for name in self.contact.fields
        }
        places |= {
            "narrative": self.narrative,
            "short_topics": self.wording.short_line,
            "follow_up": self.follow_up.what,
            "follow_up_on": self.follow_up.day,
        }
        return next((places[name] for name in places if name in found), self.narrative)

    def save(self, *, sign: bool, again: bool = False) -> None:
        """Save, if nothing is missing; the dialog stays until that has worked."""
        self._asked_to_sign = sign
        found = self._faults(sign=sign)
        self._show_faults(found)
        if found:
            self.go_to(self._first_faulty(found))
            self.desk.say.announce(next(iter(found.values())), at_once=True)
            return
        self._allow(saving=False)
        words = self.tr_("Sign a contact") if sign else self.tr_("Log a contact")
        self.desk.do(
            self,
            Act(words, undoable=not sign, kind="sign" if sign else "write"),
            contacts.keep,
            self.draft,
            self._entry_id,
            self.keeper.key,
            sign=sign,
        ).then(partial(self._on_saved, sign=sign, again=again)).otherwise(self._on_failed)

    def _on_saved(self, _number: int, *, sign: bool, again: bool) -> None:
        self.keeper.forget()
        name = self.desk.privacy.name(self.contact.client_name)
        done = self.tr_("Signed for {name}") if sign else self.tr_("Kept unsigned for {name}")
        self.desk.done(done.format(name=name))
        if not again:
            self.close_dialog()
            return
        self._allow(saving=True)
        self._untouched = fresh(self.desk.ask(contacts.now), self.contact.client_id)
        self.load(self._untouched)
        self.go_to(self.contact.people)

    def _on_failed(self, error: BaseException) -> None:
        self._allow(saving=True)
        self.say_failed(error)

    def _allow(self, *, saving: bool) -> None:
        for button in (self.another, self.unsigned, self.sign):
            button.setEnabled(saving)

    def _on_kept(self, trouble: str) -> None:
        kept = self.tr_("Kept as a draft while you type")
        self._kept.setText(self.tr_("Not kept yet: {why}").format(why=trouble) if trouble else kept)
        self._kept.set_ink("crit" if trouble else "text2")

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self._restored.hide()
        self.start_over.hide()
        self.load(self._untouched)
        self.go_to(self.contact.people if self.contact.client_id else self.contact.client)


def open_log(
    desk: Desk, parent: QWidget, client_id: int | None = None, entry_id: int | None = None
) -> Sheet:
    """Open the log over the window `parent` is in, for a new contact or an entry of the log."""
    standing = standing_open(parent, LogDialog)
    if standing is not None:
        return standing
    if entry_id is not None:
        entry = desk.ask(contacts.opened, entry_id)
        if entry.signed:
            signed = SignedEntry(desk, entry_id, entry)
            open_over(parent, signed, signed.first)
            return signed
    dialog = LogDialog(desk, client_id, entry_id)
    open_over(parent, dialog, dialog.first)
    return dialog
