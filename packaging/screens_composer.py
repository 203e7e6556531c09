"""Pictures of letters in the making: other kinds, what is asked first, what was promised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from cmdesk.casework import parties
from cmdesk.models.update import LetterPromise, ToldStatement, Update, UpdateCopy, UpdatePlan
from cmdesk.rules.promises import Became
from cmdesk.ui.dialogs.crisis_reader import begin_notice
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.letter_list_parts import ClockPart
from cmdesk.ui.parts.letter_lists import MomentRow
from cmdesk.ui.parts.letter_promises import ClosedPart

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio
    from sqlalchemy.orm import Session

Draw = Callable[[], "QWidget"]
BEFORE = (date(2026, 2, 23), date(2026, 3, 1))
PATIENCE = 150  # fifths of a second
PROMISED = ("Send the forms to Bridge Street", "Ask the insurer for more days", "Call with Tess")


def composer_screens(studio: Studio, settle: Callable[[float], None]) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of picture 06's kin; the last ones put a letter of the week before in."""
    yield "06-update-brief", partial(_letter, studio, settle, "2026-03-02:2026-03-08:brief")
    yield "06-update-crisis", partial(_crisis, studio, settle)
    yield "06-update-left-out", partial(_left_out, studio, settle)
    before = studio.store.ask(_languages)
    yield "06-update-spanish", partial(_spanish, studio, settle, before)
    yield "06-update-notice", partial(_notice, studio, settle, before)
    yield "06-update-long", partial(_long, studio, settle, before)
    yield "06-update-to-whom", partial(_to_whom, studio)
    yield "06-update-choices", partial(_choices, studio, settle)
    yield "06-update-promises", partial(_promises, studio, settle)
    yield "06-update-told", partial(_told, studio, settle)
    yield "06-update-spare", partial(_spare, studio, settle)


def _letter(studio: Studio, settle: Callable[[float], None], period: str) -> QWidget:
    diane = studio.store.ask(parties.party_by_name, "p-diane")
    studio.open(Route("composer", studio.client("c-maya"), f"{diane.key}:{period}"))
    settle(2.5)
    at_rest(studio, settle)
    return studio.window


def at_rest(studio: Studio, settle: Callable[[float], None]) -> None:
    """Wait until the letter in front is checked and laid out, however slow the machine is."""
    letter = _page(studio).letter
    for _ in range(PATIENCE):
        preview = letter.preview
        if letter.watching.ready and (preview.pages or not preview.shown):
            return
        settle(0.2)


def _page(studio: Studio) -> ComposerPage:
    page = studio.window.shell.page if studio.window.shell else None
    if not isinstance(page, ComposerPage):
        raise TypeError(page)
    return page


def _crisis(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    """Draw a crisis by the clock, half an hour into it."""
    _letter(studio, settle, "2026-03-09:2026-03-09:crisis")
    page = _page(studio)
    if not page.letter.letter.clock:
        said = "Staff found Maya shaken after a call. She is safe, in her room, with Tess."
        page.letter.editor.texts["now"].setPlainText(said)
        lines = ("Tess called me", "I spoke with Maya, then with Dr. Okonedo", "")
        for line in lines:
            page.letter.editor.stamp()
            clock = next(p for p in page.letter.editor.parts if isinstance(p, ClockPart))
            row = clock.rows[-1]
            if isinstance(row, MomentRow):
                row.what.setPlainText(line)
    settle(1.5)
    return studio.window


def _left_out(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    """Draw parts this letter goes without, scrolled to the end of the words."""
    _letter(studio, settle, "2026-03-02:2026-03-08")
    editor = _page(studio).letter.editor
    turned = [part.turn for part in editor.parts if part.turn and not part.left_out]
    for turn in turned[:2]:
        turn.click()
    settle(0.8)
    editor.verticalScrollBar().setValue(editor.verticalScrollBar().maximum())
    settle(0.2)
    return studio.window


def _spanish(studio: Studio, settle: Callable[[float], None], before: dict[int, str]) -> QWidget:
    """Draw the letter to a reader of Spanish, as it begins; what follows is as it was agreed."""
    studio.store.do("Spanish", partial(_speak, languages=dict.fromkeys(before, "es")))
    return _letter(studio, settle, "2026-02-16:2026-02-22")


def _notice(studio: Studio, settle: Callable[[float], None], before: dict[int, str]) -> QWidget:
    """Draw a letter that was begun before another language was agreed."""
    studio.store.do("As before", partial(_speak, languages=before))
    _letter(studio, settle, "2026-02-09:2026-02-15")
    page = _page(studio)
    page.letter.editor.headline.setPlainText("A quiet week")
    page.keeper.keep_now()
    studio.store.do("Spanish", partial(_speak, languages=dict.fromkeys(before, "es")))
    settle(1.5)
    at_rest(studio, settle)
    return studio.window


def _languages(session: Session) -> dict[int, str]:
    return {plan.id: plan.language for plan in session.scalars(select(UpdatePlan))}


def _speak(session: Session, languages: dict[int, str]) -> None:
    for plan in session.scalars(select(UpdatePlan)):
        plan.language = languages[plan.id]


def _long(studio: Studio, settle: Callable[[float], None], before: dict[int, str]) -> QWidget:
    """Draw the third page of a letter that is too long."""
    studio.store.do("As before", partial(_speak, languages=before))
    _letter(studio, settle, "2026-03-02:2026-03-08")
    page = _page(studio)
    for row in page.letter.editor.passages:
        line = row.passage().text.partition("\n")[0]  # it is drawn four times
        row.editor.setPlainText("\n".join([line] * 8))
    page.letter.lay_out_letter()
    for _ in range(PATIENCE):
        if page.letter.preview.pages and page.letter.preview.pages.count > 2:
            break
        settle(0.2)
    for _ in range(2):
        page.letter.preview.on.click()
    return studio.window


def _spare(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    """Draw what is asked quietly of entries that are not in the letter."""
    _letter(studio, settle, "2026-03-02:2026-03-08")
    rows = _page(studio).letter.editor.passages
    for row in rows[: max(len(rows) - 5, 0)]:  # two of seven, however often it is drawn
        row.removed.emit()
    settle(0.8)
    return studio.window


def _to_whom(studio: Studio) -> QWidget:
    """Draw the question who is to read a crisis notice."""
    window = studio.open(Route("chart", studio.client("c-maya")))
    begin_notice(studio.desk, studio.window, studio.client("c-maya"))
    return window


def _choices(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    _letter(studio, settle, "2026-03-02:2026-03-08")
    _page(studio).letter.finishing.ask(2)
    return studio.window


def _promises(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    """Draw the last letter's promises: one of them moved, the day asked."""
    studio.store.do("Hand over", partial(_hand_over, maya=studio.client("c-maya")))
    _letter(studio, settle, "2026-03-02:2026-03-08")
    page = _page(studio)
    page.finish()
    settle(0.5)
    part = next(p for p in page.letter.editor.parts if isinstance(p, ClosedPart))
    part.waiting[0].answer(Became.MOVED)
    return studio.window


def _told(studio: Studio, settle: Callable[[float], None]) -> QWidget:
    """Draw a day that was told otherwise."""
    studio.store.do("Hand over", partial(_hand_over, maya=studio.client("c-maya")))
    _letter(studio, settle, "2026-03-02:2026-03-08")
    typed = _page(studio).letter.editor.passages[0].editor
    typed.setPlainText("Maya leaves Stillwater Ridge on Friday, March 20.")
    settle(1.5)
    return studio.window


def _hand_over(session: Session, maya: int) -> None:
    """Keep a letter of the week before, once."""
    diane = parties.party_by_name(session, "p-diane")
    if session.scalars(select(Update.id).where(Update.period_from == BEFORE[0])).first():
        return
    update = Update(client_id=maya, number=90, status="sent")
    update.period_from, update.period_until = BEFORE
    session.add(update)
    session.flush()
    copy = UpdateCopy(update_id=update.id, person_id=diane.person_id)
    session.add(copy)
    session.flush()
    about = {"update_copy_id": copy.id, "client_id": maya}
    for place, what in enumerate(PROMISED):
        row = LetterPromise(**about, position=place, what=what, who="Nora")
        row.due, row.when_words = date(2026, 3, 4), "Wed, March 4"
        session.add(row)
    words = "Maya leaves Stillwater Ridge on Friday, March 27."
    told = ToldStatement(**about, person_id=diane.person_id, text=words)
    told.told_on = date(2026, 3, 2)
    session.add(told)
