"""Writing a family update: what is offered, what is refused, what is kept, and what leaves."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import ParamSpec, TypeVar

import pikepdf
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cmdesk.casework import consents, disclosures, drafts, entries, parties
from cmdesk.models.client import CircleMember, PlainEmail
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryMark
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.update import UpdateCopy, UpdatePlan
from cmdesk.rules.log import LogDraft
from cmdesk.store.store import Store
from cmdesk.ui import commands, handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.pdf_password import PdfPassword
from cmdesk.ui.parts.verdict_card import Act, Group
from cmdesk.ui.tasks import Tasks
from tests.ui.conftest import Said, bring_up

HOUSING = "A sober companion could drive Maya on the 20th."
INSURER = "We asked the insurer for a review."
RIDE = "We spoke about the ride home."
SHORT = "Maya is doing well in her groups."
WORDS = "amber otter fence mellow drift canyon"

Open = Callable[..., ComposerPage]
P = ParamSpec("P")
T = TypeVar("T")


@pytest.fixture
def opened(desk: Desk, maya: int, qtbot: QtBot) -> Generator[Open]:
    """Return a function that shows the composer for Maya; its pages go while somebody has them."""
    pages: list[ComposerPage] = []

    def show(tab: str = "") -> ComposerPage:
        page = ComposerPage(desk)
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1440, 900)
        page.visit(Route("composer", maya, tab))
        page.show()
        qtbot.waitUntil(lambda: page.letter.watching.ready)
        return page

    yield show
    for page in pages:
        shiboken6.delete(page)


def person(store: Store, given: str) -> int:
    def find(session: Session) -> int:
        return session.scalars(select(Person.id).where(Person.given_name == given)).one()

    return store.ask(find)


def consent_of(store: Store, given: str) -> int:
    number = person(store, given)

    def find(session: Session) -> int:
        query = select(ConsentRecipient.consent_id).where(ConsentRecipient.person_id == number)
        return session.scalars(query).one()

    return store.ask(find)


def narrow(store: Store, given: str, *topics: str) -> None:
    """Take topics out of someone's consent."""
    number = consent_of(store, given)

    def work(session: Session) -> None:
        row = session.get_one(Consent, number)
        row.topics = [topic for topic in row.topics if topic not in topics]

    store.do("Narrow a consent", work)


def entry_of(store: Store, line: str) -> int:
    """Give the entry whose narrative or line says this."""

    def find(session: Session) -> int:
        query = select(Entry.id).where(Entry.narrative.contains(line))
        return session.scalars(query).one()

    return store.ask(find)


def log(store: Store, maya: int, narrative: str, line: str = "", **more: object) -> int:
    draft = LogDraft(
        client_id=maya,
        day=date(2026, 3, 4),
        at=time(9),
        minutes=10,
        part2="no",
        narrative=narrative,
        topics=("progress",),
        family_line=line,
    )
    return store.do("Log", entries.log, replace(draft, **more), sign=True)  # type: ignore[arg-type]  # named above


def texts(page: ComposerPage) -> list[str]:
    return [row.passage().text for row in page.letter.editor.passages]


def press(page: ComposerPage, entry_id: int, act: Act) -> None:
    page.letter.cards.cards[entry_id].buttons[act].click()


def test_the_letter_due_first_is_laid_out_from_what_may_be_told(opened: Open) -> None:
    page = opened()
    assert page.head.about.text() == "Maya Brenner, March 2 to 8"
    assert page.head.readers.current == page.letter.place.party.key  # type: ignore[union-attr]  # waited for
    assert texts(page) == [HOUSING, INSURER, RIDE]
    assert page.letter.editor.greeting.text() == "Dear Diane,"


def test_every_entry_stands_in_its_group_with_its_reason(
    opened: Open, store: Store, maya: int
) -> None:
    other = log(store, maya, "Another client left.", topics=("other_person",))
    wordless = log(store, maya, "Sleep is about seven hours.")
    page = opened()
    cards = page.letter.cards.cards
    tess = cards[entry_of(store, "prevention plan")]
    assert tess.group == Group.CHOICE
    assert "substance use" in tess.why()
    assert cards[wordless].group == Group.CHOICE
    assert cards[wordless].why() == "No line for the family yet"
    assert cards[other].group == Group.KEPT
    assert cards[other].why() == "About someone else"
    assert Act.ADD not in cards[other].buttons
    told = cards[entry_of(store, "doctor-to-doctor")]
    assert (told.group, told.used) == (Group.SHARED, "What happened")
    assert told.accessibleName().endswith("Covered: insurance and money. In What happened.")


def test_a_short_version_waits_for_the_choice_and_can_be_undone(
    opened: Open, store: Store, said: Said, qtbot: QtBot
) -> None:
    page = opened()
    tess = entry_of(store, "prevention plan")
    assert SHORT not in texts(page)
    press(page, tess, Act.SHORT)
    qtbot.waitUntil(lambda: SHORT in texts(page))
    assert texts(page) == [HOUSING, SHORT, INSURER, RIDE]
    text, undo = said.toasts[-1]
    assert text == "Diane gets the short version"
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: not marks(store))


def marks(store: Store) -> list[str]:
    """Give the marks for Diane."""
    number = person(store, "Diane")
    query = select(EntryMark.mark).where(EntryMark.person_id == number)
    return store.ask(lambda session: list(session.scalars(query)))


def test_keeping_back_takes_the_paragraph_out(opened: Open, store: Store, qtbot: QtBot) -> None:
    page = opened()
    number = entry_of(store, "doctor-to-doctor")
    page.letter.cards.asked.emit(Act.KEEP_BACK, number, "")
    qtbot.waitUntil(lambda: INSURER not in texts(page))
    card = page.letter.cards.cards[number]
    assert (card.group, card.why()) == (Group.CHOICE, "Your choice: kept back")
    press(page, number, Act.FULL)
    qtbot.waitUntil(lambda: INSURER in texts(page))


def test_a_line_is_written_in_the_card(opened: Open, store: Store, maya: int, qtbot: QtBot) -> None:
    number = log(store, maya, "Sleep is about seven hours.")
    page = opened()
    press(page, number, Act.WRITE)
    card = page.letter.cards.cards[number]
    assert card.editor is not None
    QTest.keyClicks(card.editor, "She sleeps about seven hours.")
    card.save_line()
    qtbot.waitUntil(lambda: "She sleeps about seven hours." in texts(page))
    assert page.letter.cards.cards[number].group == Group.SHARED


def test_asking_the_client_makes_a_task(
    opened: Open, store: Store, maya: int, said: Said, qtbot: QtBot
) -> None:
    number = log(store, maya, "Dose raised.", "Her dose was raised.", topics=("medication",))
    page = opened()
    press(page, number, Act.ASK)
    qtbot.waitUntil(lambda: said.toasts != [])
    assert said.toasts[-1][0] == "Added to Today"


def test_typing_is_kept_and_comes_back(opened: Open, store: Store, maya: int, qtbot: QtBot) -> None:
    page = opened()
    bring_up(qtbot, page)
    page.letter.editor.headline.setFocus()
    page.letter.editor.headline.selectAll()
    QTest.keyClicks(page.letter.editor.headline, "A steady week")
    page.letter.editor.add_paragraph()
    QTest.keyClicks(page.letter.editor.passages[-1].editor, "She laughed on the phone.")
    assert page.leave()
    qtbot.waitUntil(lambda: page.head.saved.text() == "Saved 9:41 AM")
    key = f"update:{maya}:p{person(store, 'Diane')}:2026-03-02:2026-03-08"
    assert store.ask(drafts.find, key) is not None
    page.close()
    again = opened()
    bring_up(qtbot, again)
    assert again.letter.editor.headline.text() == "A steady week"
    assert texts(again) == [HOUSING, INSURER, RIDE, "She laughed on the phone."]
    assert again.head.saved.text() == "Saved 9:41 AM"
    last = again.letter.editor.passages[-1].editor
    kept = store.ask(drafts.find, key)
    assert kept is not None
    assert (kept.body["caret_in"], kept.body["caret_at"]) == ("passage 3", 25)
    assert QApplication.focusWidget() is last  # where one typed
    assert last.textCursor().position() == len("She laughed on the phone.")


def test_locking_keeps_what_was_typed(opened: Open, desk: Desk, store: Store, maya: int) -> None:
    page = opened()
    page.letter.editor.add_paragraph()
    desk.closing.emit()
    key = f"update:{maya}:p{person(store, 'Diane')}:2026-03-02:2026-03-08"
    assert store.ask(drafts.find, key) is not None


def test_each_reader_has_a_draft_of_their_own(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    page = opened()
    page.letter.editor.headline.setPlainText("For Diane alone")
    david = f"p{person(store, 'David')}"
    page.write_to(david)
    qtbot.waitUntil(lambda: page.head.readers.current == david)
    assert page.letter.editor.headline.text() == "Maya’s week"
    assert texts(page) == [HOUSING]
    page.write_to(f"p{person(store, 'Diane')}")
    qtbot.waitUntil(lambda: page.letter.editor.headline.text() == "For Diane alone")


class Late(Executor):
    """Takes work and does none of it yet."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return Future()


def test_what_is_still_being_written_is_not_lost_on_the_way_back(
    opened: Open, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    before, desk._writes = desk._writes, Tasks(Late(), desk.say.failure)
    page.letter.editor.headline.setPlainText("For Diane alone")
    david = f"p{person(store, 'David')}"
    page.write_to(david)
    qtbot.waitUntil(lambda: page.head.readers.current == david)
    page.write_to(f"p{person(store, 'Diane')}")
    qtbot.waitUntil(lambda: page.letter.editor.headline.text() == "For Diane alone")
    desk._writes = before


def test_a_narrowed_consent_turns_a_paragraph_red_and_stops_the_letter(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    assert page.head.finish.isEnabled()
    narrow(store, "Diane", "housing")
    qtbot.waitUntil(lambda: page.letter.to_fix == 1)
    assert not page.head.finish.isEnabled()
    refused = page.letter.editor.passages[0]
    assert refused.why == "Not in Diane's consent: housing"
    assert page.head.to_fix.accessibleName() == "1 to fix"
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.pages is not None)
    assert "companion" not in page.letter.preview.pages.text(0)  # type: ignore[union-attr]  # waited for
    refused.removed.emit()
    qtbot.waitUntil(page.head.finish.isEnabled)
    assert texts(page) == [INSURER, RIDE]


def test_an_ended_consent_leaves_a_reason_instead_of_a_letter(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    store.do("End", consents.end, consent_of(store, "Diane"))
    qtbot.waitUntil(lambda: page.letter.why_not() == "Nothing may be shared")
    page.letter.lay_out_letter()
    assert not page.letter.preview.shown
    assert page.letter.preview.pages is None
    heading = page.letter.preview.empty.findChildren(type(page.head.about))[0]
    assert heading.text() == "Nothing can be shared with Diane"


def test_what_the_program_wrote_follows_the_consent(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    where = page.letter.editor.glances[0].editor
    assert where.text() == "Stillwater Ridge, week 5."
    steps = page.letter.editor.steps
    assert [row.what.text() for row in steps] == ["Maya leaves Stillwater Ridge"]
    narrow(store, "Diane", "treatment")
    qtbot.waitUntil(lambda: "Stillwater" not in page.letter.editor.glances[0].editor.text())
    assert [row.what.text() for row in page.letter.editor.steps] == ["Maya moves on"]


def test_new_entries_are_offered(opened: Open, store: Store, maya: int, qtbot: QtBot) -> None:
    page = opened()
    log(store, maya, "Read to her group.", "She read to her group.")
    qtbot.waitUntil(lambda: len(page.letter.standing().fresh) == 1)
    assert "She read to her group." not in texts(page)
    page.letter.editor.offered.emit()
    assert "She read to her group." in texts(page)
    assert page.letter.standing().fresh == ()


def test_the_preview_is_the_letter(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    page.letter.editor.headline.setPlainText("A steady week")
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.pages is not None)
    pages = page.letter.preview.pages
    assert pages is not None
    printed = " ".join("".join(pages.text(page) for page in range(pages.count)).split())
    assert "A steady week" in printed
    assert INSURER in printed
    assert page.letter.preview.long.isHidden()


def test_a_long_letter_says_so(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    page.letter.editor.add_paragraph()
    page.letter.editor.passages[-1].editor.setPlainText("\n".join(["A long story."] * 120))
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.pages is not None)
    pages = page.letter.preview.pages
    assert pages is not None
    assert pages.count > 2
    assert page.letter.preview.long.accessibleName() == f"Runs to {pages.count} pages"
    page.resize(1280, 720)
    for part in (page.letter.preview.long, page.letter.preview.place):  # neither is cut
        qtbot.waitUntil(lambda part=part: part.width() >= part.sizeHint().width() > 0)
    page.letter.preview.on.click()
    assert page.letter.preview.place.text() == f"Page 2 of {pages.count}"
    sheet = page.letter.preview._sheet
    plain = sheet.grab().toImage().pixelColor(4, 22)
    assert (sheet.cut, plain.name()) == ("", "#ffffff")
    page.letter.preview.on.click()
    assert sheet.cut == "Over two pages from here"
    assert "Over two pages" in sheet.accessibleName()
    drawn = sheet.grab().toImage()
    assert any(drawn.pixelColor(x, 22).name() != "#ffffff" for x in range(2, 12))


def to_folder(monkeypatch: pytest.MonkeyPatch, target: Path | None) -> list[str]:
    """Answer the file dialog; give the names it offered."""
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str = "") -> Path | None:
        offered.append(name)
        return target

    monkeypatch.setattr(handing, "choose_save", choose)
    return offered


def finish(page: ComposerPage) -> None:
    """Finish, and leave what is not decided out of the letter."""
    page.finish()
    if page.letter.finishing.asking:
        page.letter.finishing.go_on.click()


def test_what_is_not_decided_is_asked_about_once(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    offered = to_folder(monkeypatch, None)
    page = opened()
    bring_up(qtbot, page)
    area = page.letter.finishing
    page.finish()
    assert (area.asking, offered) == (True, [])
    assert QApplication.focusWidget() is area.go_on
    assert area.go_on.accessibleDescription() == ("1 entry waits for your choice. It is kept back.")
    area.looked.emit()
    tess = page.letter.cards.cards[entry_of(store, "prevention plan")]
    assert (area.asking, QApplication.focusWidget()) == (False, tess)
    page.finish()
    page.finish()  # the same key again goes on
    assert (area.asking, len(offered)) == (False, 1)
    page.finish()
    assert len(offered) == 2  # and is not asked again


def test_finishing_makes_a_locked_letter_and_records_it(
    opened: Open,
    store: Store,
    maya: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    target = tmp_path / "Update 2026-03-09.pdf"
    offered = to_folder(monkeypatch, target)
    page = opened()
    page.letter.editor.headline.setPlainText("A steady week")
    QTest.mouseClick(page.head.finish, Qt.MouseButton.LeftButton)
    page.letter.finishing.go_on.click()
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    assert offered == ["Update 2026-03-09.pdf"]
    done = page.letter.finishing.done
    assert done is not None
    assert len(done.password.split()) == 6
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(target)
    with pikepdf.open(target, password=done.password) as letter:
        assert len(letter.pages) == 2  # with the notice: the stay counts as Part 2 until marked
    assert not target.with_suffix(".eml").exists()  # no address on record
    assert len(store.ask(disclosures.accounting, maya)) == 1
    assert store.undo_label is None
    assert store.ask(lambda session: drafts.all_of(session, "update:")) == []
    copies = select(UpdateCopy.headline).order_by(UpdateCopy.id.desc())
    assert store.ask(lambda session: session.scalars(copies).first()) == "A steady week"
    assert page.head.saved.text() == "Handed over Mar 9"
    assert not page.head.finish.isEnabled()
    page.letter.editor.add_paragraph()
    qtbot.waitUntil(page.head.finish.isEnabled)


def test_the_same_week_opens_as_it_was_handed_over(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    page.letter.editor.headline.setPlainText("A steady week")
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    again = opened(f"p{person(store, 'Diane')}:2026-03-02:2026-03-08")
    assert again.letter.editor.headline.text() == "A steady week"
    assert again.head.saved.text() == "Handed over Mar 9"


def test_a_letter_that_gets_ready_late_leaves_the_one_in_front_alone(
    opened: Open,
    store: Store,
    maya: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    page.letter.editor.headline.setPlainText("For Diane alone")
    finish(page)
    david = f"p{person(store, 'David')}"
    page.write_to(david)
    qtbot.waitUntil(lambda: page.head.readers.current == david)
    page.letter.editor.headline.setPlainText("For David alone")
    qtbot.waitUntil(lambda: not page.letter.finishing.busy)
    page.keeper.keep_now()
    assert page.letter.finishing.done is None
    assert len(store.ask(disclosures.accounting, maya)) == 1
    kept = store.ask(lambda session: drafts.all_of(session, "update:"))
    assert [row.key for row in kept] == [f"update:{maya}:{david}:2026-03-02:2026-03-08"]
    assert kept[0].body["letter"]["headline"] == "For David alone"


def test_a_letter_stays_with_its_reader_whatever_becomes_of_the_consent(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    """What was written to one parent must never turn into a letter to the other."""
    page = opened()
    david = person(store, "David")
    page.write_to(f"p{david}")
    qtbot.waitUntil(lambda: page.head.readers.current == f"p{david}")

    def forget(session: Session) -> None:
        session.execute(delete(UpdatePlan).where(UpdatePlan.recipient_id == david))
        session.execute(delete(ConsentRecipient).where(ConsentRecipient.person_id == david))

    store.do("Take back", forget)
    qtbot.waitUntil(lambda: page.letter.why_not() == "Nothing may be shared")
    assert page.letter.place is not None
    assert page.letter.place.party.called == "David"
    assert page.head.readers.current == f"p{david}"


def test_locking_behind_the_file_dialog_stops_the_letter(
    opened: Open,
    desk: Desk,
    store: Store,
    maya: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def choose(*_about: object) -> Path:
        desk.closing.emit()
        return tmp_path / "late.pdf"

    monkeypatch.setattr(handing, "choose_save", choose)
    page = opened()
    finish(page)
    assert not page.letter.finishing.busy
    assert store.ask(disclosures.accounting, maya) == []


def test_an_e_mail_is_drafted_where_there_is_an_address(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    give_address(store)
    to_folder(monkeypatch, tmp_path / "letter.pdf")
    page = opened()
    assert page.letter.finishing.panel.chosen.email
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    done = page.letter.finishing.done
    assert done is not None
    made = done.mail.draft
    assert made is not None
    assert (made.name, made.parent.stat().st_mode & 0o777) == ("Update 2026-03-09.eml", 0o700)
    assert not (tmp_path / "letter.eml").exists()
    draft = made.read_text()
    assert "diane@brenner.example" in draft
    assert "Maya" not in draft


def give_address(store: Store) -> None:
    number = person(store, "Diane")
    store.do(
        "Add an address",
        lambda session: session.add(
            ContactPoint(person_id=number, kind="e_mail", value="diane@brenner.example")
        ),
    )


def test_changing_ones_mind_in_the_file_dialog_changes_nothing(
    opened: Open, store: Store, maya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_folder(monkeypatch, None)
    page = opened()
    finish(page)
    assert page.letter.finishing.done is None
    assert store.ask(disclosures.accounting, maya) == []


def test_an_existing_file_is_refused_and_the_letter_stays(
    opened: Open,
    said: Said,
    store: Store,
    maya: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    to_folder(monkeypatch, tmp_path / "old.pdf")
    page = opened()
    finish(page)
    qtbot.waitUntil(lambda: said.problems != [])
    assert said.problems == ["old.pdf is already there. Choose another name."]
    said.problems.clear()
    assert page.head.finish.isEnabled()
    assert store.ask(disclosures.accounting, maya) == []


def test_the_lock_stays_on_without_an_accepted_warning(opened: Open) -> None:
    panel = opened().letter.finishing.panel
    panel.lock.click()
    assert panel.lock.isChecked()
    assert not panel.chosen.plain


def test_plain_is_offered_where_the_client_accepted_it(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    number = person(store, "Diane")

    def accept(session: Session) -> None:
        query = select(CircleMember.id).where(CircleMember.person_id == number)
        member = session.scalars(query).one()
        day = date(2026, 1, 28)
        session.add(
            PlainEmail(
                circle_member_id=member,
                address="diane@brenner.example",
                warned_on=day,
                accepted_on=day,
                accepted_by="client",
            )
        )

    store.do("Accept", accept)
    to_folder(monkeypatch, tmp_path / "plain.pdf")
    page = opened()
    page.letter.finishing.panel.lock.click()
    assert page.letter.finishing.panel.chosen.plain
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    with pikepdf.open(tmp_path / "plain.pdf") as letter:
        assert len(letter.pages) == 2  # with the notice: the stay counts as Part 2 until marked


def test_a_password_is_kept_with_how_it_was_told(
    opened: Open, store: Store, said: Said, qtbot: QtBot
) -> None:
    page = opened()
    page.letter.finishing.ask_password()
    dialog = page.findChild(PdfPassword)
    assert dialog is not None
    dialog.password.setText("too short")
    dialog._keep()
    assert dialog.field.fault
    dialog.password.setText(WORDS)
    dialog.way.choose("by phone")
    dialog._keep()
    qtbot.waitUntil(lambda: said.toasts != [])
    who = store.ask(parties.of_person, person(store, "Diane"))
    qtbot.waitUntil(lambda: page.letter.place.way.has_password)  # type: ignore[union-attr]  # waited for
    assert page.letter.place.way.told == "by phone on March 9"  # type: ignore[union-attr]  # waited for
    assert who.called == "Diane"


def test_f6_goes_from_pane_to_pane(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    letter = page.letter
    page.activateWindow()
    letter.editor.headline.setFocus()
    qtbot.waitUntil(letter.editor.headline.hasFocus)
    for pane in (letter._right, letter.cards, letter._middle):
        letter.panes.next_pane()
        now = QApplication.focusWidget()
        assert now is not None
        assert pane.isAncestorOf(now)


def test_where_room_is_short_the_panes_take_turns(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    letter, panes = page.letter, page.letter.panes
    around = (letter.cards, letter._middle, letter._right)
    assert [each.isVisible() for each in (*around, panes.switch)] == [True, True, True, False]
    page.resize(900, 700)
    qtbot.waitUntil(panes.switch.isVisible)
    assert [each.isVisible() for each in around] == [True, True, False]
    panes.switch.choose("letter")
    panes.switch.chosen.emit("letter")
    assert [each.isVisible() for each in around] == [False, True, True]
    letter.editor.headline.setFocus()
    page.resize(600, 700)
    assert [each.isVisible() for each in around] == [False, True, False]  # where one writes
    assert page.minimumSizeHint().width() <= 600
    panes.next_pane()
    assert [each.isVisible() for each in around] == [False, False, True]
    letter.add_paragraph()
    assert [each.isVisible() for each in around] == [False, True, False]


def test_its_keys_do_not_clash_and_every_button_has_a_name(opened: Open) -> None:
    page = opened()
    assert commands.clashes(page.commands()) == []
    nameless = [
        widget
        for widget in page.findChildren(type(page.head.earlier))
        if not widget.accessibleName()
    ]
    assert nameless == []


def test_names_are_hidden(opened: Open, desk: Desk, store: Store, qtbot: QtBot) -> None:
    page = opened()
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.shown)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: page.head.about.text() == "M. B., March 2 to 8")
    card = page.letter.cards.cards[entry_of(store, "prevention plan")]
    assert "Holloway" not in card.accessibleName()
    assert "Diane" not in card.accessibleName()
    assert not page.letter.editor.isVisible()
    assert not page.letter.preview.shown
    desk.privacy.toggle()
    qtbot.waitUntil(page.letter.editor.isVisible)
    assert texts(page) == [HOUSING, INSURER, RIDE]


def test_ctrl_enter_finishes_while_typing(
    opened: Open, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    offered = to_folder(monkeypatch, None)
    page = opened()
    for command in page.commands():
        commands.action(command, page)
    page.activateWindow()
    headline = page.letter.editor.headline
    headline.setFocus()
    qtbot.waitUntil(headline.hasFocus)
    for _ in range(2):
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert offered == ["Update 2026-03-09.pdf"]
    assert "\n" not in headline.text()


def test_locking_drops_the_letter(opened: Open, desk: Desk, qtbot: QtBot) -> None:
    page = opened()
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.pages is not None)
    desk.closing.emit()
    assert page.letter.preview.pages is None
    page.letter.preview.grab()  # what is left can still be painted


def test_weeks_are_turned(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    page.head.earlier.click()
    qtbot.waitUntil(lambda: page.head.about.text() == "Maya Brenner, February 23 to March 1")
    qtbot.waitUntil(lambda: page.letter.place is not None)
    assert page.letter.cards.cards == {}
    assert not page.head.finish.isEnabled()


def test_nobody_to_write_to(desk: Desk, store: Store, maya: int, qtbot: QtBot) -> None:
    def forget(session: Session) -> None:
        for row in session.scalars(select(Consent)):
            row.revoked_on = date(2026, 3, 1)
        session.connection().exec_driver_sql("DELETE FROM update_plan")

    store.do("End all", forget)
    page = ComposerPage(desk)
    qtbot.addWidget(page)
    page.visit(Route("composer", maya))
    page.show()
    qtbot.waitUntil(lambda: page.stack.currentIndex() == 1)
    assert not page.head.finish.isEnabled()
