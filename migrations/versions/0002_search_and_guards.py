"""Two search indexes over everything that is read, and triggers that refuse what must not change.

`search` holds what has a date, `search_names` what has none, so that a name is found without reading
the words of ten years of log. A row is numbered so that the newest comes first without sorting:
minutes since 1970 of what it tells (0 without a date), then the row's own number, then its kind.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# kind, table, when it happened (or nothing), title, body
SOURCES = (
    (0, "entry", "occurred_at", ("narrative",)),
    (1, "entry_wording", "at", ("family_line", "short_line")),
    (2, "addendum", "at", ("text",)),
    (3, "person", None, ("given_name", "middle_name", "family_name", "preferred_name",
                         "credentials", "job_title", "notes")),
    (4, "client", None, ("where_things_stand", "my_role", "diagnoses_reported", "allergies",
                         "primary_substances", "code")),
    (5, "organisation", None, ("name", "name2", "notes", "treats_well", "clinical_director")),
    (6, "update_copy", "created_at", ("headline", "text")),
    (7, "contact_point", None, ("value",)),
    (8, "document", None, ("title", "file_name", "text")),
    (9, "task", None, ("text", "notes", "outcome")),
    (10, "address", None, ("city", "state", "zip", "county")),
)  # fmt: skip
FOLDED = (("ł", "l"), ("Ł", "L"), ("ø", "o"), ("Ø", "O"), ("đ", "d"), ("Đ", "D"), ("æ", "ae"),
          ("Æ", "AE"), ("ß", "ss"), ("ẞ", "SS"))  # fmt: skip  # unicode61 leaves these whole


INDEXES = ("search_names", "search")  # without a date, with one


def number(kind: int, when: str | None, row: str) -> str:
    minutes = f"(CAST(strftime('%s', {row}{when}) AS INTEGER) / 60 << 34)" if when else "0"
    return f"{minutes} + ({row}id << 4) + {kind}"


def body(columns: tuple[str, ...], row: str) -> str:
    text = " || ' ' || ".join(row + column for column in columns)
    for letter, plain in FOLDED:
        text = f"replace({text}, '{letter}', '{plain}')"
    return text


def index(kind: int, table: str, when: str | None, columns: tuple[str, ...]) -> list[str]:
    search = INDEXES[when is not None]
    new = f"{number(kind, when, 'new.')}, {body(columns, 'new.')}"
    old = f"{number(kind, when, 'old.')}, {body(columns, 'old.')}"
    add = f"INSERT INTO {search}(rowid, body) VALUES ({new});"
    drop = f"INSERT INTO {search}({search}, rowid, body) VALUES ('delete', {old});"
    watched = ", ".join((*columns, when) if when else columns)
    return [
        f"CREATE TRIGGER search_{table}_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER search_{table}_delete AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER search_{table}_update AFTER UPDATE OF {watched} ON {table} "
        f"BEGIN {drop} {add} END",
    ]


def make(search: str, *, dated: bool) -> list[str]:
    texts = " UNION ALL ".join(
        f"SELECT {number(kind, when, '')} AS id, {body(columns, '')} AS body FROM {table}"
        for kind, table, when, columns in SOURCES
        if (when is not None) == dated
    )
    return [
        f"CREATE VIEW {search}_source AS {texts}",
        f"CREATE VIRTUAL TABLE {search} USING fts5(body, content='{search}_source', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4 5', "
        "columnsize=0, detail=full)",
        f"INSERT INTO {search}({search}, rank) VALUES ('secure-delete', 1)",  # a purge is a purge
    ]


FROZEN = (
    "uid", "ref", "created_at", "client_id", "engagement_id", "episode_id", "occurred_at",
    "occurred_zone", "time_recorded", "ended_at", "entered_at", "minutes", "kind", "direction",
    "method", "location", "outcome", "purposes", "service_components", "narrative", "part2",
    "sensitivity", "source", "risk", "risk_action", "client_response", "next_contact_on",
    "no_follow_up", "billable", "service_code", "billed_minutes", "rate_cents", "miles",
    "expense_cents", "template", "copied_from_id", "late_reason", "status", "signed_at",
    "signed_by", "signature_hash",
)  # fmt: skip


def refuse(name: str, event: str, table: str, when: str, why: str) -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def guards() -> list[str]:
    signed = "signed entries are final"
    made = [
        refuse(
            "entry_is_final",
            "UPDATE OF " + ", ".join(FROZEN),
            "entry",
            "old.status = 'signed'",
            signed,
        ),
        refuse("entry_stays", "DELETE", "entry", "old.status = 'signed'", signed),
    ]
    made += [
        refuse(
            f"entry_participant_{event.lower()}_is_final", event, "entry_participant",
            f"(SELECT status FROM entry WHERE id = {row}.entry_id) = 'signed'", signed,
        )
        for event, row in (("INSERT", "new"), ("UPDATE", "old"), ("DELETE", "old"))
    ]  # fmt: skip
    for table in ("disclosure", "addendum"):
        for event in ("UPDATE", "DELETE"):
            why = f"{table} rows are only added"
            made.append(refuse(f"{table}_{event.lower()}_refused", event, table, "", why))
    for table in ("entry_wording", "entry_mark", "entry_wrong_chart", "blob", "blob_chunk"):
        why = f"{table} rows are only added"
        made.append(refuse(f"{table}_update_refused", "UPDATE", table, "", why))
    return made


def upgrade() -> None:
    connection = op.get_bind()
    tables = [part for dated, name in enumerate(INDEXES) for part in make(name, dated=bool(dated))]
    triggers = [part for source in SOURCES for part in index(*source)]
    for statement in (*tables, *triggers, *guards()):
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    connection = op.get_bind()
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'audit%'"
    )
    for (name,) in names.all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    for search in INDEXES:
        connection.exec_driver_sql(f"DROP TABLE {search}")
        connection.exec_driver_sql(f"DROP VIEW {search}_source")
