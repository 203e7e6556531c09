"""A contact as it is typed: filled in by the line, judged as one types, kept as a draft."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts, row_log
from cmdesk.casework.call_timer import Stopped
from cmdesk.casework.provider_call import Met
from cmdesk.casework.row_log import Asked, DayRow
from cmdesk.rules.log import LogDraft, faults, unfinished
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.contact_words import fresh
from cmdesk.ui.dialogs.judging import Judging
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.line_filling import Filling, told
from cmdesk.ui.dialogs.log_foot import LogFoot
from cmdesk.ui.dialogs.log_parts import LogParts
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.call_timer import CallTimer, TimerCard
from cmdesk.ui.parts.timeline_words import DETAILS, LACKS
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE = 824


class LogSheet(Sheet):
    """One contact, new or not signed yet. What is typed is a draft in the vault at all times."""

    def __init__(
        self,
        desk: Desk,
        client_id: int | None,
        entry_id: int | None,
        timer: CallTimer | None = None,
        row: DayRow | None = None,
    ) -> None:
        """`row` is the one of Today that asks for a new contact with this client."""
        new = entry_id is None
        title = "Log a contact" if new else "Go on with this entry"
        super().__init__(desk, desk.words.tr(title), width=WIDE)
        self._entry_id, self._client_id = entry_id, client_id
        self._row = self._opened_by = row
        self.parts = LogParts(self, desk, self.lay(QWidget()), client_id, new=new)
        self.line, self.contact = self.parts.line, self.parts.contact
        self.narrative, self.wording = self.parts.narrative, self.parts.wording
        self.follow_up, self.finishes = self.parts.follow_up, self.parts.finishes
        self._faulty = self._asked_to_sign = False
        self._make_head(timer)
        self.foot_bar = LogFoot(self, self.foot, self.tr_, new=new)
        self.another, self.unsigned = self.foot_bar.another, self.foot_bar.unsigned
        self.sign, self.cancel = self.foot_bar.sign, self.foot_bar.cancel
        key = f"entry:{entry_id}" if not new else f"entry:new:{client_id or 'none'}"
        self.keeper = Keeper(desk, self, key, self._body, lambda: self.contact.client_id)
        self.keeper.told.connect(self.foot_bar.say_kept)
        self.closed.connect(self.keeper.keep_now)
        self._judging = Judging(desk, self)
        self._judging.due.connect(self._judge)
        self.first = self._begin()
        self._listen()

    @property
    def about(self) -> tuple[int | None, int | None]:
        """The client and the entry it was opened for: enough to open it again."""
        return self._client_id, self._entry_id

    @property
    def row(self) -> DayRow | None:
        """The row of Today behind it."""
        return self._row

    def _make_head(self, timer: CallTimer | None) -> None:
        self._restored = Label("", "small", "text2")
        self.start_over = Button(self.tr_("Start over"), "link", size="small")
        self.start_over.clicked.connect(self._on_start_over)
        for widget in (self._restored, self.start_over):
            self.head.insertWidget(self.head.count() - 1, widget)
        if timer is not None:
            card = TimerCard(timer, self.desk, named=False)
            self.head.insertWidget(self.head.count() - 1, card)
            timer.stopped.connect(self.take_call)

    def _listen(self) -> None:
        self.contact.about.connect(self.wording.forget_marks)
        for part in (self.contact, self.follow_up):
            part.edited.connect(self._on_hand)
        for part in (self.contact, self.wording, self.follow_up, self.narrative):
            part.edited.connect(self._on_edited)
        # Only these two can change a verdict; the rest must not cost a key its speed.
        for part in (self.contact, self.wording):
            part.edited.connect(self._judging.start)
        self.narrative.edited.connect(self._on_told)
        self.foot_bar.lack_asked.connect(self._to_lack)
        self.line.typed.connect(self._on_edited)
        self.line.read.connect(self._on_read)
        self.line.left.connect(partial(self.go_to, self.narrative))
        self.finishes.edited.connect(self._on_edited)
        self.cancel.clicked.connect(self.close_dialog)
        self.parts.bind_keys(self)

    def _begin(self) -> QWidget:
        """Show the entry, or a new one, or what was typed before; answer where typing goes on."""
        self._untouched = draft = self._found()
        kept = self.keeper.kept()
        self._restored.setVisible(kept is not None)
        self.start_over.setVisible(kept is not None)
        if kept is None:
            self.load(draft)
            return self._first(draft)
        self._restore(kept.body, draft)
        self._restored.setText(self.tr_("Your draft is back"))
        if self._client_id is not None and self.contact.client_id != self._client_id:
            words = self.tr_("Your draft was about {name}.").format(name=self.contact.client_name)
            self.contact.fields["client"].remark.say(words, "warn", Icon.TRIANGLE_ALERT)
            self.parts.fold(away=False)
        return self.keeper.place(self._first(draft))

    def _found(self) -> LogDraft:
        """Give the entry as it is kept, or a new one as the row of Today asks for it."""
        asked = self._ask()
        self.finishes.offer(asked, wanted=asked.likely)
        if self._entry_id is not None:
            return self.desk.ask(contacts.opened, self._entry_id).draft
        draft = fresh(self.desk.ask(contacts.now), self._client_id)
        return asked.into(draft) if self._row else draft

    def _ask(self) -> Asked:
        if self._row is None or self._client_id is None:
            return Asked()
        return self.desk.ask(row_log.asked, self._client_id, self._row)

    def _first(self, draft: LogDraft) -> QWidget:
        """Give the place where typing begins: in an entry, what it lacks for a signature."""
        lacking = self._faults(sign=True) if self._entry_id is not None else {}
        return self.parts.place_of(lacking) if lacking else self.parts.first(draft)

    def load(self, draft: LogDraft, line: str = "") -> None:
        """Show a draft. Silent: this is not the user's doing."""
        self._loaded = draft
        self._filling = Filling(draft)
        self.line.load(line, self._client_id)
        self.parts.load(draft)
        self._shown = self.typed
        self._told = bool(draft.narrative.strip())
        self._show_faults({})
        self._judge()

    def _restore(self, body: Any, draft: LogDraft) -> None:
        """Show what was typed; a draft begun without the row of now is not about its step."""
        if body.get("row"):
            kind, record = body["row"]
            self._row = DayRow(str(kind), int(record))
        wanted, insisted = bool(body.get("finishes")), bool(body.get("finishes_anyway"))
        self.finishes.offer(self._ask(), wanted=wanted, insisted=insisted)
        kept = draft_of(body, draft)
        self.load(kept, str(body.get("line", "")))
        by_hand = frozenset(str(name) for name in body.get("by_hand", ()))
        self._filling = Filling(draft_of(body.get("base", {}), draft), by_hand)
        self._filling.fill(self.line.line, self.line.known, kept)
        if body.get("unfolded"):
            self.parts.fold(away=False)
        self._judge()

    @property
    def typed(self) -> LogDraft:
        """What stands in the fields."""
        return self.parts.into(self._loaded)

    @property
    def draft(self) -> LogDraft:
        """The contact as it will be kept: with the words of the line that say nothing else."""
        typed = self.typed
        return replace(typed, narrative=told(typed.narrative, self.line.line.summary))

    def _body(self) -> dict[str, Any]:
        own = {
            "line": self.line.text,
            "by_hand": sorted(self._filling.by_hand),
            "base": body_of(self._filling.base),
            "unfolded": self.parts.unfolded,
            "row": self._row,
            "finishes": self.finishes.wanted,
            "finishes_anyway": self.finishes.insisted,
        }
        return body_of(self.typed) | own

    def _on_edited(self) -> None:
        self.keeper.touch()
        if self._faulty:
            self._show_faults(self._faults(sign=self._asked_to_sign))

    def _on_told(self) -> None:
        """Judge anew with the first words of what happened, and when the last are gone."""
        told = bool(self.narrative.text().strip())
        if told != self._told:
            self._told = told
            self._judging.start()

    def _to_lack(self) -> None:
        """Go to the first thing a signature needs."""
        lacking = self._faults(sign=True)
        place = self.parts.place_of(lacking)
        if self.contact.isAncestorOf(place):
            self.parts.fold(away=False)
        self.go_to(place)

    def _on_hand(self) -> None:
        """Leave to the user what the user has changed."""
        now = self.typed
        self._filling.notice(self._shown, now)
        self._shown = now

    def _on_read(self, line: Any) -> None:
        """Let the line fill the fields, but for those changed by hand."""
        filled = self._filling.fill(line, self.line.known, self.typed)
        if filled != self.typed:
            if filled.client_id != self._shown.client_id:
                self.wording.forget_marks()
            self.parts.take(filled)
        self._shown = self.typed
        self._judging.start()

    def _judge(self) -> None:
        self.contact.propose_part2(self.desk.ask(contacts.proposed_part2, self.draft))
        draft = self.draft
        seen = self._judging.seen(draft, self._entry_id)
        self.wording.show_seen(seen, client=draft.client_id is not None)
        self.parts.tell(draft)
        missing = self._faults(sign=True)
        lack = self.tr_(LACKS.get(next(iter(missing), ""), DETAILS))
        self.foot_bar.promise(signs=not (missing and self.line.used), lack=lack)

    def _faults(self, *, sign: bool) -> dict[str, str]:
        now = self.desk.ask(contacts.now)
        found = unfinished(self.draft, now=now) if sign else faults(self.draft, now=now)
        return self.parts.own_faults() | found | self.contact.own_faults()

    def _show_faults(self, found: dict[str, str]) -> None:
        self._faulty = bool(found)
        self.parts.show_faults({name: self.tr_(text) for name, text in found.items()})

    def take_call(self, took: Stopped) -> None:
        """Fill in how long the call took, unless minutes were typed."""
        if self._entry_id is None and self.typed.minutes is None:
            self._filling.base = replace(self._filling.base, minutes=took.minutes)
            self.parts.take(replace(self.typed, minutes=took.minutes))
            self._shown = self.typed
            self.keeper.touch()
            self._judge()

    def meet(self, met: Met) -> None:
        """Say with whom a call to a provider was, unless a contact is typed there already."""
        typed = self.typed
        if self._entry_id is not None or typed.participants or typed.narrative.strip():
            return
        self._filling.base = replace(self._filling.base, participants=met.people)
        self.parts.load(replace(typed, participants=met.people, narrative=met.begins))
        self._shown, self._told = self.typed, bool(met.begins)
        self._judge()

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self._restored.hide()
        self.start_over.hide()
        self._row = self._opened_by
        self._begin_anew()

    def turn_to(self, entry_id: int) -> None:
        """Show another entry in its place."""
        self.keeper.key, self._entry_id = f"entry:{entry_id}", entry_id
        self.go_to(self._begin())

    def begin_another(self) -> None:
        """Show a new contact with the same client; no row of Today asked for that."""
        self._client_id, self._row = self.contact.client_id, None
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Show the contact as it was before anything was typed."""
        self._untouched = draft = self._found()
        self.load(draft)
        self.go_to(self._first(draft))
