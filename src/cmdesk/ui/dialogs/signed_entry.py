"""A signed entry: it stands as it is; what may be said of it can change, and it can be added to."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import audience, clients, contacts, entries
from cmdesk.casework.contacts import Addition, Opened
from cmdesk.rules.contact_codes import AddendumKind, EntryKind, Method
from cmdesk.rules.log import LogDraft
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import DraftBack, Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.dialogs.signed_part import SignedPart, WrongChart
from cmdesk.ui.dialogs.wording import Wording
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.text_edit import TextEdit

WIDE = 824
KINDS = (AddendumKind.ADDENDUM, AddendumKind.CORRECTION, AddendumKind.LATE_ENTRY)


class SignedEntry(Sheet):
    """Shows what was signed, and takes wording, marks and one addendum at a time."""

    def __init__(self, desk: Desk, entry_id: int, entry: Opened) -> None:
        super().__init__(desk, _title(desk, entry), width=WIDE)
        self._entry_id, self._entry = entry_id, entry
        chip = Chip(self.tr_("Signed"), "ok", Icon.CIRCLE_CHECK)
        self.head.insertWidget(self.head.count() - 1, chip)
        whole = self.lay(QWidget())
        self.signed_part = SignedPart(desk, entry)
        self.wrong_chart = WrongChart(desk, entry)
        self.wrong_chart.asked.connect(self._on_wrong_chart)
        whole.addWidget(self.wrong_chart)
        whole.addWidget(self.signed_part)
        self.wording = Wording(desk, desk.ask(contacts.usual_topics, entry.draft.client_id))
        whole.addWidget(self.wording)
        kinds = [Segment(kind, self.tr_(kind.label)) for kind in KINDS]
        self.kind = Segmented(kinds, self.tr_("Add to it as"))
        self.addition = TextEdit(self.tr_("Add to this entry"), lines=2)
        whole.addWidget(Field(self.tr_("Add to this entry"), self.addition))
        line = row()
        line.addWidget(self.kind)
        self._effect = Label("", "small", "text2", wrap=True)
        line.addWidget(self._effect, 1)
        whole.addLayout(line)
        self._make_foot()
        self.keeper = Keeper(
            desk, self, f"entry:{entry_id}", self._body, lambda: entry.draft.client_id
        )
        self.closed.connect(self.keeper.keep_now)
        self._judging = QTimer(self, interval=0, singleShot=True)
        self._judging.timeout.connect(self._judge)
        desk.closing.connect(self._judging.stop)
        self._back = DraftBack(self, desk.words)
        self.first = self._begin()

    @property
    def about(self) -> tuple[int | None, int | None]:
        """No client and the entry: enough to open it again."""
        return None, self._entry_id

    def _make_foot(self) -> None:
        self.foot.addWidget(Glyph(Icon.CIRCLE_CHECK, "text2", 14))
        self.foot.addWidget(
            Label(self.tr_("Kept as a draft while you type"), "small", "text2", elide=True), 1
        )
        self.wrong = Button(self.tr_("Wrong chart"), "plain")
        self.wrong.clicked.connect(self.wrong_chart.ask)
        self.cancel = Button(self.tr_("Cancel"), "plain", keys="Esc")
        self.save_button = Button(self.tr_("Save"), "primary", keys="Ctrl+Return")
        self.foot.addWidget(self.wrong)
        self.wrong.setVisible(not self._entry.wrong_chart)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save_button)

    def _begin(self) -> QWidget:
        """Show what was signed, or what was typed of it before; answer where typing goes on."""
        kept = self.keeper.kept()
        self._load(kept.body if kept else {})
        self._back.show(came=kept is not None)
        self._back.start_over.connect(self._on_start_over)
        self.wording.edited.connect(self._on_edited)
        self.addition.edited.connect(self._on_edited)
        self.kind.chosen.connect(self._on_edited)
        self.cancel.clicked.connect(self.close_dialog)
        self.save_button.clicked.connect(self.save)
        self.on_finish(self.save)
        return self.keeper.place(self.wording.family_line)

    def _load(self, body: Mapping[str, Any]) -> None:
        """Show a kept draft, or with nothing in it the entry as it stands."""
        worded = {name: body[name] for name in body if name in WORDED}
        self.wording.load(draft_of(worded, self._entry.draft))
        self.addition.set_text(str(body.get("addition", "")))
        kind = body.get("kind_added")
        self.kind.choose(str(kind) if kind in KINDS else KINDS[0])
        self._judge()
        self._tell_effect()

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self._back.show(came=False)
        self._load({})
        self.go_to(self.wording.family_line)

    @property
    def draft(self) -> LogDraft:
        return self.wording.into(self._entry.draft)

    def _body(self) -> dict[str, Any]:
        whole = body_of(self.draft)
        worded = {name: whole[name] for name in WORDED}
        added = {"addition": self.addition.text(), "kind_added": self.kind.current}
        return worded | added

    def _on_edited(self) -> None:
        self.keeper.touch()
        self._judging.start()
        self._tell_effect()

    def _tell_effect(self) -> None:
        holds = self.kind.current == AddendumKind.CORRECTION
        words = self.tr_("A correction keeps the entry back until its lines are written anew.")
        self._effect.setText(words if holds else "")

    def _judge(self) -> None:
        seen = self.desk.ask(audience.preview, self.draft, self._entry_id)
        self.wording.show_seen(seen, client=True)

    def save(self) -> None:
        """Add what was typed. Nothing of it can be taken back: it is part of the record."""
        self.save_button.setEnabled(False)
        self.desk.do(
            self,
            Act(self.tr_("Add to a signed entry"), undoable=not self.addition.text().strip()),
            contacts.word_anew,
            self._entry_id,
            self.draft,
            self.keeper.key,
            Addition(self.kind.current, self.addition.text()),
        ).then(self._on_saved).otherwise(self._on_failed)

    def _on_wrong_chart(self, reason: str) -> None:
        """Hide it from this chart, or show it again; both stand in the record."""
        wrong = not self._entry.wrong_chart
        words = self.tr_("Mark as wrong chart") if wrong else self.tr_("Take wrong chart back")
        self.desk.do(
            self, Act(words), entries.mark_wrong_chart, self._entry_id, reason, wrong=wrong
        ).then(self._on_saved).otherwise(self._on_failed)

    def _on_saved(self, _nothing: None) -> None:
        self.keeper.forget()
        self.desk.done(self.tr_("Saved"))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self.say_failed(error)


WORDED = ("topics", "family_line", "short_line", "short_topics", "marks")


def _title(desk: Desk, entry: Opened) -> str:
    """Say whom and when: `Maya Brenner, phone, Mar 9, 2026`."""
    draft = entry.draft
    name = desk.ask(clients.head, draft.client_id).name.full if draft.client_id else ""
    how = Method(draft.method).label if draft.method else EntryKind(draft.kind).label
    day = desk.words.short_day(draft.day) if draft.day else ""
    return ", ".join(filter(None, (desk.privacy.name(name), how.lower(), day)))
