"""S7: no name, number, medicine or line that is held back reaches a letter, whoever typed it."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from email import message_from_bytes
from email.policy import SMTPUTF8
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from cmdesk.casework import compose, leak_check, parties, updates
from cmdesk.casework.drafting import LetterDraft
from cmdesk.errors import NothingToShare, Problem
from cmdesk.exchange import email_draft
from cmdesk.models.base import Base
from cmdesk.reports import family_update
from cmdesk.reports.family_update import _typeset
from tests.hostile.conftest import Amount
from tests.hostile.kept import SEED, tell
from tests.hostile.planted import NOW, WEEK, Maker, Planted, said_in
from tests.reports.letters import brief
from tests.reports.structure import Structure


@pytest.fixture(scope="module")
def engine() -> Generator[Engine]:
    made = create_engine("sqlite://", execution_options={"clock": lambda: NOW})
    Base.metadata.create_all(made)
    yield made
    made.dispose()


def printed(session: Session, planted: Planted, draft: LetterDraft | None) -> bytes:
    party = parties.of_person(session, planted.reader_id)
    released = updates.release(session, planted.client_id, party, *WEEK, draft)
    return family_update.make(released).data


def all_said(data: bytes) -> str:
    """Return all a file says: its words, its outline, its metadata, and what is attached.

    And every other string in it: words for figures and tables, titles, places that links lead to.
    """
    structure = Structure(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        outline: list[Any] = list(pdf.open_outline().root)
        said = [structure.words, *structure.outline, *(item.title for item in outline)]
        said += [str(value) for value in pdf.docinfo.values()]
        metadata: dict[str, Any] = dict(pdf.open_metadata())
        said += [str(value) for value in metadata.values()]
        said += [*pdf.attachments.keys()]
        said += [text for each in pdf.objects for text in strings(each)]
    return " ".join(said)


def strings(held: Any) -> Iterator[str]:
    """Give every string of one object of a file; what it only points to is an object of its own."""
    if isinstance(held, pikepdf.String):
        yield str(held)
    elif isinstance(held, pikepdf.Array):
        yield from within(held)
    elif isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from within(held[key] for key in held.keys())  # noqa: SIM118 - it is no mapping


def within(held: Iterable[Any]) -> Iterator[str]:
    for each in held:
        if not getattr(each, "is_indirect", False):
            yield from strings(each)


def mailed(data: bytes, planted: Planted) -> Iterator[str]:
    """Give all that the draft of a mail says beside the letter: its lines, and the file's name."""
    name = f"Update {NOW.date().isoformat()}.pdf"
    for locked in (False, True):
        language = planted.language
        mail = email_draft.draft(
            "reader@mail.example", data, name, locked=locked, language=language
        )
        message = message_from_bytes(mail, policy=SMTPUTF8)
        yield from map(str, message.values())
        for part in message.walk():
            yield from map(str, part.values())
            if part.get_content_maintype() == "text":
                yield str(part.get_content())


def check(data: bytes, planted: Planted) -> None:
    said = " ".join([all_said(data), *mailed(data, planted)])
    assert [secret for secret in planted.secrets if said_in(secret, said)] == []


def one(session: Session, seed: int) -> list[str]:
    """Make one practice and its letters; say how each went."""
    maker = Maker(session, seed)
    planted, went = maker.practice(), list[str]()
    party = parties.of_person(session, planted.reader_id)
    try:
        proposed = None
        if seed % 2:
            client, kind = planted.client_id, planted.kind
            proposed = compose.propose(session, client, party, *WEEK, template=kind)[1]
        check(printed(session, planted, proposed), planted)
        went.append("left as logged")
    except NothingToShare:
        went.append("nothing to share")
    except Problem:
        went.append("refused as logged")
    draft = maker.draft()
    with pytest.raises(Problem, match="can’t be sent"):
        printed(session, planted, draft)
    kind = (planted.language, planted.kind)
    about = updates.case(session, planted.client_id, party, *WEEK, *kind)
    clean = leak_check.without(leak_check.watch(session, about), draft)
    check(printed(session, planted, clean), planted)
    went += ["left once it was cut", f"{planted.kind} {planted.language}"]
    return went


@pytest.mark.parametrize("half", [0, 1])  # the many take long: one on each processor
def test_no_planted_secret_reaches_a_letter(engine: Engine, amount: Amount, half: int) -> None:
    count, went = amount(10, 10_000) // 2, Counter[str]()
    for number in range(half * count, (half + 1) * count):
        with Session(engine, info={"clock": lambda: NOW}) as session:
            went.update(one(session, SEED + number))
            session.rollback()
    assert went["left once it was cut"] == count
    assert went["left as logged"] > count // 20
    assert went["refused as logged"] > count // 20
    told = ", ".join(f"{number} {how}" for how, number in sorted(went.items()))
    tell(f"planted secrets: {count} practices, 0 in a letter; {told}")


def test_control_what_a_letter_says_is_seen(engine: Engine) -> None:
    """The same words set without the check: every secret is read out of the file."""
    with Session(engine, info={"clock": lambda: NOW}) as session:
        maker = Maker(session, SEED)
        planted = maker.practice()
        typed = tuple(text for _, text in leak_check.texts(maker.draft()))
        session.rollback()
    sheet = _typeset(brief(happened=typed))
    said = all_said(sheet.data)
    assert [secret for secret in planted.secrets if not said_in(secret, said)] == []


def test_control_words_for_pictures_and_places_links_lead_to_are_seen() -> None:
    pdf = pikepdf.new()
    pdf.Root.Names = pdf.make_indirect(
        pikepdf.Dictionary({"/Deep": ["Rimulka", {"/Alt": "\u0141uvo", "/One": 1}]})
    )
    made = BytesIO()
    pdf.save(made)
    with pikepdf.open(made) as read:
        found = {text for each in read.objects for text in strings(each)}
    assert {"Rimulka", "\u0141uvo"} <= found
    said = " ".join(mailed(made.getvalue(), Planted()))
    assert all(word in said for word in ("Update 2026-03-09.pdf", "reader@mail.example", "Hello"))
