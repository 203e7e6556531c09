"""Handing over keeps its order: nothing leaves unrecorded, and nothing is left when it fails."""

import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from cmdesk import handover
from cmdesk.casework import correspondence, disclosures, documents, drafts, update_list
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.errors import Problem
from cmdesk.handover import Handover, Request
from cmdesk.models.consent import Disclosure
from cmdesk.models.document import Document
from cmdesk.models.update import Update
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests import records
from tests.records import WEEK, Maya, state

clock, maya, mayas_case = records.clock, records.maya, records.mayas_case
store, template = records.store, records.template

PASSWORD = "six words that nobody guesses"
LABEL = Label("Hand over", undoable=False)
Break = Callable[..., Any]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return the folder that letters are handed over into."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def request(maya: Maya, out: Path, **changes: Any) -> Request:
    asked = Request(maya.client, maya.diane, *WEEK, target=out / "letter.pdf", password=PASSWORD)
    return replace(asked, **changes)


def hand_over(store: Store, asked: Request) -> Handover:
    return handover.hand_over(store, LABEL, asked)


def accounted(store: Store) -> list[dict[str, Any]]:
    return store.ask(disclosures.accounting)


def kept_content(session: Session, uid: str) -> bytes:
    return documents.content(session, session.query(Document).filter_by(uid=uid).one().id)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_left_is_what_is_kept(store: Store, maya: Maya, out: Path) -> None:
    made = hand_over(store, request(maya, out, email=out / "letter.eml"))
    data = (out / "letter.pdf").read_bytes()
    (row,) = accounted(store)
    assert names(out) == ["letter.eml", "letter.pdf"]
    assert store.ask(kept_content, row["document_id"]) == data
    assert row["sha256"] == made.sha256 == hashlib.sha256(data).hexdigest()
    assert row["content_sha256"] != row["sha256"]
    assert (row["id"], row["pages"], row["channel"]) == (
        made.disclosure,
        made.pages,
        "encrypted_pdf",
    )
    assert row["recipient_address"] == "diane@brenner.example"
    assert (made.encrypted, made.target, made.email) == (
        True,
        out / "letter.pdf",
        out / "letter.eml",
    )
    mail = message_from_bytes((out / "letter.eml").read_bytes(), policy=policy.SMTP)
    attached = next(part for part in mail.walk() if part.get_filename())
    assert attached.get_payload(decode=True) == data
    assert b"Maya" not in data


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_files_are_for_their_owner_alone(store: Store, maya: Maya, out: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        hand_over(store, request(maya, out, email=out / "letter.eml"))
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_handing_over_can_not_be_taken_back(store: Store, maya: Maya, out: Path) -> None:
    hand_over(store, request(maya, out))
    assert store.undo_label is None


def test_password_is_kept_for_the_reader(store: Store, maya: Maya, out: Path) -> None:
    hand_over(store, request(maya, out))
    assert store.ask(correspondence.password, maya.diane) == PASSWORD
    hand_over(store, request(maya, out, target=out / "two.pdf", password=None))
    assert names(out) == ["letter.pdf", "two.pdf"]


def test_plain_letter_goes_to_the_accepted_address(store: Store, maya: Maya, out: Path) -> None:
    asked = request(maya, out, plain=True, password=None, email=out / "letter.eml")
    made = hand_over(store, asked)
    (row,) = accounted(store)
    assert made.encrypted is False
    assert (row["channel"], row["recipient_address"]) == ("plain_email", "diane@brenner.example")
    assert row["sha256"] == row["content_sha256"]
    assert (out / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_proof_is_the_letter_itself(store: Store, maya: Maya, out: Path) -> None:
    sheet = store.ask(handover.proof, maya.client, maya.diane, *WEEK)
    made = hand_over(store, request(maya, out))
    (row,) = accounted(store)
    assert hashlib.sha256(sheet.data).hexdigest() == row["content_sha256"]
    assert sheet.pages == made.pages


def before_the_audit_row(store: Store, act: Callable[[], object]) -> None:
    """Do something as the last row of the transaction is about to be written."""

    def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "INTO audit" in statement:
            act()

    event.listen(store._writer.engine, "before_cursor_execute", look)


def test_part_stands_before_the_commit_and_the_name_comes_after(
    store: Store, maya: Maya, out: Path
) -> None:
    seen: list[list[str]] = []
    before_the_audit_row(store, lambda: seen.append(names(out)))
    hand_over(store, request(maya, out, email=out / "letter.eml"))
    assert seen == [["letter.eml.part", "letter.pdf.part"]]
    assert names(out) == ["letter.eml", "letter.pdf"]


def fails(*arguments: Any, **named: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_failing_last_row_leaves_nothing(store: Store, maya: Maya, out: Path) -> None:
    before = state(store)
    before_the_audit_row(store, fails)
    with pytest.raises(OSError, match="No space left"):
        hand_over(store, request(maya, out, email=out / "letter.eml"))
    assert (names(out), state(store)) == ([], before)


def test_failing_commit_leaves_nothing(store: Store, maya: Maya, out: Path) -> None:
    """The vault is moved away while the letter is made, so the commit is refused."""
    before = state(store)
    away = store.folder.with_name("away.cmdesk")
    before_the_audit_row(store, lambda: store.folder.rename(away))
    with pytest.raises(Problem, match="moved or deleted while it was open"):
        hand_over(store, request(maya, out, email=out / "letter.eml"))
    away.rename(store.folder)
    assert (names(out), state(store)) == ([], before)


@pytest.mark.parametrize("edge", ["open", "fsync"])
def test_place_that_can_not_be_written(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch, edge: str
) -> None:
    before, real = state(store), getattr(os, edge)

    def broken(place: Any, *more: Any, **named: Any) -> Any:
        mine = edge == "fsync" or str(place).endswith(".part")
        return fails() if mine else real(place, *more, **named)

    monkeypatch.setattr(os, edge, broken)
    with pytest.raises(Problem, match="can't be written to"):
        hand_over(store, request(maya, out))
    monkeypatch.undo()
    assert (names(out), state(store)) == ([], before)


def break_publishing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a file of this name never get its place: neither by a link nor by a rename."""
    link, rename = os.link, os.rename

    def broken(real: Break) -> Break:
        def publish(source: Any, target: Any, *more: Any, **named: Any) -> Any:
            return fails() if Path(target).name == name else real(source, target, *more, **named)

        return publish

    monkeypatch.setattr(os, "link", broken(link))
    monkeypatch.setattr(os, "rename", broken(rename))


@pytest.mark.parametrize("name", ["letter.pdf", "letter.eml"])
def test_failing_rename_takes_all_back_on_paper(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also the PDF goes when the e-mail can't be put in its place: nothing was handed over."""
    break_publishing(monkeypatch, name)
    with pytest.raises(Problem, match="could not be put in its place"):
        hand_over(store, request(maya, out, email=out / "letter.eml"))
    assert names(out) == []
    first, second = accounted(store)
    assert second["correction_of"] == first["id"]
    assert store.ask(update_list.sent) == []
    assert second["what"] == "Not handed over: the file could not be put in its place."
    period = store.ask(lambda session: session.query(Update).one())
    assert (period.status, period.finalised_at) == ("drafted", None)


@pytest.mark.parametrize("published", [True, False])
def test_the_draft_goes_with_the_letter_and_stays_without(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch, published: bool
) -> None:
    key = update_list.draft_key(maya.client, maya.diane.key, *WEEK)
    store.do("Keep draft", drafts.keep, key, {"letter": {}}, maya.client)
    asked = request(maya, out, draft=LetterDraft(passages=(Passage("By hand."),)))
    if published:
        hand_over(store, asked)
    else:
        break_publishing(monkeypatch, "letter.pdf")
        with pytest.raises(Problem, match="could not be put"):
            hand_over(store, asked)
    assert (store.ask(drafts.find, key) is None) == published


def test_a_part_that_can_not_be_cleared_away_does_not_call_the_letter_back(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = os.unlink

    def held(path: Any, **named: Any) -> None:
        if (out / "letter.pdf").exists():
            raise PermissionError(errno.EACCES, "in use by a scanner")
        unlink(path, **named)

    monkeypatch.setattr(os, "unlink", held)
    hand_over(store, request(maya, out))
    assert "letter.pdf" in names(out)
    assert len(accounted(store)) == 1


def test_disk_without_hard_links(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_arguments: Any, **_named: Any) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    hand_over(store, request(maya, out))
    assert names(out) == ["letter.pdf"]
    assert len(accounted(store)) == 1


def test_file_that_came_meanwhile_is_never_replaced(store: Store, maya: Maya, out: Path) -> None:
    before_the_audit_row(store, lambda: (out / "letter.pdf").write_bytes(b"someone else's"))
    with pytest.raises(Problem, match="could not be put in its place"):
        hand_over(store, request(maya, out))
    assert (out / "letter.pdf").read_bytes() == b"someone else's"
    assert names(out) == ["letter.pdf"]
    assert len(accounted(store)) == 2


def test_old_part_is_written_over_but_never_followed(store: Store, maya: Maya, out: Path) -> None:
    """A link in the part's place must not lead the letter somewhere else."""
    elsewhere = out / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (out / "letter.pdf.part").symlink_to(elsewhere)
    hand_over(store, request(maya, out))
    assert elsewhere.read_bytes() == b"mine"
    assert not (out / "letter.pdf").is_symlink()


def test_a_row_of_the_accounting_for_every_try_that_counted(
    store: Store, maya: Maya, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over(store, request(maya, out))
    break_publishing(monkeypatch, "two.pdf")
    with pytest.raises(Problem, match="could not be put"):
        hand_over(store, request(maya, out, target=out / "two.pdf"))
    monkeypatch.undo()
    hand_over(store, request(maya, out, target=out / "three.pdf"))

    def count(session: Session) -> int:
        return session.query(Disclosure).count()

    assert (store.ask(count), names(out)) == (4, ["letter.pdf", "three.pdf"])
