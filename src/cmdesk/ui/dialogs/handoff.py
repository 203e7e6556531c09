"""A warm handoff: who hands over to whom, under which release, and what both ends have said."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import handoffs
from cmdesk.rules import transition_draft
from cmdesk.rules.transition_draft import HandoffForm
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.record_sheet import Section
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.widgets.note import Note


class HandoffDialog(MoveSheet[HandoffForm]):
    """A new pair, or one there is. The release is asked of the consents as one chooses."""

    first = "from_words"

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        said = Said(
            *(tr("Save a handoff"), tr("Handoff saved")),
            *(tr("Take handoff away"), tr("Handoff taken away")),
        )
        super().__init__(desk, tr("Warm handoff"), "handoff", wish, said)
        saved = desk.ask(handoffs.read, wish.record) if wish.record else HandoffForm()
        ends = (saved.from_id, saved.to_id)
        self._names = desk.ask(handoffs.people, wish.client_id, ends)
        self.add(Section("", self._ends()))
        self.release = Note("", "ok")
        self.whole.addWidget(self.release)
        self.add(Section(tr("They talk"), self._talk()))
        self.add(Section(tr("Their records"), self._records()))
        self._asked: tuple[object, ...] = ()
        self.end(saved)

    def _ends(self) -> list[Bound | Sequence[Bound]]:
        tr, name = self.tr_, self.desk.privacy.name
        people: list[tuple[object, str]] = [(None, tr("Nobody on record"))]
        people += [(number, name(each.full)) for number, each in self._names]
        signed = self.desk.ask(handoffs.forms, self.wish.client_id)
        consents: list[tuple[object, str]] = [(None, tr("Any that counts"))]
        consents += [(number, self._veil.text(to)) for number, to in signed]
        return [
            [
                form.choice("from_id", tr("Hands over"), people),
                form.line("from_words", tr("Or in words"), placeholder=tr("Stillwater nurse")),
            ],
            [
                form.choice("to_id", tr("Takes over"), people),
                form.line("to_words", tr("Or in words"), placeholder=tr("Dr. Levin")),
            ],
            form.choice("consent_id", tr("Release"), consents),
        ]

    def _talk(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        each = tr("As they told you.")
        return [
            [
                form.day("call_on", tr("Call set for"), today, words.short_day),
                form.day(
                    *("sender_confirmed_on", tr("Who hands over confirmed"), today),
                    *(words.short_day,),
                    hint=each,
                ),
                form.day(
                    *("receiver_confirmed_on", tr("Who takes over confirmed"), today),
                    *(words.short_day,),
                    hint=each,
                ),
            ]
        ]

    def _records(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        theirs = tr("What you send yourself is noted at its search, request or referral.")
        return [
            [
                form.day(
                    *("records_sent_on", tr("Who hands over sent them on"), today),
                    *(words.short_day,),
                    hint=theirs,
                ),
                form.day(
                    *("records_received_on", tr("Who takes over has them since"), today),
                    *(words.short_day,),
                ),
            ],
            form.line("note", tr("Note")),
        ]

    def faults(self) -> Mapping[str, str]:
        return self.translated(transition_draft.handoff_faults(self.draft, self.desk.today()))

    def follow(self) -> None:
        """Ask the consents again where who takes over, or the form, is another one."""
        draft = self.draft
        asked = (draft.to_id, draft.consent_id, bool(draft.to_words.strip()))
        if asked == self._asked:
            return
        self._asked = asked
        if draft.to_id is None and not draft.to_words.strip():
            self.release.hide()
            return
        answer = self.desk.ask(handoffs.release, self.wish.move_id, draft)
        tr = self.tr_
        said = tr("Release signed: how the treatment goes may be told.")
        if not answer.signed:
            why = self._veil.text(answer.reason)
            said = tr("Not valid yet: {why}.").format(why=why)
        self.release.say(said, "ok" if answer.signed else "warn")
        self.release.show()

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        wish = self.wish
        return handoffs.save, (wish.move_id, self.draft, wish.record, self.keeper.key)

    def take(self) -> Callable[..., object]:
        return handoffs.remove


def open_handoff(desk: Desk, window: QWidget, wish: Wish) -> HandoffDialog:
    return open_part(desk, window, wish, HandoffDialog)
