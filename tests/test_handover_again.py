"""A letter that left goes out again as the same bytes, if it may; else it is only looked at."""

import base64
import hashlib
import quopri
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk import handover_again
from cmdesk.casework import (
    consents,
    correspondence,
    letter_events,
    letters_sent,
    reprint,
    update_list,
)
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.letter_events import Stand
from cmdesk.errors import Problem
from cmdesk.handover import Handover
from cmdesk.handover_again import Again
from cmdesk.models.client import PlainEmail
from cmdesk.models.person import ContactPoint
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.store import Store
from tests import records
from tests.records import MONDAY, Clock, Maya, audited, log, state
from tests.test_handover import (
    LABEL,
    PASSWORD,
    accounted,
    break_publishing,
    hand_over,
    names,
    out,
    request,
)

clock, maya, mayas_case = records.clock, records.maya, records.mayas_case
store, template = records.store, records.template

__all__ = ["out"]


@pytest.fixture
def left(store: Store, maya: Maya, out: Path) -> Handover:
    """Hand a letter to Diane over, as PDF and as an e-mail draft."""
    asked = request(maya, out, email=out / "letter.eml", draft=letter(maya))
    return hand_over(store, asked)


def letter(maya: Maya) -> LetterDraft:
    line = Passage("Maya had a good week in group.", maya.entry, Outcome.SHORT)
    return LetterDraft(headline="A steady week", passages=(line, Passage("Call me on Friday.")))


def again(store: Store, made: Handover, target: Path | None, email: Path | None = None) -> int:
    return handover_again.hand_again(store, LABEL, Again(made.copy_id, target, email))


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_same_bytes_leave_again(store: Store, left: Handover, out: Path, clock: Clock) -> None:
    clock.forward(days=1)
    rows, noted = accounted(store), audited(store)
    again(store, left, out / "again.pdf", out / "again.eml")
    assert sha(out / "again.pdf") == left.sha256 == sha(out / "letter.pdf")
    mail = message_from_bytes((out / "again.eml").read_bytes(), policy=policy.SMTP)
    attached = next(part for part in mail.walk() if part.get_filename())
    assert attached.get_filename() == "Update 2026-03-09.pdf"  # of the letter's own day
    content = attached.get_payload(decode=True)
    assert content == (out / "letter.pdf").read_bytes()
    assert accounted(store) == rows  # nobody had sent it yet: it was told once
    assert audited(store) > noted


def test_what_came_back_is_told_once_more(store: Store, left: Handover, out: Path) -> None:
    store.do("Back", letter_events.bounced, left.copy_id, MONDAY, "No such mailbox")
    again(store, left, out / "again.pdf")
    first, back, second = accounted(store)
    assert (back["correction_of"], second["correction_of"]) == (first["id"], None)
    assert (second["sha256"], second["consents"]) == (first["sha256"], first["consents"])
    assert store.ask(letter_events.state_of, left.copy_id).state is LetterState.HANDED_OVER
    store.do("Back", letter_events.bounced, left.copy_id, MONDAY, "Again")
    assert accounted(store)[-1]["correction_of"] == second["id"]


def test_a_place_that_fails_leaves_it_as_it_stood(
    store: Store, left: Handover, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.do("Back", letter_events.bounced, left.copy_id, MONDAY, "Full")
    before = names(out)
    break_publishing(monkeypatch, "again.pdf")
    with pytest.raises(Problem, match="could not be put in its place"):
        again(store, left, out / "again.pdf")
    assert names(out) == before
    assert store.ask(letter_events.state_of, left.copy_id) == Stand(
        LetterState.CAME_BACK, MONDAY, "Full"
    )
    assert accounted(store)[-1]["what"].startswith("Not handed over")


def test_without_consent_it_is_only_looked_at(
    store: Store, maya: Maya, left: Handover, out: Path
) -> None:
    """Asked at export, and again at the moment a draft is opened or the file saved."""
    assert store.ask(reprint.why_not, left.copy_id) == ""
    store.do("End", consents.end, maya.consent)
    before = state(store)
    for target, email in ((out / "again.pdf", None), (None, out / "again.eml")):
        with pytest.raises(Problem, match="Nothing of this period may be shared"):
            again(store, left, target, email)
    assert store.ask(reprint.why_not, left.copy_id).startswith("Nothing of this period")
    assert state(store) == before
    assert names(out) == ["letter.eml", "letter.pdf"]
    assert store.ask(handover_again.look, left.copy_id).startswith(b"%PDF-")
    with pytest.raises(Problem, match="Nothing of this period"):  # and a new one: at export
        hand_over(store, request(maya, out, target=out / "new.pdf", draft=letter(maya)))


def test_a_topic_no_consent_covers_any_more_keeps_it_back(
    store: Store, maya: Maya, left: Handover, out: Path
) -> None:
    form = store.ask(consents.draft, maya.consent)
    kept = tuple(topic for topic in form.topics if topic != "progress")

    def narrow(session: Session) -> None:
        consents.save(session, records.replace(form, topics=kept), maya.consent)

    store.do("Narrow", narrow)
    with pytest.raises(Problem):
        again(store, left, out / "again.pdf")
    assert store.ask(reprint.why_not, left.copy_id)


def test_a_letter_of_the_command_line_is_judged_by_its_lines(
    store: Store, maya: Maya, out: Path
) -> None:
    made = hand_over(store, request(maya, out))
    assert store.ask(reprint.why_not, made.copy_id) == ""
    log(store, maya)  # what came later is no part of it
    again(store, made, out / "again.pdf")
    assert sha(out / "again.pdf") == made.sha256

    def forget(session: Session) -> None:
        copy = session.get_one(UpdateCopy, made.copy_id)
        copy.shared = [{**line, "entry": "gone"} for line in copy.shared]

    store.do("Forget", forget)
    assert store.ask(reprint.why_not, made.copy_id).startswith("A paragraph of this letter")


def test_older_letters_open_with_the_older_words(store: Store, maya: Maya, left: Handover) -> None:
    assert store.ask(correspondence.locked_letters, maya.diane) == 1
    store.do("Told", correspondence.keep_password, maya.diane, PASSWORD, "by phone on March 9")
    store.do("Same", correspondence.keep_password, maya.diane, PASSWORD)
    assert store.ask(correspondence.told, maya.diane) == "by phone on March 9"
    store.do("Change", correspondence.keep_password, maya.diane, "other words that nobody has")
    assert store.ask(correspondence.told, maya.diane) == ""  # nobody was told these yet
    with pytest.raises(Problem, match="opens with older words than Diane has now"):
        store.ask(handover_again.look, left.copy_id)


def test_the_password_is_nowhere_in_the_mail(left: Handover, out: Path) -> None:
    """Neither as it is, nor in what mail makes of it: outside the sealed PDF, no byte tells it."""
    raw = (out / "letter.eml").read_bytes()
    sealed = (out / "letter.pdf").read_bytes()
    at = raw.index(base64.b64encode(sealed)[:60])
    end = raw.index(b"\r\n--", at)
    assert base64.b64decode(raw[at:end]) == sealed
    outside = raw[:at] + raw[end:]
    mail = message_from_bytes(outside, policy=policy.SMTP)
    text = mail.get_body()
    assert text
    told = [outside, quopri.decodestring(outside), str(text.get_content()).encode(), sealed]
    told += [str(value).encode() for value in mail.values()]
    words = [word.encode() for word in PASSWORD.split() if len(word) > 4]
    for each in told:
        assert PASSWORD.encode() not in each
        assert base64.b64encode(PASSWORD.encode())[:-4] not in each
        assert each is sealed or not [word for word in words if word in each.lower()]


def test_the_address_is_the_readers_own_and_is_kept(
    store: Store, maya: Maya, left: Handover
) -> None:
    def point(session: Session) -> tuple[int | None, str]:
        copy = session.get_one(UpdateCopy, left.copy_id)
        return copy.person_id, session.get_one(ContactPoint, copy.contact_point_id).value

    assert store.ask(point) == (maya.diane.person_id, "diane@brenner.example")


def test_a_corrected_letter_replaces_the_first(
    store: Store, maya: Maya, left: Handover, out: Path, clock: Clock, monkeypatch: Any
) -> None:
    clock.forward(days=2)
    words = records.replace(letter(maya), replaces=left.copy_id)
    break_publishing(monkeypatch, "two.pdf")
    with pytest.raises(Problem, match="could not be put"):
        hand_over(store, request(maya, out, target=out / "two.pdf", draft=words))
    assert store.ask(letter_events.state_of, left.copy_id).state is LetterState.HANDED_OVER
    assert store.ask(lambda session: session.query(Update).count()) == 1
    monkeypatch.undo()
    made = hand_over(store, request(maya, out, target=out / "two.pdf", draft=words))
    assert made.released.letter.replaces == MONDAY
    stand = store.ask(letter_events.state_of, left.copy_id)
    assert (stand.state, stand.other) == (LetterState.REPLACED, made.copy_id)
    assert accounted(store)[-1]["what"].endswith(", corrected: replaces the one of March 9, 2026")

    def chain(session: Session) -> int | None:
        copy = session.get_one(UpdateCopy, made.copy_id)
        return session.get_one(Update, copy.update_id).supersedes_id

    first = store.ask(lambda session: session.get_one(UpdateCopy, left.copy_id).update_id)
    assert store.ask(chain) == first
    with pytest.raises(Problem, match="This letter was replaced"):
        again(store, left, out / "again.pdf")
    assert store.ask(
        letters_sent.last_sent, maya.client, maya.diane.person_id or 0
    ) == MONDAY.replace(day=11)
    assert [row.stand.state for row in store.ask(update_list.sent)] == ["handed_over", "replaced"]


def test_an_unlocked_letter_goes_again_while_the_client_accepts_that(
    store: Store, maya: Maya, out: Path
) -> None:
    made = hand_over(store, request(maya, out, plain=True, password=None))
    again(store, made, out / "again.pdf", out / "again.eml")
    assert sha(out / "again.pdf") == made.sha256
    assert store.ask(handover_again.look, made.copy_id) == (out / "letter.pdf").read_bytes()

    def end(session: Session) -> None:
        for row in session.query(PlainEmail):
            row.ended_on = MONDAY

    store.do("End", end)
    with pytest.raises(Problem, match="No warned acceptance of plain e-mail"):
        again(store, made, out / "third.pdf")
    assert not (out / "third.pdf").exists()


def test_an_e_mail_needs_a_mailbox_nobody_else_reads(
    store: Store, maya: Maya, left: Handover, out: Path
) -> None:
    point = ContactPoint(
        person_id=maya.tess.person_id, kind="e_mail", value="diane@brenner.example"
    )
    store.do("Share", lambda session: session.add(point))
    before = names(out)
    with pytest.raises(Problem, match="is also the address of Tess Holloway"):
        again(store, left, None, out / "again.eml")
    with pytest.raises(Problem, match="is also the address of Tess Holloway"):
        hand_over(store, request(maya, out, target=out / "b.pdf", email=out / "b.eml"))
    assert names(out) == before
    again(store, left, out / "again.pdf")  # by hand it may go
    assert "again.pdf" in names(out)
