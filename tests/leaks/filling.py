"""Put a word of its own into every text column of every table, and what holds it into a file."""

import json
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import JSON, Column, MetaData, String, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk import clock
from cmdesk.casework import documents
from cmdesk.models import complete
from cmdesk.models.client import Client
from tests.leaks.tokens import Tokens

# What the program itself writes by rule, never a person: codes, digests, zones and counts.
MACHINE: Final = frozenset(
    {
        "uid", "ref", "imported_digest", "sha256", "content_sha256", "signature_hash", "kind",
        "status", "part2", "topics", "short_topics", "direction", "method", "zone", "time_zone",
        "occurred_zone", "at_zone", "level_of_care", "levels_of_care", "media_type", "template",
        "every", "weekday", "paper", "currency", "voicemail", "revoked_how", "statements",
        "channel", "channels", "basis", "categories", "mark", "reason_kind", "roles", "language",
        "hipaa_status", "part2_status", "update_every", "notice_form",
    }
)  # fmt: skip
MACHINE_HERE: Final = frozenset(
    {
        "backup_run.occasion", "backup_run.rows", "backup_run.result", "code_list.list",
        "code_list.code", "setting.key", "draft.key", "document.type", "consent.capacity",
        "consent.discloser", "consent.signer", "entry_participant.capacity", "task.state",
        "entry.sensitivity", "entry.risk", "entry.source", "entry.outcome", "entry.purposes",
        "entry.service_components", "professional.role", "disclosure.consents",
        "disclosure.entries", "disclosure.notice_version", "plain_email.accepted_by",
        "family_update.approvals", "update_copy.shared", "update_copy.kept_back",
        "update_copy.sections", "task.topics", "consent.form_version", "organisation.service_codes",
        "task.recurrence", "circle_member.relationship", "client.living_situation",
        "engagement.end_reason", "episode.admission_type", "episode.discharge_reason",
        "entry.location", "policy.plan_type", "authorization.unit", "authorization.decision",
        "authorization.level_requested", "safety_plan.concern", "inquiry.urgency",
        "inquiry.relation", "inquiry.referral_source_type", "state_rule.care", "goal.domain",
        "appeal.level", "appeal.outcome", "review_call.outcome", "authorization.rate_per",
        "placement_search.levels", "placement_search.around", "placement_search.budget_per",
        "placement_candidate.state", "placement_candidate.quoted_per", "candidate_answer.met",
        "candidate_move.state", "placement_need.test", "first_visit.leaning",
        "transition_lane.lane", "transition_step.part", "referral.state", "referral.outcome",
        "referral.barrier", "referral.cost_per", "provider_fact.field", "site_visit.ratings",
        "saved_view.place", "saved_view.chosen", "organisation.treats", "organisation.takes",
        "organisation.age_groups", "organisation.gender_groups", "organisation.modalities",
        "organisation.accreditation", "professional.treats", "professional.modalities",
        "professional.age_groups", "episode.factors", "episode.in_care_at_90",
        "care_event.factors", "episode.admitted_known", "episode.discharged_known",
    }
)  # fmt: skip


_NOW: Final = clock.system()
_SOMETHING: Final[dict[type, object]] = {
    int: 1, float: 1.0, bool: False, str: "other", dict: {}, list: [], datetime: _NOW, object: _NOW,
    date: _NOW.date(),
}  # fmt: skip
# What a first row has to have, where not any word is a code.
CODED: Final = {
    "appeal.level": "complaint",
    "candidate_move.state": "considered",
    "provider_fact.field": "wait",
    "saved_view.place": "providers",
    "transition_lane.lane": "home",
    "transition_step.part": "before",
}


def written_by_people(metadata: MetaData) -> list[Column[Any]]:
    """Return every column that may hold what somebody typed or brought in."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (String, JSON))
        and column.name not in MACHINE
        and str(column) not in MACHINE_HERE
    ]


def fill(session: Session, tokens: Tokens) -> list[str]:
    """Fill every row that may still change, and a row more where none may. Return the columns."""
    columns = written_by_people(complete())
    attach(session, tokens)
    for table in complete().sorted_tables:
        texts = [column for column in columns if column.table is table]
        if texts and not _appended(session, table, texts, tokens):
            _added(session, table, texts, tokens)
    return [str(column) for column in columns]


def attach(session: Session, tokens: Tokens) -> int:
    """Keep a file whose name, title and content have words of their own, with the first client."""
    return documents.add(
        session,
        letter(tokens.of("attachment.content")),
        title=tokens.of("attachment.title"),
        file_name=f"{tokens.of('attachment.file_name')}.pdf",
        media_type="application/pdf",
        client_id=session.scalar(select(func.min(Client.id))),
    )


def letter(text: str) -> bytes:
    """Return a PDF of one page that says this, packed by nothing."""
    drawn = f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()
    font = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%s>>>>" % font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    )
    made, places = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    at = len(made)
    made += b"xref\n0 5\n0000000000 65535 f \n" + table
    return bytes(made + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % at)


def _appended(session: Session, table: Table, texts: list[Column[Any]], tokens: Tokens) -> bool:
    """Add the words to what stands in each row; false if no row took them."""
    done = False
    for row in session.execute(select(table).limit(ENOUGH)).mappings().all():
        values = {text.name: _with(row[text.name], text, tokens, row["id"]) for text in texts}
        try:
            with session.begin_nested():
                session.execute(update(table).where(table.c.id == row["id"]).values(values))
            done = True
        except IntegrityError:  # a trigger: what is signed or sent is only ever added to
            continue
    return done


def _added(session: Session, table: Table, texts: list[Column[Any]], tokens: Tokens) -> None:
    newest = session.execute(select(table).order_by(table.c.id.desc()).limit(1)).mappings().first()
    number = int(session.scalar(select(func.max(table.c.id))) or 0) + 1
    values: dict[str, Any] = dict(newest) if newest else _bare(session, table)
    values |= {text.name: _with(values.get(text.name), text, tokens, number) for text in texts}
    for name in ("uid", "ref", "sha256"):
        if name in table.c and (name != "sha256" or table.c[name].unique):
            values[name] = f"{table.name}-{number}"
    session.execute(insert(table).values(values | {"id": number}))


def _bare(session: Session, table: Table) -> dict[str, Any]:
    """Give what a first row must have: other rows it belongs to, and something for the rest."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable or column.primary_key or column.default is not None:
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column
            values[column.name] = _any(session, target)
        else:
            some = _SOMETHING[column.type.python_type]
            values[column.name] = CODED.get(str(column), some)
    return values


def _any(session: Session, target: Column[Any]) -> int:
    """Return a row one can belong to; a new one where there is none."""
    first = select(func.min(target))
    if session.scalar(first) is None:
        values = _bare(session, target.table)
        session.execute(insert(target.table).values(values | {"uid": target.table.name}))
    return int(session.scalar(first) or 0)


def _with(value: Any, column: Column[Any], tokens: Tokens, number: int) -> Any:
    token = tokens.of(str(column))
    if isinstance(column.type, JSON):
        if isinstance(value, list):
            return [*cast("list[Any]", value), token]
        if isinstance(value, dict):
            return cast("dict[str, Any]", value) | {"said": token}
        return [token] if column.default is None or _is_list(column) else {"said": token}
    if value and "@" in value:
        return f"{token}.{value}"
    return f"{value or ''} {token}{f' {number}' if column.unique else ''}".strip()


def _is_list(column: Column[Any]) -> bool:
    default = column.default
    return default is not None and getattr(getattr(default, "arg", None), "__name__", "") == "list"


def practice(told: bytes, tokens: Tokens) -> bytes:
    """Put words into all free text of a practice file: whatever has a space in it, and names."""
    return json.dumps(_worded(json.loads(told), "", tokens), ensure_ascii=False).encode()


ENOUGH: Final = 12  # rows of a table that are shown first
_NAMES: Final = frozenset({"given_name", "family_name", "preferred_name", "name"})


def _worded(value: Any, key: str, tokens: Tokens) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {name: _worded(each, name, tokens) for name, each in pairs}
    if isinstance(value, list):
        return [_worded(each, key, tokens) for each in cast("list[Any]", value)]
    if isinstance(value, str) and (key in _NAMES or (" " in value and key != "value")):
        return f"{value} {tokens.of(f'file.{key}')}"
    return value
