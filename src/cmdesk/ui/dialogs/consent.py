"""One consent: what may be shared with whom, whether the form counts, and the way to end it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_form, consent_renewal, consents
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.codes import ConsentKind, Statement
from cmdesk.rules.topics import Topic
from cmdesk.rules.validity import SUBSTANCE_USE_FORMS
from cmdesk.store.journal import Label as Act
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent_fields import ConsentFields
from cmdesk.ui.dialogs.consent_foot import ConsentFoot
from cmdesk.ui.dialogs.consent_print import open_form
from cmdesk.ui.dialogs.consent_relied import ConsentRelied
from cmdesk.ui.dialogs.consent_topics import ConsentTopics
from cmdesk.ui.dialogs.consent_verdict import ConsentVerdict
from cmdesk.ui.dialogs.document import open_document
from cmdesk.ui.dialogs.form_file import Choose
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.handing import choose_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.text_edit import TextEdit

WIDE, LIST_WIDE = 896, 376


class ConsentDialog(Sheet):
    """A form as it is filled in; the rules say live whether it counts.

    `like` is an older consent that a new one is begun from.
    """

    def __init__(
        self,
        desk: Desk,
        client_id: int,
        consent_id: int | None,
        like: int | None = None,
        choose: Choose = choose_open,
    ) -> None:
        super().__init__(desk, desk.words.tr("Consent"), width=WIDE)
        self._client_id, self._consent_id, self._like = client_id, consent_id, like
        self._called, pronouns = desk.ask(consent_form.spoken_of, client_id)
        self.chip = Chip("")
        self.head.insertWidget(self.head.count() - 1, self.chip)
        self.back = DraftBack(self, desk.words)
        self.topics = ConsentTopics(self.tr_)
        look.hold_width(self.topics, LIST_WIDE)
        whole = self.lay(QWidget(), self.topics)
        self.relied = ConsentRelied(desk, client_id, choose)
        self.fields = ConsentFields(desk, client_id, choose)
        self.verdict = ConsentVerdict(desk, self._called, pronouns, self.chip)
        for part in (self.relied, self.fields, self._make_words()):
            whole.addWidget(part)
        self.pin(self.verdict)
        self.acts = ConsentFoot(desk, self, self._called)
        self.keeper = Keeper(desk, self, self._key(), self._body, lambda: client_id)
        self.closed.connect(self.keeper.keep_now)
        self._judging = QTimer(self, interval=0, singleShot=True)
        self._judging.timeout.connect(self._judge)
        desk.closing.connect(self._judging.stop)
        self.first: QWidget = self._begin()
        self._listen()

    def _make_words(self) -> Field:
        name = self.tr_("Words that go in every letter")
        self.words = TextEdit(name, lines=3, role="body")
        self.words.setReadOnly(True)
        self.words.setPlaceholderText(
            self.tr_("A form that does not count puts no words into letters.")
        )
        return Field(name, self.words)

    def _key(self) -> str:
        if self._consent_id is not None:
            return f"consent:{self._consent_id}"
        if self._like is not None:
            return f"consent:renew:{self._like}"
        return f"consent:new:{self._client_id}"

    @property
    def _reader(self) -> str:
        names = self.fields.readers.names
        return names[0].split(",")[0].split()[0] if names else self.tr_("them")

    @property
    def _ended(self) -> bool:
        if self._consent_id is None:
            return False
        return self.desk.ask(consent_form.ended, self._consent_id).on is not None

    def _begin(self) -> QWidget:
        """Show the form, or a new one, or what was typed before; answer where typing goes on."""
        draft = self.untouched = self._as_kept()
        kept = None if self._ended else self.keeper.kept()
        self.back.show(came=kept is not None)
        if kept is not None:
            version = draft.version
            draft = draft_of(dict(kept.body) | {"version": version}, draft)
            if kept.body.get("version") != version:
                changed = self.tr_("This consent was changed since you typed. Check it, then save.")
                self.say_trouble(changed)
        self._load(draft)
        if kept is not None:
            return self.keeper.place(self.fields.purpose)
        if self._consent_id is None and self._like is None:
            return self.fields.readers
        return next(iter(self.topics.checks.values()))

    def _as_kept(self) -> ConsentDraft:
        if self._consent_id is not None:
            return self.desk.ask(consents.draft, self._consent_id)
        if self._like is not None:
            return self.desk.ask(consent_renewal.renewal, self._like)
        return ConsentDraft(client_id=self._client_id)

    def _load(self, draft: ConsentDraft) -> None:
        self._loaded = draft
        self.fields.load(draft)
        self.topics.load(draft.topics, draft.kind)
        self._show_title()
        self._judge()

    def _listen(self) -> None:
        for part in (self.topics, self.fields, self.verdict):
            part.edited.connect(self._on_edited)
        self.fields.kind_changed.connect(self.topics.fit)
        self.fields.add_person.clicked.connect(self._on_person)
        for part in (self.fields, self.relied):
            part.failed.connect(self.say_failed)
            part.view_asked.connect(self._on_view)
        self.keeper.trouble.connect(self.say_trouble)
        self.back.start_over.connect(self._on_start_over)
        self.acts.save.connect(self.save)
        self.acts.print_form.connect(self._on_print)
        self.acts.renew.connect(self._on_renew)
        self.acts.end.connect(self.end_it)
        self.on_finish(self.save)

    @property
    def draft(self) -> ConsentDraft:
        """The form as it stands in the fields."""
        from_fields = self.fields.into(self._loaded)
        return draft_of({"topics": list(self.topics.codes)}, from_fields)

    @property
    def about(self) -> tuple[int, int | None, int | None]:
        """The client, the consent and the one renewed: enough to open it again."""
        return self._client_id, self._consent_id, self._like

    def _body(self) -> dict[str, Any]:
        return body_of(self.draft)

    def _on_edited(self) -> None:
        self.keeper.touch()
        self._show_title()
        self._judging.start()
        self.say_trouble("")

    def _show_title(self) -> None:
        names = [self.desk.privacy.name(name) for name in self.fields.readers.names]
        title = self.tr_("Consent: {client} lets you share with {readers}").format(
            client=self.desk.privacy.name(self._called),
            readers=self.desk.words.listed(names) if names else "\u2026",
        )
        self.title.setText(title)
        self.setAccessibleName(title)

    def _judge(self) -> None:
        """Say whether the form counts as it stands, and what letters would say of it."""
        draft, ended = self.draft, self._ended
        kind = ConsentKind(draft.kind)
        state = self.desk.ask(consents.state, draft)
        self.words.set_text("" if state.fault else state.words)
        self.fields.allow(editing=not ended)
        self.topics.setEnabled(not ended)
        protected = Topic.SUBSTANCE_USE in draft.topics and kind not in SUBSTANCE_USE_FORMS
        self.fields.warn_part2(unprotected=protected)
        if ended and self._consent_id is not None:
            told = self.desk.ask(consent_form.ended, self._consent_id)
            self.verdict.show_ended(told.how, self.desk.words.day(told.on) if told.on else "")
            self.relied.show_consent(self._consent_id)
        else:
            self.verdict.show_state(draft, state)
            rivals = self.desk.ask(consent_renewal.rivals, draft, self._consent_id)
            self.verdict.show_rivals(rivals)
            self.verdict.show_beyond(self._consent_id, draft)
        self.acts.show_state(
            saved=self._consent_id is not None,
            ended=ended,
            oral=kind is ConsentKind.ORAL,
            reader=self._reader,
        )

    def save(self) -> None:
        """Keep the form as it stands; one that is not valid yet shares nothing."""
        found = self.fields.faults()
        self.fields.show_faults(found)
        if found:
            self.go_to(self.fields.all_fields[next(iter(found))].editor)
            self.desk.say.announce(next(iter(found.values())), at_once=True)
            return
        if self._ended:
            return
        self.acts.saving.setEnabled(False)
        self._judge()
        self.desk.do(
            self,
            Act(self.tr_("Save a consent")),
            consent_form.keep,
            replace(self.draft, replaces=self.verdict.replaces),
            self._consent_id,
            self.keeper.key,
        ).then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.keeper.forget()
        self.desk.done(self.verdict.kept)
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.acts.saving.setEnabled(True)
        self.say_failed(error)

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self._load(self.untouched)
        self.say_trouble("")
        self.go_to(self.fields.readers.edit)

    def _on_person(self) -> None:
        person = open_person(self.desk, self, self._client_id)
        person.closed.connect(self.fields.add_person.look_again)

    def _on_view(self, document_id: int) -> None:
        open_document(self.desk, self, document_id)

    def _on_print(self) -> None:
        """Show the form to sign; it says all that a form must say, and that is noted here."""
        shown = open_form(self.desk, self, self.draft)
        self.fields.note_form(shown.form_id, tuple(statement.value for statement in Statement))

    def _on_renew(self) -> None:
        """Begin a new form like this one; the older goes on until the new one counts."""
        self.keeper.keep_now()
        window, desk, client, like = self.window(), self.desk, self._client_id, self._consent_id
        self.close_dialog()
        open_consent(desk, window, client, like=like)

    def end_it(self, how: str, by: str) -> None:
        """End the consent from now on; letters under way are judged again by what is recorded."""
        if self._consent_id is None:
            return
        act = Act(self.tr_("End a consent"), undoable=False)
        self.desk.do(self, act, consent_form.end, self._consent_id, how, by, self.keeper.key).then(
            self._on_ended
        ).otherwise(self._on_failed)

    def _on_ended(self, _nothing: None) -> None:
        """Stay, and show what relied on it."""
        self.keeper.forget()
        self.desk.done(self.tr_("Consent ended"))
        self.back.show(came=False)
        self._load(self._as_kept())
        self.relied.notice.attach.setFocus()
        self.middle.verticalScrollBar().setValue(0)


def open_consent(
    desk: Desk,
    parent: QWidget,
    client_id: int,
    consent_id: int | None = None,
    like: int | None = None,
    *,
    choose: Choose = choose_open,
) -> ConsentDialog:
    """Open a consent over the window `parent` is in; `like` begins a new one from an older."""
    standing = standing_open(parent, ConsentDialog)
    if standing is not None:
        return standing
    dialog = ConsentDialog(desk, client_id, consent_id, like, choose)
    dialog.again = lambda desk, parent: open_consent(desk, parent, client_id, consent_id, like)
    open_over(parent, dialog, dialog.first)
    return dialog
