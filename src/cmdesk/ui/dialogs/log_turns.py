"""Turns a log may take: into a plan, into the last contact again; and what is said once kept."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import quick_log, tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil

if TYPE_CHECKING:
    from cmdesk.ui.dialogs.log_contact import LogDialog


def plan(dialog: "LogDialog") -> None:
    """Make a task of what is still to come; nothing is logged."""
    act = Act(dialog.tr_("Plan a contact"))
    planning = dialog.desk.do(dialog, act, quick_log.plan, dialog.draft, dialog.line.text)
    planning.then(partial(_on_planned, dialog)).otherwise(dialog.say_failed)


def _on_planned(dialog: "LogDialog", _number: int) -> None:
    dialog.keeper.throw_away()
    dialog.desk.done(dialog.tr_("Planned, and on the list of next steps"))
    dialog.close_dialog()


def repeat(dialog: "LogDialog") -> None:
    """Begin from the last contact with this client: people, method, minutes, topics."""
    client = dialog.contact.client_id
    last = dialog.desk.ask(quick_log.repeat_last, client) if client is not None else None
    if last is None:
        dialog.desk.say.toast(dialog.tr_("There is no contact to repeat yet."))
        return
    typed = dialog.typed
    texts = {
        name: getattr(typed, name)
        for name in ("narrative", "family_line", "short_line", "follow_up", "follow_up_on")
    }
    dialog.load(replace(last, **texts), dialog.line.text)
    dialog.line.read_now()
    dialog.keeper.touch()


def told(dialog: "LogDialog", *, sign: bool, lacking: str) -> str:
    """Say what was done; what was kept unsigned says what it lacks for a signature."""
    name = dialog.desk.privacy.name(dialog.contact.client_name)
    if sign:
        signed = dialog.tr_("Signed for {name}").format(name=name)
        unread = dialog.tr_("No topic, so nobody may read it yet")
        draft = dialog.draft
        note = draft.kind == EntryKind.INTERNAL_NOTE  # for the practice's own eyes, with or without
        return signed if draft.topics or note else f"{signed}. {unread}"
    kept = dialog.tr_("Kept unsigned for {name}").format(name=name)
    to_sign = dialog.tr_("To sign it: {missing}").format(missing=dialog.tr_(lacking))
    return f"{kept}. {to_sign}" if lacking else kept


def finish(desk: Desk, step: NextStep | None, words: str, entry: int) -> None:
    """Say what was kept; finish the step behind it as an act of its own, which can be undone."""
    if step is None:
        desk.done(words)
        return
    done = desk.words.tr("Done: {step}").format(step=Veil(desk).text(step.text))

    def on_failed(error: BaseException) -> None:
        desk.done(words)
        desk.say.failure(error)

    act = Act(desk.words.tr("Finish a step"))
    finishing = desk.do(desk, act, tasks.finish, step, entry)
    finishing.then(lambda _: desk.done(f"{words}. {done}")).otherwise(on_failed)
