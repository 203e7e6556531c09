"""Pictures of consents: a renewal, one that ended, the form to sign, a wish that is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import consents, drafts, holds
from cmdesk.casework.holds import HoldDraft
from cmdesk.rules.codes import ConsentKind, Statement
from cmdesk.ui.dialogs.consent import ConsentDialog, open_consent
from cmdesk.ui.dialogs.consent_print import open_form
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.page import Route

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def consent_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of picture 15's kin; what they change is Joel's and David's alone."""
    over = partial(_over, studio)
    yield "15-consent-new", partial(over, _new)
    yield "15-consent-more", partial(over, _more)
    yield "15-consent-renewal", partial(over, _renewal)
    yield "15-consent-print", partial(over, _print)
    yield "15-hold-changed", partial(over, _hold)
    yield "15-consent-ended", partial(over, _ended)
    yield "15-consents-tab", partial(_tab, studio)


def _over(studio: Studio, show: Callable[[Studio, int], object]) -> QWidget:
    return studio.over_chart(lambda client: show(studio, client))


def _named(studio: Studio, client: int, name: str) -> int:
    rows = studio.store.ask(consents.rows, client)
    return next(row.id for row in rows if name in row.recipients[0])


def _open(studio: Studio, client: int, name: str) -> ConsentDialog:
    return open_consent(studio.desk, studio.window, client, _named(studio, client, name))


def _new(studio: Studio, client: int) -> None:
    dialog = open_consent(studio.desk, studio.window, client)
    dialog.fields.purpose.setText("Family support")
    dialog.fields.kind.choose(ConsentKind.HIPAA)
    dialog.topics.checks["substance_use"].click()


def _more(studio: Studio, client: int) -> None:
    dialog = _open(studio, client, "Diane")
    dialog.fields.more.unfold()
    dialog.fields.more.texts["witness"].setFocus()
    dialog.middle.verticalScrollBar().setValue(420)


def _renewal(studio: Studio, client: int) -> None:
    david = _named(studio, client, "David")
    dialog = open_consent(studio.desk, studio.window, client, like=david)
    dialog.topics.load(("attendance",), dialog.draft.kind)
    dialog.fields.signed_on.set_day(studio.desk.today())
    dialog.fields.expires_on.set_day(studio.desk.today().replace(month=9))
    dialog.fields.form.show_file(None, "", on_file=True)
    dialog.fields.statements.load([statement.value for statement in Statement])
    dialog.fields.edited.emit()
    dialog.keeper.forget()


def _print(studio: Studio, client: int) -> None:
    dialog = _open(studio, client, "Diane")
    open_form(studio.desk, dialog, dialog.draft)


def _held(studio: Studio, client: int) -> int:
    kept = studio.store.ask(holds.rows, client)
    if kept:
        return kept[0].id
    diane = studio.store.ask(consents.draft, _named(studio, client, "Diane")).recipients
    wish = HoldDraft(client, diane, ("treatment",), reason="Maya wants to tell her mother herself")
    return studio.store.do("Hold", holds.save, wish)


def _hold(studio: Studio, client: int) -> None:
    dialog = open_hold(studio.desk, studio.window, client, hold_id=_held(studio, client))
    dialog.entries.unfold()


def _ended(studio: Studio, client: int) -> None:
    david = _named(studio, client, "David")
    row = studio.store.ask(consents.draft, david)
    if studio.store.ask(consents.get, david).revoked_on is None:
        key = f"update:{client}:{row.recipients[0]}:2026-03-02:2026-03-08"
        studio.store.do("Begin", drafts.keep, key, {}, client)
        studio.store.do("End", consents.end, david)
    _open(studio, client, "David")


def _tab(studio: Studio) -> QWidget:
    maya = studio.client("c-maya")
    _held(studio, maya)
    return studio.open(Route("chart", maya, "consents"))
