"""One consent: what may be shared with whom, whether the form counts, and the way to end it."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_form, consents, drafts
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.codes import ConsentKind, RevokedHow
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent_fields import ConsentFields
from cmdesk.ui.dialogs.consent_topics import ConsentTopics
from cmdesk.ui.dialogs.form_file import Choose
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.handing import choose_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.text_edit import TextEdit

WIDE, LIST_WIDE = 896, 376
SOON: Final = 30  # days before its end a consent is shown as ending


class ConsentDialog(Sheet):
    """A form as it is filled in; the rules say live whether it counts."""

    def __init__(
        self, desk: Desk, client_id: int, consent_id: int | None, choose: Choose = choose_open
    ) -> None:
        super().__init__(desk, desk.words.tr("Consent"), width=WIDE)
        self._client_id, self._consent_id = client_id, consent_id
        self._called, self._pronouns = desk.ask(consent_form.spoken_of, client_id)
        self.chip = Chip("")
        self.head.insertWidget(self.head.count() - 1, self.chip)
        self.topics = ConsentTopics(self.tr_)
        self.topics.setFixedWidth(look.px(LIST_WIDE))
        whole = self.lay(QWidget(), self.topics)
        self.fields = ConsentFields(desk, client_id, choose)
        whole.addWidget(self.fields)
        self.state = Note("")
        self.words = TextEdit(self.tr_("Words that go in every letter"), lines=3, role="body")
        self.words.setReadOnly(True)
        self.words.setPlaceholderText(
            self.tr_("A form that does not count puts no words into letters.")
        )
        whole.addWidget(Field(self.tr_("Words that go in every letter"), self.words))
        self.pin(self.state)
        self._make_foot()
        key = f"consent:{consent_id}" if consent_id else f"consent:new:{client_id}"
        self.keeper = Keeper(desk, self, key, self._body, lambda: client_id)
        self.closed.connect(self.keeper.keep_now)
        self._judging = QTimer(self, interval=0, singleShot=True)
        self._judging.timeout.connect(self._judge)
        desk.closing.connect(self._judging.stop)
        self._begin()
        self._listen()

    def _make_foot(self) -> None:
        tr = self.tr_
        self.end = Button(tr("End this consent"), "danger")
        self.told = Label("", "small", "text2", wrap=True)
        self.by_word = Button(tr("By word"), "danger")
        self.in_writing = Button(tr("In writing"), "danger")
        self.go_back = Button(tr("Go back"), "plain")
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self.end)
        self.foot.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.go_back, self.by_word, self.in_writing, self.save_button):
            self.foot.addWidget(button)
        self._ask_how(asking=False)

    def _ask_how(self, *, asking: bool) -> None:
        """Turn the foot into the one question, or back. Ending can't be undone, and it says so."""
        tr = self.tr_
        ended = self._ended
        self.end.setVisible(self._consent_id is not None and not asking and not ended)
        self.save_button.setVisible(not asking and not ended)
        for button in (self.by_word, self.in_writing, self.go_back):
            button.setVisible(asking)
        effect = tr("Ending it takes effect at once. Drafts for {name} are checked again.")
        question = tr("How did {name} end it? It ends at once, and this can\u2019t be undone.")
        words = question.format(name=self._called) if asking else effect.format(name=self._reader)
        shown = asking or (self._consent_id is not None and not ended)
        self.told.setText(words if shown else "")

    @property
    def _reader(self) -> str:
        names = self.fields.readers.names
        return names[0].split(",")[0].split()[0] if names else self.tr_("them")

    @property
    def _ended(self) -> bool:
        if self._consent_id is None:
            return False
        return self.desk.ask(consent_form.ended, self._consent_id).on is not None

    def _begin(self) -> None:
        """Show the form, or a new one, or what was typed before."""
        draft = ConsentDraft(client_id=self._client_id)
        if self._consent_id is not None:
            draft = self.desk.ask(consents.draft, self._consent_id)
        kept = None if self._ended else self.desk.ask(drafts.find, self.keeper.key)
        if kept is not None:
            version = draft.version
            draft = draft_of(dict(kept.body) | {"version": version}, draft)
            if kept.body.get("version") != version:
                changed = self.tr_("This consent was changed since you typed. Check it, then save.")
                self.say_trouble(changed)
        self._loaded = draft
        self.fields.load(draft)
        self.topics.load(draft.topics, draft.kind)
        self._show_title()
        self._judge()

    def _listen(self) -> None:
        self.topics.edited.connect(self._on_edited)
        self.fields.edited.connect(self._on_edited)
        self.fields.kind_changed.connect(self.topics.fit)
        self.fields.failed.connect(self.say_failed)
        self.keeper.told.connect(self.say_trouble)
        self.save_button.clicked.connect(self.save)
        self.on_finish(self.save)
        self.end.clicked.connect(self._on_end)
        self.go_back.clicked.connect(self._on_go_back)
        self.by_word.clicked.connect(partial(self.end_it, RevokedHow.ORAL))
        self.in_writing.clicked.connect(partial(self.end_it, RevokedHow.WRITTEN))

    @property
    def first(self) -> QWidget:
        """Where typing goes: to the reader of a new form, else to the first topic."""
        if self._consent_id is None:
            return self.fields.readers
        return next(iter(self.topics.checks.values()))

    @property
    def draft(self) -> ConsentDraft:
        """The form as it stands in the fields."""
        from_fields = self.fields.into(self._loaded)
        return draft_of({"topics": list(self.topics.codes)}, from_fields)

    @property
    def about(self) -> tuple[int, int | None]:
        """The client and the consent it was opened for: enough to open it again."""
        return self._client_id, self._consent_id

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
        draft = self.draft
        state = self.desk.ask(consents.state, draft)
        fault, scope = state.fault, state.words
        self.words.set_text("" if fault else scope)
        ended = self._ended
        self.fields.allow(editing=not ended)
        self.topics.setEnabled(not ended)
        if ended:
            self._show_ended()
            return
        self._show_chip(draft, fault)
        if fault:
            over = self.tr_("Not valid any more: it {fault}.")
            words = over if fault.startswith("ended") else self.tr_("Not valid yet: it {fault}.")
            self.state.say(words.format(fault=fault), "warn")
        else:
            self.state.say(self._sound(draft), "accent", icon=Icon.LIST_CHECKS)
        self._ask_how(asking=self.by_word.isVisibleTo(self))

    def _sound(self, draft: ConsentDraft) -> str:
        tr = self.tr_
        words = tr(
            "Everything the form must say is here. {name} was told {she} can end it any time."
        )
        if ConsentKind(draft.kind) is ConsentKind.ORAL:
            words = tr("Agreed by word. {name} can end it at any time.")
        words = words.format(name=self._called, she=self._pronouns.subject)
        protected = Topic.SUBSTANCE_USE in draft.topics
        if protected and draft.kind not in (ConsentKind.PART2_SPECIFIC, ConsentKind.PART2_TPO):
            words += " " + tr("Records under 42 CFR Part 2 need a Part 2 consent.")
        return words

    def _show_chip(self, draft: ConsentDraft, fault: str | None) -> None:
        tr, until = self.tr_, draft.expires_on
        if fault and fault.startswith("ended"):
            self.chip.show_as(tr("Ended"), "neutral", Icon.CIRCLE_ALERT)
        elif fault:
            self.chip.show_as(tr("Not valid yet"), "warn", Icon.SHIELD_ALERT)
        elif until is not None and (until - self.desk.today()).days <= SOON:
            ends = tr("Ends {day}").format(day=self.desk.words.month_day(until))
            self.chip.show_as(ends, "warn", Icon.SHIELD_ALERT)
        else:
            self.chip.show_as(tr("In force"), "ok", Icon.CIRCLE_CHECK)

    def _show_ended(self) -> None:
        if self._consent_id is None:
            return
        ended = self.desk.ask(consent_form.ended, self._consent_id)
        how = RevokedHow(ended.how).label.lower() if ended.how else ""
        day = self.desk.words.day(ended.on) if ended.on else ""
        words = self.tr_("Ended {day} {how}. To share again, make a new consent.")
        self.state.say(words.format(day=day, how=how).replace("  ", " "), "warn")
        self.chip.show_as(self.tr_("Ended"), "neutral", Icon.CIRCLE_ALERT)
        self._ask_how(asking=False)

    def save(self) -> None:
        """Keep the form as it stands; one that is not valid yet shares nothing."""
        found = self.fields.faults()
        self.fields.show_faults(found)
        if found:
            self.go_to(self.fields.fields[next(iter(found))].editor)
            self.desk.say.announce(next(iter(found.values())), at_once=True)
            return
        if self._ended:
            return
        self.save_button.setEnabled(False)
        self.desk.do(
            self,
            Act(self.tr_("Save a consent")),
            consent_form.keep,
            self.draft,
            self._consent_id,
            self.keeper.key,
        ).then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _number: int) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Consent saved"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)

    def _on_end(self) -> None:
        self._ask_how(asking=True)
        self.go_back.setFocus()
        self.desk.say.announce(self.told.text())

    def _on_go_back(self) -> None:
        self._ask_how(asking=False)
        self.end.setFocus()

    def end_it(self, how: RevokedHow) -> None:
        """End the consent from now on; letters under way are judged again by what is recorded."""
        if self._consent_id is None:
            return
        act = Act(self.tr_("End a consent"), undoable=False)
        self.desk.do(self, act, consent_form.end, self._consent_id, how, self.keeper.key).then(
            self._on_ended
        ).otherwise(self._on_failed)

    def _on_ended(self, _nothing: None) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Consent ended"))
        self.close_dialog()


def open_consent(
    desk: Desk,
    parent: QWidget,
    client_id: int,
    consent_id: int | None = None,
    *,
    choose: Choose = choose_open,
) -> ConsentDialog:
    """Open a consent over the window `parent` is in; `choose` asks the system for a file."""
    standing = standing_open(parent, ConsentDialog)
    if standing is not None:
        return standing
    dialog = ConsentDialog(desk, client_id, consent_id, choose)
    open_over(parent, dialog, dialog.first)
    return dialog
