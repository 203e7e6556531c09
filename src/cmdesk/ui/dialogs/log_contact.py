"""Log a contact: one line or the fields, what happened, and who may see it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts, drafts
from cmdesk.casework.call_timer import Stopped
from cmdesk.rules.log import LogDraft, faults, unfinished
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import log_turns
from cmdesk.ui.dialogs.contact_words import fresh
from cmdesk.ui.dialogs.judging import Judging
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.dialogs.kept_draft import body_of, draft_of
from cmdesk.ui.dialogs.line_filling import Filling, told
from cmdesk.ui.dialogs.log_foot import LogFoot
from cmdesk.ui.dialogs.log_parts import LogParts
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.call_timer import CallTimer, TimerCard
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE = 824


class LogDialog(Sheet):
    """One contact, new or not signed yet. What is typed is a draft in the vault at all times."""

    def __init__(
        self,
        desk: Desk,
        client_id: int | None,
        entry_id: int | None,
        timer: CallTimer | None = None,
    ) -> None:
        new = entry_id is None
        title = "Log a contact" if new else "Go on with this entry"
        super().__init__(desk, desk.words.tr(title), width=WIDE)
        self._entry_id, self._client_id = entry_id, client_id
        self.parts = LogParts(self, desk, self.lay(QWidget()), client_id, new=new)
        self.line, self.contact = self.parts.line, self.parts.contact
        self.narrative, self.wording = self.parts.narrative, self.parts.wording
        self.follow_up = self.parts.follow_up
        self._faulty = self._asked_to_sign = False
        self._following: Callable[[int], int | None] | None = None
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
        self.line.typed.connect(self._on_edited)
        self.line.read.connect(self._on_read)
        self.line.left.connect(partial(self.go_to, self.narrative))
        self.parts.plan_asked.connect(partial(log_turns.plan, self))
        self.parts.repeat_asked.connect(partial(log_turns.repeat, self))
        self.cancel.clicked.connect(self.close_dialog)
        self.foot_bar.unsigned_asked.connect(partial(self.save, sign=False))
        self.foot_bar.another_asked.connect(partial(self.save, sign=False, again=True))
        self.foot_bar.finish.connect(self.finish)
        self.on_finish(self.finish)
        self.parts.bind_keys(self)

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
            return self.parts.first(draft)
        self._restore(kept.body, draft)
        self._restored.setText(self.tr_("Your draft is back"))
        if self._client_id is not None and self.contact.client_id != self._client_id:
            words = self.tr_("Your draft was about {name}.").format(name=self.contact.client_name)
            self.contact.fields["client"].remark.say(words, "warn", Icon.TRIANGLE_ALERT)
            self.parts.fold(away=False)
        return self.keeper.place(self.parts.first(draft))

    def load(self, draft: LogDraft, line: str = "") -> None:
        """Show a draft. Silent: this is not the user's doing."""
        self._loaded = draft
        self._filling = Filling(draft)
        self.line.load(line, self._client_id)
        self.parts.load(draft)
        self._shown = self.typed
        self._show_faults({})
        self._judge()

    def _restore(self, body: Any, draft: LogDraft) -> None:
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
        }
        return body_of(self.typed) | own

    def _on_edited(self) -> None:
        self.keeper.touch()
        if self._faulty:
            self._show_faults(self._faults(sign=self._asked_to_sign))

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
        words = next(iter(missing.values()), "")
        self.foot_bar.promise(signs=not (missing and self.line.used), missing=words)

    def _faults(self, *, sign: bool) -> dict[str, str]:
        now = self.desk.ask(contacts.now)
        found = unfinished(self.draft, now=now) if sign else faults(self.draft, now=now)
        return self.parts.own_faults() | found | self.contact.own_faults()

    def _show_faults(self, found: dict[str, str]) -> None:
        self._faulty = bool(found)
        self.parts.show_faults({name: self.tr_(text) for name, text in found.items()})

    def finish(self) -> None:
        """Sign if nothing is missing; a line alone is kept unsigned rather than asked about."""
        self.line.catch_up()
        self.save(sign=not (self.line.used and self._faults(sign=True)))

    def save(self, *, sign: bool, again: bool = False) -> None:
        """Save, if nothing is missing; the dialog stays until that has worked."""
        self.line.catch_up()
        self._asked_to_sign = sign
        found = self._faults(sign=sign)
        self._show_faults(found)
        if found:
            self.go_to(self.parts.place_of(found))
            self.desk.say.announce(next(iter(found.values())), at_once=True)
            return
        self.foot_bar.allow(saving=False)
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

    def lead_on(self, following: Callable[[int], int | None]) -> None:
        """Let `Sign and next` go on with what `following` gives, as from the worklist."""
        self._following = following
        self.foot_bar.lead_on()
        self.foot_bar.next_asked.connect(partial(self.save, sign=True, again=True))

    def _go_on(self) -> None:
        """Show the next entry that waits, in this same dialog; without one, close."""
        asked = self._following(self._entry_id) if self._following and self._entry_id else None
        if asked is None:
            self.close_dialog()
            return
        self.keeper.key, self._entry_id = f"entry:{asked}", asked
        self.foot_bar.allow(saving=True)
        self.go_to(self._begin())

    def _on_saved(self, _number: int, *, sign: bool, again: bool) -> None:
        self.keeper.forget()
        lacking = "" if sign else next(iter(self._faults(sign=True).values()), "")
        self.desk.done(log_turns.told(self, sign=sign, lacking=lacking))
        if not again or self._entry_id is not None:
            self._go_on() if again else self.close_dialog()
            return
        self.foot_bar.allow(saving=True)
        self._untouched = fresh(self.desk.ask(contacts.now), self.contact.client_id)
        self._client_id = self.contact.client_id
        self.load(self._untouched)
        self.go_to(self.parts.first(self._untouched))

    def _on_failed(self, error: BaseException) -> None:
        self.foot_bar.allow(saving=True)
        self.say_failed(error)

    def take_call(self, took: Stopped) -> None:
        """Fill in how long the call took, unless minutes were typed."""
        if self._entry_id is None and self.typed.minutes is None:
            self._filling.base = replace(self._filling.base, minutes=took.minutes)
            self.parts.take(replace(self.typed, minutes=took.minutes))
            self._shown = self.typed
            self.keeper.touch()
            self._judge()

    def _on_start_over(self) -> None:
        self.keeper.throw_away()
        self._restored.hide()
        self.start_over.hide()
        self.load(self._untouched)
        self.go_to(self.parts.first(self._untouched))


def open_log(
    desk: Desk,
    parent: QWidget,
    client_id: int | None = None,
    entry_id: int | None = None,
    timer: CallTimer | None = None,
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
    dialog = LogDialog(desk, client_id, entry_id, timer)
    open_over(parent, dialog, dialog.first)
    return dialog
