"""A practice file goes in whole or not at all, and a second time changes nothing."""

import copy
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.exchange.practice_fields import OWN_COLUMNS
from cmdesk.exchange.practice_format import KINDS, schema
from cmdesk.exchange.result import Result
from cmdesk.models.base import Base
from cmdesk.models.client import Client, Engagement, PlainEmail
from cmdesk.models.consent import Consent, ConsentRecipient, Restriction
from cmdesk.models.document import BlobChunk, Document
from cmdesk.models.entry import Addendum, Entry, EntryMark, EntryParticipant, EntryWording, FollowUp
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.store.store import Store
from tests.exchange.conftest import MONDAY_NOON, Rows

EXAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "acceptance" / "example.json").read_text("utf-8")
)
Change = Callable[[dict[str, Any]], object]


class TakenBackError(Exception):
    """Ends a transaction on purpose."""


@pytest.fixture
def example() -> dict[str, Any]:
    return copy.deepcopy(EXAMPLE)


def as_file(practice: object) -> bytes:
    return json.dumps(practice).encode()


def bring_in(store: Store, practice: object, folder: Path | None = None) -> Result:
    read = practice_import.read(as_file(practice))
    return store.do("Import", practice_import.bring_in, read, folder)


def counts(result: Result) -> tuple[int, int, int]:
    return result.added, result.updated, result.unchanged


def client(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]


def entry(practice: dict[str, Any]) -> dict[str, Any]:
    return client(practice)["entries"][0]


def test_the_example_of_the_contract_goes_in(store: Store, rows: Rows) -> None:
    assert counts(bring_in(store, EXAMPLE)) == (14, 0, 0)
    assert {row["ref"] for row in rows(Person)} == {"p-diane", "p-tess", None}
    (told,) = rows(Entry)
    assert told["occurred_at"] == datetime(2026, 3, 6, 16, tzinfo=UTC)
    assert (told["occurred_zone"], told["purposes"]) == ("-05:00", ["monitoring"])
    assert (told["status"], told["signed_at"], told["signed_by"]) == (
        "signed",
        MONDAY_NOON,
        "Nora Whitlock",
    )
    assert len(told["signature_hash"]) == 64
    (worded,) = rows(EntryWording)
    assert worded["at"] == told["occurred_at"]
    assert worded["short_topics"] == ["progress"]
    assert [row["mark"] for row in rows(EntryMark)] == ["short"]
    assert [row["due"].isoformat() for row in rows(FollowUp)] == ["2026-03-09"]
    assert [row["at_zone"] for row in rows(Addendum)] == ["-05:00"]
    assert [row["address"] for row in rows(PlainEmail)] == ["diane@brenner.example"]
    assert [row["value"] for row in rows(ContactPoint)] == [
        "diane@brenner.example",
        "+1 718 555 0110",
    ]
    assert rows(Consent)[0]["statements"] == ["revocation", "conditioning", "redisclosure", "copy"]
    assert rows(Practitioner)[0]["credentials"] == "LCSW, CASAC"


def test_what_is_not_said_is_empty_unknown_and_false(store: Store, rows: Rows) -> None:
    practice: dict[str, Any] = {
        "format": "cmdesk-practice",
        "version": 1,
        "clients": [
            {
                "ref": "c",
                "family_name": "Park",
                "engagement": {"began": None},
                "consents": [{"ref": "k", "kind": "hipaa", "expires_event": None}],
                "restrictions": [{}],
                "entries": [{"ref": "e", "occurred_at": "2026-03-06T11:00Z", "status": "draft"}],
            }
        ],
    }
    assert bring_in(store, practice).added == 5
    (consent,) = rows(Consent)
    assert (consent["capacity"], consent["signer"], consent["form_on_file"]) == (
        "unknown",
        "",
        False,
    )
    (told,) = rows(Entry)
    assert (told["part2"], told["minutes"], told["occurred_zone"]) == ("unknown", None, "+00:00")
    assert rows(EntryWording) == []
    assert len(rows(Restriction)) == len(rows(Engagement)) == 1


def test_a_client_may_take_part_and_receive(
    store: Store, rows: Rows, example: dict[str, Any]
) -> None:
    entry(example)["participants"] = ["c-maya", "p-tess"]
    client(example)["consents"][0]["recipients"] = ["o-still", "c-maya"]
    bring_in(store, example)
    maya = rows(Client)[0]["person_id"]
    assert maya in {row["person_id"] for row in rows(EntryParticipant)}
    named = [(row["person_id"], row["organisation_id"]) for row in rows(ConsentRecipient)]
    assert named == [(None, 1), (maya, None)]
    assert json.loads(store.ask(practice_file))["clients"][0]["entries"][0]["participants"] == [
        "c-maya",
        "p-tess",
    ]


REFUSED: dict[str, tuple[Change, str]] = {
    "unknown key": (lambda p: p.update(colour="red"), "colour"),
    "unknown key inside": (lambda p: entry(p).update(familyline="x"), "family_line"),
    "unknown topic": (lambda p: entry(p)["topics"].append("mood"), "mood"),
    "unknown code": (lambda p: entry(p).update(method="telegraph"), "telegraph"),
    "unknown level": (lambda p: client(p)["episodes"][0].update(level_of_care="asam4:9"), "asam4"),
    "status amended": (lambda p: entry(p).update(status="amended"), "amended"),
    "date": (lambda p: client(p).update(born="14/07/2003"), "14/07/2003"),
    "no such date": (lambda p: client(p).update(born="2003-02-30"), "2003-02-30"),
    "week date": (lambda p: client(p).update(born="2003-W07-1"), "2003-W07-1"),
    "no offset": (lambda p: entry(p).update(occurred_at="2026-03-06T11:00:00"), "no offset"),
    "end of time": (
        lambda p: entry(p).update(occurred_at="9999-12-31T23:59:59-12:00"),
        "no time that exists",
    ),
    "duplicate ref": (lambda p: p["people"].append({**p["people"][0]}), "p-diane"),
    "ref of another kind": (lambda p: p["organisations"][0].update(ref="c-maya"), "c-maya"),
    "two marks": (
        lambda p: entry(p)["marks"].append({"person": "p-diane", "mark": "share"}),
        "two",
    ),
    "dangling": (lambda p: entry(p).update(participants=["p-nobody"]), "p-nobody"),
    "wrong kind of ref": (lambda p: entry(p).update(participants=["o-still"]), "o-still"),
    "dangling episode": (
        lambda p: client(p)["consents"][0].update(expires_event={"episode": "ep-9"}),
        "ep-9",
    ),
    "event": (lambda p: client(p)["consents"][0].update(expires_event={"moon": True}), "moon"),
    "statements": (
        lambda p: client(p)["consents"][0]["statements"].update(luck=True),
        "luck",
    ),
    "no name": (lambda p: p["people"][0].update(given_name="", family_name=" "), "name is missing"),
    "no organisation name": (lambda p: p["organisations"][0].pop("name"), "is missing"),
    "no ref": (lambda p: p["people"][1].pop("ref"), "ref"),
    "no kind": (lambda p: client(p)["consents"][0].pop("kind"), "kind"),
    "no status": (lambda p: entry(p).update(status=None), "status"),
    "number for text": (lambda p: entry(p).update(narrative=7), "not text"),
    "text for flag": (lambda p: p["organisations"][0].update(sud_program="yes"), "true nor false"),
    "negative minutes": (lambda p: entry(p).update(minutes=-1), "between"),
    "huge number": (lambda p: entry(p).update(minutes=10**30), "between"),
    "half a minute": (lambda p: entry(p).update(minutes=0.5), "whole number"),
    "list for object": (lambda p: p.update(practice=[]), "curly"),
    "object for list": (lambda p: p.update(people={}), "square"),
    "time zone": (lambda p: p["practice"].update(time_zone="Mars/Olympus"), "Mars/Olympus"),
    "a way out": (
        lambda p: p.update(
            documents=[{"title": "x", "sha256": "0" * 64, "file": "documents/../../etc/passwd"}]
        ),
        "documents/0001.pdf",
    ),
    "another format": (lambda p: p.update(format="fhir"), "fhir"),
    "a newer version": (lambda p: p.update(version=2), "not 2"),
    "surrogate": (lambda p: entry(p).update(narrative="\ud800"), "surrogate"),
    "null character": (lambda p: entry(p).update(narrative="a\0b"), "null character"),
}


@pytest.mark.parametrize(("change", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_one_sentence_and_nothing_is_written(
    store: Store, example: dict[str, Any], change: Change, told: str
) -> None:
    before = store.ask(practice_file)
    change(example)
    with pytest.raises(Problem) as refused:
        bring_in(store, example)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert store.ask(practice_file) == before


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        (b'{"format": "cmdesk-practice", "version": 1', "line 1"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' * 200_000, "nested too deeply"),
        (b"[]", "curly"),
        (b"7", "curly"),
        (b"null", "curly"),
        (b'{"version": 1, "version": 1}', "twice"),
        (b'{"version": NaN}', "NaN"),
        (b'{"version": 1e999}', "too large"),
        (b'{"version": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"version": 1}', "format"),
    ],
)
def test_what_is_no_practice_file_is_refused(data: bytes, told: str) -> None:
    with pytest.raises(Problem, match=told):
        practice_import.read(data)


def test_the_place_is_named(example: dict[str, Any]) -> None:
    entry(example)["marks"][0]["mark"] = "hide"
    with pytest.raises(Problem) as refused:
        practice_import.read(as_file(example))
    start = (
        "In clients no. 1 \u201cc-maya\u201d, entries no. 1 \u201ce-1\u201d, marks no. 1, mark of"
    )
    assert str(refused.value).startswith(start)


def test_a_byte_order_mark_and_an_alias_are_read(example: dict[str, Any]) -> None:
    entry(example)["method"] = "email"
    read = practice_import.read(b"\xef\xbb\xbf" + as_file(example))
    assert read["clients"][0]["entries"][0]["method"] == "e_mail"


def test_a_second_import_changes_nothing(store: Store) -> None:
    bring_in(store, EXAMPLE)
    before = store.ask(practice_file)
    again = bring_in(store, EXAMPLE)
    assert counts(again) == (0, 0, 14)
    assert again.skipped == ()
    assert store.ask(practice_file) == before


def test_what_is_open_is_updated(store: Store, rows: Rows, example: dict[str, Any]) -> None:
    entry(example)["status"] = "draft"
    entry(example)["addenda"] = []
    bring_in(store, example)
    example["people"][0]["phones"] = ["+1 718 555 0199"]
    client(example)["engagement"]["ended"] = "2026-04-01"
    client(example)["tasks"][0]["done_on"] = "2026-03-07"
    entry(example).update(narrative="New words", status="signed", participants=["c-maya"])
    entry(example).update(marks=[], family_line="A new line")
    result = bring_in(store, example)
    assert counts(result) == (0, 4, 10)
    assert result.skipped == ()
    assert [row["value"] for row in rows(ContactPoint)] == [
        "diane@brenner.example",
        "+1 718 555 0199",
    ]
    assert rows(Engagement)[0]["ended_on"].isoformat() == "2026-04-01"
    assert rows(Task)[0]["state"] == "done"
    assert (rows(Entry)[0]["narrative"], rows(Entry)[0]["status"]) == ("New words", "signed")
    assert [row["family_line"] for row in rows(EntryWording)] == ["A new line"]
    assert rows(EntryMark) == []
    assert counts(bring_in(store, example)) == (0, 0, 14)


def test_what_is_final_stays_and_is_listed(
    store: Store, rows: Rows, example: dict[str, Any]
) -> None:
    bring_in(store, example)
    entry(example)["narrative"] = "Other words"
    client(example)["consents"][0]["topics"].append("medication")
    result = bring_in(store, example)
    assert counts(result) == (0, 0, 12)
    assert [skipped.why.partition(":")[0] for skipped in result.skipped] == [
        "Consent \u201ck-diane\u201d",
        "Entry \u201ce-1\u201d",
    ]
    assert rows(Entry)[0]["narrative"].startswith("Tess reports")
    assert "medication" not in rows(Consent)[0]["topics"]


def prolong(session: Session) -> None:
    session.execute(update(Restriction).values(until=None))


def rename(session: Session, name: str) -> None:
    session.execute(update(Person).where(Person.ref == "p-diane").values(given_name=name))


def test_what_was_changed_here_stays_and_is_listed(
    store: Store, rows: Rows, example: dict[str, Any]
) -> None:
    bring_in(store, example)
    store.do("Rename", rename, "Dian")
    assert bring_in(store, example).skipped == ()
    example["people"][0]["given_name"] = "Diana"
    result = bring_in(store, example)
    assert [skipped.line for skipped in result.skipped] == [None]
    assert "p-diane" in result.skipped[0].why
    assert rows(Person)[0]["given_name"] == "Dian"


def test_new_rows_join_those_that_stand(store: Store, rows: Rows, example: dict[str, Any]) -> None:
    bring_in(store, example)
    more = {"ref": "e-2", "occurred_at": "2026-03-07T09:00:00-05:00", "status": "ready_to_sign"}
    client(example)["entries"].append({**more, "participants": ["p-tess"]})
    client(example)["restrictions"].append({"topics": ["legal"], "from": ["p-diane"]})
    assert counts(bring_in(store, example)) == (2, 0, 14)
    assert {row["client_id"] for row in rows(Entry)} == {1}


def test_a_row_without_a_ref_is_known_though_it_was_changed_here(
    store: Store, rows: Rows, example: dict[str, Any]
) -> None:
    bring_in(store, example)
    store.do("Edit", prolong)
    assert counts(bring_in(store, example)) == (0, 0, 14)
    assert len(rows(Restriction)) == 1


def test_an_organisation_on_file_is_known_by_its_npi(
    store: Store, rows: Rows, example: dict[str, Any]
) -> None:
    held = {"ref": "o-9", "name": "Stillwater", "npi": "1234567893"}
    bring_in(store, {"format": "cmdesk-practice", "version": 1, "organisations": [held]})
    example["organisations"][0]["npi"] = "1234567893"
    bring_in(store, example)
    assert [row["ref"] for row in rows(Organisation)] == ["o-9"]
    assert {row["organisation_id"] for row in rows(Person)} == {None, 1}


def test_a_value_that_another_row_has_is_refused(store: Store, example: dict[str, Any]) -> None:
    organisations = [
        {"ref": "o-still", "name": "Stillwater Ridge"},
        {"ref": "o-9", "name": "Stillwater", "npi": "1234567893"},
    ]
    file = {"format": "cmdesk-practice", "version": 1, "organisations": organisations}
    bring_in(store, file)
    before = store.ask(practice_file)
    organisations[0]["npi"] = "1234567893"
    organisations.pop()
    with pytest.raises(Problem, match="another has already"):
        bring_in(store, file)
    assert store.ask(practice_file) == before


def test_a_dry_run_is_a_rollback(store: Store, example: dict[str, Any]) -> None:
    empty = store.ask(practice_file)

    def dry(session: Session) -> None:
        practice_import.bring_in(session, practice_import.read(as_file(example)))
        raise TakenBackError

    with pytest.raises(TakenBackError):
        store.do("Dry run", dry)
    assert store.ask(practice_file) == empty


def test_the_correction_holds_the_entry_back(store: Store, rows: Rows) -> None:
    """The correction is newer than the lines (domain.md 0.4, rule 0)."""
    bring_in(store, EXAMPLE)
    assert rows(Addendum)[0]["at"] > rows(EntryWording)[0]["at"]


def test_contents_of_documents_are_taken_from_beside_the_file(
    store: Store, rows: Rows, example: dict[str, Any], tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(b"signed").hexdigest()
    example["documents"] = [
        {"ref": "d-1", "title": "Consent", "sha256": sha256, "size": 6, "file": "documents/1.pdf"}
    ]
    client(example)["consents"][0]["document"] = "d-1"
    first = bring_in(store, example, tmp_path)
    assert ["d-1" in skipped.why for skipped in first.skipped] == [True]
    assert rows(Document)[0]["sha256"] == sha256
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "1.pdf").write_bytes(b"forged")
    assert len(bring_in(store, example, tmp_path).skipped) == 1
    (tmp_path / "documents" / "1.pdf").write_bytes(b"signed")
    assert bring_in(store, example, tmp_path).skipped == ()
    assert [row["content"] for row in rows(BlobChunk)] == [b"signed"]


def test_the_shipped_schema_is_the_one_the_program_means() -> None:
    shipped = resources.files("cmdesk.resources").joinpath("practice.schema.json").read_bytes()
    assert json.loads(shipped) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(EXAMPLE, schema(), jsonschema.Draft202012Validator)


def test_every_table_and_column_is_carried() -> None:
    carried: dict[str, set[str]] = {}
    for kind in KINDS:
        twin = [(kind.twin.model, kind.twin.fields, None)] if kind.twin else []
        for model, fields, link in [(kind.model, kind.fields, kind.link), *twin]:
            kept = carried.setdefault(model.__tablename__, set(OWN_COLUMNS) | {link or ""})
            kept |= {one.column for one in fields}
        if kind.twin and kind.twin.link:
            carried[kind.name].add(kind.twin.link)
        for part in kind.all_parts:
            carried.setdefault(part.model.__tablename__, set())
    left = {"backup_run", "blob", "blob_chunk", "calendar_event", "draft", "snooze"}
    assert carried.keys() == Base.metadata.tables.keys() - left
    together = {"expires_episode_id", "expires_with_engagement", "occurred_zone", "zone"}
    for kind in KINDS:
        columns = set(kind.model.__table__.columns.keys()) - {"blob_id"}
        assert columns - carried[kind.name] <= together, kind.name


def test_no_two_columns_stand_under_one_key() -> None:
    for kind in KINDS:
        keys = [
            key
            for holder in (*kind.all_fields, *kind.all_parts, *kind.nests)
            for key in holder.slots()
        ]
        assert len(keys) == len(set(keys)), kind.name
