"""How a letter is to leave: a password changes knowingly, no mailbox is shared."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.casework import correspondence, hand_over_way, parties
from cmdesk.models.person import ContactPoint
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.finish import FinishPanel
from cmdesk.ui.parts.pdf_password import Before, PdfPassword
from tests.ui.pages.test_composer import give_address, person

KEPT = "lantern river oatmeal crooked saddle plum"


def test_other_words_are_taken_only_with_a_look_at_older_letters(desk: Desk, qtbot: QtBot) -> None:
    dialog = PdfPassword(desk, "Diane", "", Before(KEPT, 3))
    qtbot.addWidget(dialog)
    kept: list[tuple[str, str]] = []

    def keep(typed: str, told: str) -> None:
        kept.append((typed, told))

    dialog.kept.connect(keep)
    assert dialog.password.text() == KEPT  # nothing changes by itself
    assert not dialog.changes.isVisibleTo(dialog)
    dialog.password.setText("other words that nobody guesses")
    assert dialog.changes.isVisibleTo(dialog)
    assert dialog.save.text() == "Change it"
    dialog.show()
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert kept == []  # the first Enter leads to the button, the warning is read out
    dialog.save.click()
    assert [typed for typed, _ in kept] == ["other words that nobody guesses"]
    first = PdfPassword(desk, "Diane")
    qtbot.addWidget(first)
    assert len(first.password.text().split()) == 6
    assert not first.changes.isVisibleTo(first)


def test_no_e_mail_is_drafted_to_a_mailbox_somebody_else_reads(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    give_address(store)
    panel = FinishPanel(desk)
    qtbot.addWidget(panel)
    diane = store.ask(parties.of_person, person(store, "Diane"))

    def shown() -> tuple[bool, bool, str]:
        panel.show_way(store.ask(hand_over_way.way, maya, diane), "Diane")
        return panel.chosen.email, panel.email.isEnabled(), panel.email.accessibleName()

    assert shown()[:2] == (True, True)
    other = ContactPoint(
        person_id=person(store, "David"), kind="e_mail", value="Diane@brenner.example"
    )
    store.do("Share", lambda session: session.add(other))
    email, enabled, words = shown()
    assert (email, enabled) == (False, False)
    assert words.startswith("No e-mail: David Brenner has this address, too")
    store.do("Keep", correspondence.keep_password, diane, KEPT)
    assert not shown()[0]
