"""Hold something back for now: "Maya wants to tell her mother herself"."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import consent_form, holds
from cmdesk.casework.holds import HoldDraft
from cmdesk.rules.topics import NEVER_SHARED, Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.held_entries import HeldEntries
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.topic_chips import TopicChips
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, Remark, line_edit
from cmdesk.ui.widgets.label import Label

WIDE = 640
HERSELF = {"she": "herself", "he": "himself", "they": "themself"}


class HoldDialog(Sheet):
    """Records a wish of the client: this, from these people, until then; or changes one."""

    def __init__(
        self,
        desk: Desk,
        client_id: int,
        reader: str | None,
        topics: tuple[str, ...],
        hold_id: int | None = None,
    ) -> None:
        self._called, self._pronouns = desk.ask(consent_form.spoken_of, client_id)
        title = desk.words.tr("{name} wants to tell this first").format(name=self._called)
        super().__init__(desk, title, width=WIDE)
        self._client_id, self._hold_id = client_id, hold_id
        begun = HoldDraft(client_id, (reader,) if reader else (), topics)
        self._untouched = desk.ask(holds.draft, hold_id) if hold_id is not None else begun
        self.back = DraftBack(self, desk.words)
        whole = self.lay(QWidget())
        whole.addWidget(self._lay_out_readers())
        order = [topic.value for topic in Topic if topic not in NEVER_SHARED]
        self.topics = TopicChips(self.tr_("About"), self.tr_, order)
        whole.addWidget(self.topics)
        self.entries = HeldEntries(desk, client_id, self._untouched.entries)
        whole.addWidget(self.entries)
        self.reason = line_edit()
        hint = self.tr_("Stands beside what is kept back. Nothing picked means everything.")
        whole.addWidget(Field(self.tr_("In words"), self.reason, hint=hint))
        self.until = DateField(desk.today, show=desk.words.short_day)
        hint = self.tr_("Its last day. Empty: no end.")
        self.until_field = Field(self.tr_("Until"), self.until, hint=hint)
        whole.addWidget(self.until_field)
        self._make_foot()
        self._suggested = ""
        key = f"hold:{hold_id}" if hold_id is not None else f"hold:new:{client_id}"
        self.keeper = Keeper(desk, self, key, self._body, lambda: client_id)
        self.first = self._begin()
        self._listen()

    def _make_foot(self) -> None:
        self.end = Button(self.tr_("End this wish"), "danger")
        self.end.setVisible(self._hold_id is not None)
        self.cancel = Button(self.tr_("Cancel"), "plain", keys="Esc")
        self.hold = Button(self.tr_("Keep back"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self.end)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.hold)

    def _begin(self) -> QWidget:
        """Show the wish, or what was typed before; answer where typing goes on."""
        kept = self.keeper.kept()
        asked = self._untouched.keys or self._untouched.topics
        if kept is not None and self._hold_id is None and asked:
            kept = None  # opened for one reader: an older draft about another is in the way
        self.back.show(came=kept is not None)
        if kept is None:
            self._load(self._untouched)
            return next(iter(self.readers.values()), self.reason)
        body = dict(kept.body) | {"version": self._untouched.version}
        self._load(draft_of(body, self._untouched))
        return self.keeper.place(self.reason)

    def _load(self, draft: HoldDraft) -> None:
        for key, box in self.readers.items():
            box.setChecked(key in draft.keys)
        self.topics.pick(draft.topics)
        self.entries.load(draft.entries)
        self.reason.setText(draft.reason)
        self.until.set_day(draft.until)
        self._suggest()

    def _listen(self) -> None:
        for part in (self.topics, self.entries):
            part.edited.connect(self.keeper.touch)
        self.reason.textEdited.connect(self.keeper.touch)
        self.until.picked.connect(self.keeper.touch)
        self.closed.connect(self.keeper.keep_now)
        self.keeper.trouble.connect(self.say_trouble)
        self.back.start_over.connect(self._on_start_over)
        self.end.clicked.connect(self._on_end)
        self.cancel.clicked.connect(self.close_dialog)
        self.hold.clicked.connect(self.save)
        self.on_finish(self.save)

    @property
    def draft(self) -> HoldDraft:
        """The wish as it stands in the fields."""
        return replace(
            self._untouched,
            keys=tuple(self.keys),
            topics=tuple(self.topics.codes),
            entries=self.entries.ids,
            until=self.until.day,
            reason=self.reason.text(),
        )

    def _body(self) -> dict[str, Any]:
        return body_of(self.draft)

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self.back.show(came=False)
        self._suggested = ""
        self._load(self._untouched)
        self.go_to(next(iter(self.readers.values()), self.reason))

    def _lay_out_readers(self) -> QWidget:
        parties = self.desk.ask(holds.readers, self._client_id, self._untouched.keys)
        self._names = {party.key: party.called for party in parties}
        readers = QWidget()
        lines = column(readers, gap=4)
        lines.addWidget(Label(self.tr_("Keep it from"), "label", "text2"))
        self.readers: dict[str, CheckBox] = {}
        for party in parties:
            box = CheckBox(self.desk.privacy.name(party.full_name))
            box.clicked.connect(self._on_reader)
            self.readers[party.key] = box
            lines.addWidget(box)
        self.nobody = Remark()
        lines.addWidget(self.nobody)
        return readers

    @property
    def keys(self) -> list[str]:
        return [key for key, box in self.readers.items() if box.isChecked()]

    def _on_reader(self) -> None:
        self._suggest()
        self.keeper.touch()

    def _suggest(self) -> None:
        """Offer the words, as long as they have not been typed over."""
        if self.reason.text() != self._suggested:
            return
        names = self.desk.words.listed([self._names[key] for key in self.keys])
        self_ = HERSELF.get(self._pronouns.subject, self.tr_("first"))
        words = self.tr_("{name} wants to tell {reader} {herself}")
        said = words.format(name=self._called, reader=names, herself=self_) if names else ""
        self._suggested = said
        self.reason.setText(said)

    def save(self) -> None:
        """Keep the wish; from now on the verdict answers with its words."""
        self.nobody.say("" if self.keys else self.tr_("From whom? Choose at least one person."))
        sound = self.until.check()
        self.until_field.say_fault(self.until.fault)
        if self.keys and sound and self._past(self.until.day):
            self.until_field.say_fault(self.tr_("This day has passed."))
            sound = False
        if not self.keys:
            self.go_to(next(iter(self.readers.values()), self.reason))
            return
        if not sound:
            self.go_to(self.until)
            return
        self.hold.setEnabled(False)
        act = Act(self.tr_("Keep something back"))
        self.desk.do(self, act, holds.keep, self.draft, self._hold_id, self.keeper.key).then(
            self._on_saved
        ).otherwise(self._on_failed)

    def _on_end(self) -> None:
        if self._hold_id is None:
            return
        act = Act(self.tr_("End a wish"))
        self.desk.do(self, act, holds.end, self._hold_id).then(self._on_ended).otherwise(
            self._on_failed
        )

    def _on_ended(self, _nothing: None) -> None:
        self.keeper.throw_away()
        self.desk.done(self.tr_("No longer kept back"))
        self.close_dialog()

    def _past(self, day: date | None) -> bool:
        return day is not None and day < self.desk.today()

    def _on_saved(self, _number: int) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Kept back"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.hold.setEnabled(True)
        self.say_failed(error)


def open_hold(
    desk: Desk,
    parent: QWidget,
    client_id: int,
    reader: str | None = None,
    topics: tuple[str, ...] = (),
    hold_id: int | None = None,
) -> HoldDialog:
    """Open over the window `parent` is in; `reader` is the key (p12, o3) ticked to begin with.

    With `hold_id`, a wish that is kept is changed.
    """
    standing = standing_open(parent, HoldDialog)
    if standing is not None:
        return standing
    dialog = HoldDialog(desk, client_id, reader, topics, hold_id)
    dialog.again = lambda desk, parent: open_hold(desk, parent, client_id, reader, topics, hold_id)
    open_over(parent, dialog, dialog.first)
    return dialog
