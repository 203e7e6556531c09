"""A sitting at the whole program, step by step; each step leaves its word wherever one can type."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QLabel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.models.client import Client
from cmdesk.models.consent import Consent
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry
from cmdesk.rules.promises import Became
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from cmdesk.ui import handing
from cmdesk.ui.dialogs.bring_in import IntakeDialog
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.document import DocumentDialog
from cmdesk.ui.dialogs.hold import HoldDialog
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.first_run import FirstRun
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.pages.settings import SettingsPage
from cmdesk.ui.parts.letter_promises import PromiseRow
from cmdesk.ui.unlock import UnlockPage
from tests.leaks import filling
from tests.leaks.hands import Hands

GIVEN_AWAY: Final = ("Sheet.pdf", "Letter.eml", "Activity.csv")
SECTIONS: Final = ("practice", "security", "backups", "appearance")


def passphrase(hands: Hands, name: str = "passphrase") -> str:
    return (hands.given / name).read_text().strip()


def first_run(hands: Hands) -> None:
    page = hands.shown(FirstRun)
    page.place.go.click()
    for edit in (page.passphrase.new.first, page.passphrase.new.second):
        edit.setText(passphrase(hands))
    page.passphrase.go.click()
    hands.wait(lambda: page.step == 2, "the recovery sheet")
    with hands.answering(hands.folder / "Sheet.pdf"):
        page.sheet.save_button.click()
        hands.wait(page.sheet.back_part.isVisible, "the sheet on the disk")
    page.sheet.show_button.click()
    code = next(each.text() for each in page.sheet.shown.findChildren(QLabel) if each.text())
    for _, edit in page.sheet._asked:
        edit.setText(code.split("-")[int(edit.accessibleName().split()[-1]) - 1])
    page.sheet.go.click()
    hands.wait(lambda: page.step == 3, "the backups' place")
    page.backup.go.click()
    hands.wait(lambda: hands.program.desk, "the records")


def unlock(hands: Hands, name: str = "passphrase") -> None:
    door = hands.shown(UnlockPage)
    door.field.setText(passphrase(hands, name))
    door.open_records()
    hands.wait(lambda: hands.program.desk, "the records")
    hands.settle()


def bring_in(hands: Hands) -> None:
    with hands.answering(hands.given / "practice.json"):
        hands.command("import")
    asked = hands.shown(IntakeDialog)
    hands.wait(asked.go.isEnabled, "the file looked at")
    asked.go.click()
    hands.wait(lambda: hands.desk.ask(lambda s: s.scalar(select(func.count(Client.id)))), "clients")
    hands.wait(lambda: not asked.doing, "what came in")
    hands.close(asked)
    hands.gone(IntakeDialog)
    filled = list[object]()
    hands.desk.handle(hands.desk, partial(_fill, hands=hands)).then(filled.append)
    hands.wait(lambda: filled, "the filling")


def _fill(store: Store, hands: Hands) -> list[str]:
    return store.do(Label("Fill", undoable=False), filling.fill, hands.tokens)


def every_page(hands: Hands) -> None:
    for page in ("today", "clients", "updates", "activity"):
        hands.type_everywhere(hands.go(page), page)
    for section in SECTIONS:
        hands.go("settings", tab=section)
    page = hands.page
    assert isinstance(page, SettingsPage)
    hands.write(page.finder, "typed.settings")
    hands.settle()
    page.finder.clear()


def chart(hands: Hands) -> ChartPage:
    page = hands.go("chart", hands.number(Client, "c-maya"))
    assert isinstance(page, ChartPage)
    return page


def read_chart(hands: Hands) -> None:
    page = chart(hands)
    hands.type_everywhere(page.log, "chart")
    for kind in ("calls", "meetings", "messages", "milestones", "all"):
        page.log.kinds.choose(kind)
        page.log.refresh()
        hands.settle()
    for _ in range(3):  # the care plan, the updates, the consents
        page.next_tab()
        hands.settle()
    page.card.edit("")
    hands.write(page.card.editor, "typed.standing")
    hands.settle(600)
    page.card.saved.emit(page.card.editor.text())
    hands.settle()
    hands.wait(lambda: hands.desk.undo_label, "a step to take back")
    hands.command("undo")
    hands.wait(lambda: hands.desk.redo_label, "a step to do again")
    hands.command("redo")
    hands.command("hide")
    hands.command("hide")
    hands.desk.clipboard.copy(hands.tokens.of("clipboard"))


def log_contact(hands: Hands) -> None:
    chart(hands)
    hands.command("log")
    dialog = hands.shown(LogDialog)
    dialog.contact.people.choose(dialog.contact._find_person("tess")[:1])
    dialog.contact.minutes.setText("20")
    hands.write(dialog.narrative, "typed.narrative")
    hands.write(dialog.wording.family_line, "typed.family_line")
    hands.write(dialog.follow_up.what, "typed.follow_up")
    dialog.keeper.keep_now()
    hands.settle()
    dialog.save(sign=True)
    hands.gone(LogDialog)


def add_to_signed(hands: Hands) -> None:
    def newest(session: Session) -> int:
        return session.scalars(select(func.max(Entry.id)).where(Entry.status == "signed")).one()

    chart(hands).open_entry.emit(hands.desk.ask(newest))
    dialog = hands.shown(SignedEntry)
    hands.write(dialog.addition, "typed.addition")
    dialog.save()
    hands.gone(SignedEntry)


def consent(hands: Hands) -> None:
    chart(hands).edit_consent.emit(
        hands.number(Client, "c-maya"),
        hands.desk.ask(lambda s: s.scalars(select(func.min(Consent.id))).one()),
    )
    dialog = hands.shown(ConsentDialog)
    hands.write(dialog.fields.purpose, "typed.purpose")
    named = hands.given / f"{hands.tokens.of('chosen.file_name')}.pdf"
    with hands.answering(named):
        dialog.fields.form.attach.click()
    dialog.keeper.keep_now()
    hands.settle()
    dialog.save()
    hands.settle(300)
    for left in hands.window.findChildren(ConsentDialog):
        hands.close(left)


def hold(hands: Hands) -> None:
    chart(hands).ask_hold()
    dialog = hands.shown(HoldDialog)
    next(iter(dialog.readers.values())).click()
    dialog.reason.clear()
    hands.write(dialog.reason, "typed.reason")
    dialog.save()
    hands.gone(HoldDialog)


def documents(hands: Hands) -> None:
    page = chart(hands)
    for number in hands.desk.ask(lambda s: s.scalars(select(Document.id)).all()):
        page.open_document.emit(number)
        hands.settle()
        hands.close(hands.shown(DocumentDialog))


def letter(hands: Hands) -> None:
    page = hands.go("composer", hands.number(Client, "c-maya"))
    assert isinstance(page, ComposerPage)
    hands.wait(lambda: page.letter.preview.pages, f"a preview: {page.letter.why_not()}")
    hands.write(page.letter.editor.headline, "typed.headline")
    page.keeper.keep_now()
    hands.settle(400)
    page.letter.preview.read()
    hands.settle()
    for each in hands.window.findChildren(Dialog):
        hands.close(each)
    for promise in page.findChildren(PromiseRow):
        promise.answer(Became.DONE)
        hands.settle(400)
    page.finish()  # asks about what waits for a choice
    hands.settle(400)
    with hands.answering(None):
        page.finish()
    named = hands.folder / "Letter.pdf"
    with hands.answering(named):
        page.finish()
    hands.wait(lambda: named.exists() and page.letter.finishing.done, "the letter")


def printing(hands: Hands) -> None:
    """Change one's mind in the system's print dialog, which asks the system's print service."""
    with hands.answering(None):
        handing.print_pdf(hands.window, filling.letter(hands.tokens.of("printed")))
