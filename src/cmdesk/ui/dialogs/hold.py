"""Hold something back for now: "Maya wants to tell her mother herself"."""

from datetime import date

from PySide6.QtWidgets import QWidget

from cmdesk.casework import audience, consent_form, consents
from cmdesk.rules.topics import Topic
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
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
    """Records a wish of the client: this, from these people, until then."""

    def __init__(
        self, desk: Desk, client_id: int, reader: str | None, topics: tuple[str, ...]
    ) -> None:
        self._called, self._pronouns = desk.ask(consent_form.spoken_of, client_id)
        title = desk.words.tr("{name} wants to tell this first").format(name=self._called)
        super().__init__(desk, title, width=WIDE)
        self._client_id = client_id
        whole = self.lay(QWidget())
        whole.addWidget(self._lay_out_readers(reader))
        order = [topic.value for topic in Topic]
        self.topics = TopicChips(self.tr_("About"), self.tr_, order)
        self.topics.pick(topics)
        whole.addWidget(self.topics)
        self.reason = line_edit()
        hint = self.tr_("Stands beside what is kept back. No topic picked means everything.")
        whole.addWidget(Field(self.tr_("In words"), self.reason, hint=hint))
        self.until = DateField(desk.today, show=desk.words.short_day)
        hint = self.tr_("Its last day. Empty: no end.")
        self.until_field = Field(self.tr_("Until"), self.until, hint=hint)
        whole.addWidget(self.until_field)
        self.cancel = Button(self.tr_("Cancel"), "plain", keys="Esc")
        self.hold = Button(self.tr_("Keep back"), "primary", keys="Ctrl+Return")
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.hold)
        self.cancel.clicked.connect(self.close_dialog)
        self.hold.clicked.connect(self.save)
        self.on_finish(self.save)
        self._suggested = ""
        self._suggest()

    def _lay_out_readers(self, reader: str | None) -> QWidget:
        parties = self.desk.ask(audience.readers, self._client_id)
        self._names = {party.key: party.called for party in parties}
        readers = QWidget()
        lines = column(readers, gap=4)
        lines.addWidget(Label(self.tr_("Keep it from"), "label", "text2"))
        self.readers: dict[str, CheckBox] = {}
        for party in parties:
            box = CheckBox(self.desk.privacy.name(party.full_name))
            box.setChecked(party.key == reader)
            box.clicked.connect(self._suggest)
            self.readers[party.key] = box
            lines.addWidget(box)
        self.nobody = Remark()
        lines.addWidget(self.nobody)
        return readers

    @property
    def keys(self) -> list[str]:
        return [key for key, box in self.readers.items() if box.isChecked()]

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
        self.desk.do(
            self,
            Act(self.tr_("Keep something back")),
            consents.hold_back,
            self._client_id,
            list(self.topics.codes),
            self.keys,
            self.until.day,
            self.reason.text(),
        ).then(self._on_saved).otherwise(self._on_failed)

    def _past(self, day: date | None) -> bool:
        return day is not None and day < self.desk.today()

    def _on_saved(self, _number: int) -> None:
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
) -> HoldDialog:
    """Open over the window `parent` is in; `reader` is the key (p12, o3) ticked to begin with."""
    standing = standing_open(parent, HoldDialog)
    if standing is not None:
        return standing
    dialog = HoldDialog(desk, client_id, reader, topics)
    open_over(parent, dialog, next(iter(dialog.readers.values()), dialog.reason))
    return dialog
