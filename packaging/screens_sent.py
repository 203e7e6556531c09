"""Pictures of letters that left: the list, one looked at, and what stands beside it just then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from cmdesk import handover
from cmdesk.casework import correspondence, letter_events, parties, update_list
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.journal import Label
from cmdesk.ui import handing
from cmdesk.ui.dialogs.letter_became import open_letter_became
from cmdesk.ui.dialogs.sent_letter import open_sent_letter
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.pages.updates import UpdatesPage
from cmdesk.ui.parts.pdf_password import Before, PdfPassword

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget
    from screens import Studio
    from sqlalchemy.orm import Session

Draw = Callable[[], "QWidget"]
WORDS = "lantern river oatmeal crooked saddle plum"
SLOW = 30  # rests at most, until a letter is laid out
BACK = "The mailbox is full"


def sent_screens(studio: Studio, week: tuple[date, date]) -> Iterator[tuple[str, Draw]]:
    """Give the pictures; the letter is handed over once, when the first of them is drawn."""

    def letter() -> int:
        known = studio.store.ask(update_list.sent, studio.client("c-maya"))
        mine = [row for row in known if (row.first, row.last) == week]
        return mine[0].id if mine else hand_over(studio, request(studio, week)).copy_id

    def shown(show: Callable[[int], object]) -> QWidget:
        number = letter()
        studio.open(Route("updates"))
        studio.rest()
        show(number)
        studio.rest()
        return studio.window

    def looked_at(number: int) -> None:
        open_sent_letter(studio.desk, studio.window, number)

    def withdraw(number: int) -> None:
        open_letter_became(studio.desk, studio.window, number, LetterState.WITHDRAWN)

    yield "06-sent-done", partial(done, studio, week)
    yield "06-sent-again", partial(again, studio, week)
    yield "06-sent-letter", partial(shown, looked_at)
    yield "06-sent-withdraw", partial(shown, withdraw)
    yield "06-sent-list", partial(shown, partial(came_back, studio))
    yield "06-sent-back", partial(shown, looked_at)
    yield "06-sent-chart", partial(chart, studio)
    yield "06-sent-password", partial(shown, partial(password, studio))


def came_back(studio: Studio, number: int) -> None:
    """Let the letter have come back, and show the list it stands in."""
    if studio.store.ask(letter_events.state_of, number).state is LetterState.HANDED_OVER:
        day = studio.desk.today()
        studio.store.do("Back", letter_events.bounced, number, day, BACK)
    page = studio.window.findChildren(UpdatesPage)[-1]
    page.lists.choose("sent")
    page.lists.chosen.emit("sent")


def password(studio: Studio, _number: int) -> None:
    """Show what other words mean for the letters that left before."""
    dialog = PdfPassword(studio.desk, "Diane", "", Before(WORDS, 3))
    open_over(studio.window, dialog)
    dialog.password.setText("another set of six good words")


def chart(studio: Studio) -> QWidget:
    """Show the letters of one client, with what became of them."""
    window = studio.open(Route("chart", studio.client("c-maya"), "updates"))
    studio.rest()
    return window


def done(studio: Studio, week: tuple[date, date]) -> QWidget:
    """Show what stands beside a letter that was just handed over, with its e-mail draft."""
    asked = request(studio, week)
    tab = f"{asked.party.key}:{week[0]}:{week[1]}"
    window = studio.open(Route("composer", asked.client_id, tab))
    for _ in range(4):  # paper and its library are loaded with the first letter
        studio.rest()
    asked = replace(asked, email=handing.mail_place("Update 2026-03-09.eml"))
    made = hand_over(studio, asked)
    page = studio.window.shell.page if studio.window.shell else None
    if isinstance(page, ComposerPage):
        page.letter.finishing._on_made(made, asked)  # noqa: SLF001 - without a file dialog
        studio.rest()
    return window


def again(studio: Studio, week: tuple[date, date]) -> QWidget:
    """Show the corrected copy of a letter that left, just begun."""
    window = done(studio, week)
    page = studio.window.shell.page if studio.window.shell else None
    if isinstance(page, ComposerPage):
        page.correct()
        for _ in range(SLOW):
            studio.rest()
            letter = page.letter
            if letter.watching.ready and letter.preview.pages and not letter.left:
                break
        studio.rest()
    return window


def request(studio: Studio, week: tuple[date, date]) -> handover.Request:
    """Ask for Maya's letter of the week to her mother, in a place of its own."""
    party = studio.store.ask(diane)
    studio.store.do("Told", correspondence.keep_password, party, WORDS, "by phone on March 2")
    target = Path(mkdtemp(dir=studio.folder.parent)) / "Update 2026-03-09.pdf"
    return handover.Request(studio.client("c-maya"), party, *week, target=target)


def hand_over(studio: Studio, asked: handover.Request) -> handover.Handover:
    return handover.hand_over(studio.store, Label("Hand over", undoable=False), asked)


def diane(session: Session) -> parties.Party:
    return parties.party_by_name(session, "p-diane")
