"""The chart's consents: what relied on an ended one, what is kept back, and what ends of age."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMainWindow
from sqlalchemy.orm import Session

from cmdesk.casework import consents, documents, drafts, holds
from cmdesk.casework.holds import HoldDraft
from cmdesk.rules.codes import Signer
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.consents_tab import ConsentsTab
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label
from tests.ui.dialogs.practice import TODAY, Case, form


@pytest.fixture
def tab(desk: Desk, window: QMainWindow) -> ConsentsTab:
    made = ConsentsTab(desk)
    window.setCentralWidget(made)
    return made


def show(tab: ConsentsTab, desk: Desk, client: int) -> list[str]:
    tab.show_client(client, desk.ask(consents.rows, client))
    said = [label.text() for label in tab.findChildren(Label)]
    return said + [chip.accessibleName() for chip in tab.findChildren(Chip)]


def test_what_relied_on_an_ended_consent_is_told(tab: ConsentsTab, desk: Desk, case: Case) -> None:
    key = f"update:{case.maya}:p{case.diane}:2026-03-02:2026-03-08"
    desk._store.do("Begin", drafts.keep, key, {})
    desk._store.do("End", consents.end, case.consent)
    said = show(tab, desk, case.maya)
    assert any(text.endswith("1 is being written") for text in said)
    assert "Was revoked by word March 9" in said


def test_a_wish_stands_there_and_opens(tab: ConsentsTab, desk: Desk, case: Case) -> None:
    assert any(text.startswith("Nothing is kept back.") for text in show(tab, desk, case.maya))
    wish = HoldDraft(case.maya, (f"p{case.diane}",), (Topic.LEGAL,), (case.entry,), None, "Hers")
    number = desk._store.do("Hold", holds.save, wish)
    said = show(tab, desk, case.maya)
    assert {"Hers", "No end"} <= set(said)
    assert any(text.endswith("Legal, 1 entry") for text in said)
    asked: list[tuple[int, object]] = []

    def ask(client: int, hold: object) -> None:
        asked.append((client, hold))

    tab.hold_asked.connect(ask)
    named = {button.accessibleName(): button for button in tab.findChildren(Button)}
    named["Open what is kept from Diane Brenner"].click()
    named["Keep something back"].click()
    assert asked == [(case.maya, number), (case.maya, None)]
    desk._store.do("End", holds.end, number)
    assert "Over" in show(tab, desk, case.maya)


def test_the_birthday_and_a_second_consent_are_told(
    tab: ConsentsTab, desk: Desk, case: Case
) -> None:
    def by_parent(session: Session) -> None:
        typed = form(session, case.owen, f"p{case.diane}", (Topic.PROGRESS,))
        late = replace(typed, signer=Signer.PARENT, expires_on=TODAY.replace(year=2027))
        consents.save(session, late)

    desk._store.do("Sign", by_parent)
    assert any("18th birthday, Sep 1, 2026" in text for text in show(tab, desk, case.owen))
    desk._store.do("Copy", consents.save, desk.ask(consents.draft, case.consent))
    assert any("A newer one counts too" in text for text in show(tab, desk, case.maya))


def test_what_ends_or_ended_is_renewed_from_the_list(
    tab: ConsentsTab, desk: Desk, case: Case
) -> None:
    asked: list[tuple[int, int]] = []

    def ask(client: int, consent: int) -> None:
        asked.append((client, consent))

    def offered() -> list[str]:
        show(tab, desk, case.maya)
        named = [each.accessibleName() for each in tab.findChildren(Button)]
        return [name for name in named if name.startswith("Renew")]

    tab.renew_asked.connect(ask)
    assert offered() == ["Renew the consent for David Brenner"]  # until March 18
    desk._store.do("End", consents.end, case.consent)
    assert "Renew the consent for Diane Brenner" in offered()
    named = {button.accessibleName(): button for button in tab.findChildren(Button)}
    named["Renew the consent for Diane Brenner"].click()
    assert asked == [(case.maya, case.consent)]
    again = replace(desk.ask(consents.draft, case.consent), version=0, replaces=())
    desk._store.do("Sign anew", consents.save, again)
    assert offered() == ["Renew the consent for David Brenner"]


def test_a_removed_file_has_a_way_back(tab: ConsentsTab, desk: Desk, case: Case) -> None:
    def add(session: Session) -> int:
        return documents.add(
            session, b"%PDF-", title="Card", file_name="", media_type="", client_id=case.maya
        )

    asked: list[int] = []
    tab.files.put_back.connect(asked.append)
    card = desk._store.do("Add", add)
    show(tab, desk, case.maya)
    assert not tab.files.removed.isVisible()
    desk._store.do("Remove", documents.remove, card)
    show(tab, desk, case.maya)
    assert tab.files.removed.text() == "Removed files (1)"
    back = next(b for b in tab.findChildren(Button) if b.accessibleName() == "Put Card back")
    assert not back.isVisible()
    tab.files.removed.click()
    assert back.isVisible()
    back.click()
    assert asked == [card]
    desk._store.do("Put back", documents.put_back, case.maya, card)
    show(tab, desk, case.maya)
    assert not tab.files.removed.isVisible()
