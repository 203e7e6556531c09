"""Every rule of the verdict and every edge of a valid consent, judged by the program itself."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from cmdesk import clock
from cmdesk.casework import parties, verdicts
from cmdesk.cli.opening import METADATA
from cmdesk.store import vault
from tests.acceptance.conftest import PASSPHRASE, Run
from tests.acceptance.rows import DAY, STATEMENTS, Row, bring_in, client, consent, entry, judged


def short(covers: list[str], **given: Any) -> Row:
    return {"short_line": "Short.", "short_topics": covers} | given


def mark(kind: str) -> Row:
    return {"marks": [{"person": "p-diane", "mark": kind}]}


def addendum(kind: str) -> Row:
    return {"addenda": [{"kind": kind, "at": "2026-03-08T09:00:00-05:00", "text": "…"}]}


ENTRIES: Final[dict[str, tuple[Row, str, int, str | None]]] = {
    "draft": ({"status": "draft"}, "keep_back", 0, None),
    "ready": ({"status": "ready_to_sign"}, "keep_back", 0, None),
    "corrected": (addendum("correction"), "keep_back", 0, None),
    "added to": (addendum("addendum"), "share", 8, "line"),
    "other person": ({"topics": ["other_person", "private"]}, "keep_back", 1, None),
    "private": ({"topics": ["private", "progress"]}, "keep_back", 2, None),
    "therapy": ({"topics": ["therapy_content"]}, "keep_back", 2, None),
    "counseling": ({"topics": ["sud_counseling_notes"]}, "keep_back", 2, None),
    "restricted": ({"topics": ["progress", "housing"]}, "keep_back", 4, None),
    "restricted short": (short(["housing"]), "keep_back", 4, None),
    "part 2": ({"part2": "yes"}, "keep_back", 5, None),
    "part 2 unknown": ({"part2": "unknown"}, "keep_back", 5, None),
    "part 2 absent": ({"part2": None}, "keep_back", 5, None),
    "not covered": ({"topics": ["progress", "medication"]}, "keep_back", 6, None),
    "no topic": ({"topics": []}, "keep_back", 6, None),
    "no topic but short": (short(["progress"], topics=[]), "keep_back", 6, None),
    "short": (short(["progress"], topics=["medication"]), "short", 6, "Short."),
    "short without topics": (short([], topics=["medication"]), "keep_back", 6, None),
    "short not covered": (short(["health"], topics=["medication"]), "keep_back", 6, None),
    "short with private": (short(["private"], topics=["medication"]), "keep_back", 6, None),
    "short, kept back": (
        short(["progress"], topics=["medication"], **mark("keep_back")), "keep_back", 7, None,
    ),
    "kept back": (mark("keep_back"), "keep_back", 7, None),
    "marked short": (short(["progress"], **mark("short")), "short", 7, "Short."),
    "marked short, none": (mark("short"), "keep_back", 7, None),
    "marked share never widens": (
        {"topics": ["medication"], **mark("share")}, "keep_back", 6, None,
    ),
    "shared": ({}, "share", 8, "line"),
    "unwritten": ({"family_line": ""}, "share", 8, None),
    "blank line": ({"family_line": "  "}, "share", 8, None),
}  # fmt: skip


def test_each_rule_by_its_number(run: Run, place: Path) -> None:
    told = {name: entry(f"e {name}", **given) for name, (given, *_) in ENTRIES.items()}
    held = {"topics": ["housing"], "from": ["p-diane"], "until": "2026-03-15", "reason": "wait"}
    maya = client(
        "c-maya",
        consents=[consent("k-1", topics=["attendance", "progress", "housing"])],
        restrictions=[held],
        entries=list(told.values()),
    )
    bring_in(run, place, [maya])
    found = {row["entry"]: row for row in judged(run, "c-maya")}
    for name, (_, verdict, rule, text) in ENTRIES.items():
        row = found[f"e {name}"]
        line = f"Line of e {name}." if text == "line" else text
        assert (name, row["verdict"], row["rule"], row["text"]) == (name, verdict, rule, line)
        assert (row["consent"] is None) == (verdict == "keep_back")
        assert row["why"]
    kept = {row["entry"]: row["rule"] for row in judged(run, "c-maya", on="2026-03-15")}
    assert kept["e restricted"] == 4
    open_again = {row["entry"]: row["rule"] for row in judged(run, "c-maya", on="2026-03-16")}
    assert open_again["e restricted"] == 8
    nobody = judged(run, "c-maya", "p-tess")
    assert {row["rule"] for row in nobody if row["entry"] == "e shared"} == {3}


ENDED: Final = {"engagement": {"began": "2026-01-05", "ended": "2026-03-10"}}
OPEN: Final = {"engagement": {"began": "2026-01-05", "ended": None}}
LEFT: Final = {
    "episodes": [{"ref": "ep-left", "discharged": "2026-03-10", "planned_discharge": "2026-03-01"}]
}
STAYS: Final = {"episodes": [{"ref": "ep-stays", "planned_discharge": "2026-03-01"}]}
WHOLE: Final = {"engagement": True}

# name: consent, client, {day: valid}
CONSENTS: Final[dict[str, tuple[Row, Row, dict[str, bool]]]] = {
    "day of expiry": ({"expires_on": DAY}, {}, {DAY: True, "2026-03-11": False}),
    "no end": ({"expires_on": None}, {}, {DAY: False}),
    "day of discharge": (
        {"expires_on": None, "expires_event": {"episode": "ep-left"}}, LEFT,
        {DAY: True, "2026-03-11": False},
    ),
    "not discharged": (
        {"expires_on": None, "expires_event": {"episode": "ep-stays"}}, STAYS, {DAY: True},
    ),
    "another client's episode": ({"expires_event": {"episode": "ep-left"}}, {}, {DAY: False}),
    "last day of the work": (
        {"expires_on": None, "expires_event": WHOLE}, ENDED, {DAY: True, "2026-03-11": False},
    ),
    "date before event": (
        {"expires_on": "2026-03-09", "expires_event": WHOLE}, OPEN,
        {"2026-03-09": True, DAY: False},
    ),
    "no engagement": ({"expires_event": WHOLE}, {}, {DAY: False}),
    "revoked": (
        {"revoked_on": DAY, "revoked_how": "oral"}, {}, {"2026-03-09": True, DAY: False},
    ),
    "not begun": ({"begins_on": "2026-03-11"}, {}, {DAY: False, "2026-03-11": True}),
    "signed later": (
        {"begins_on": "2026-01-01", "signed_on": "2026-03-11"}, {},
        {DAY: False, "2026-03-11": True},
    ),
    "unsigned": ({"signed_on": None, "begins_on": "2026-01-01"}, {}, {DAY: False}),
    "oral": (
        {"kind": "oral", "signed_on": None, "begins_on": "2026-01-01", "form_on_file": False,
         "statements": None}, {}, {DAY: True},
    ),
    "oral without a day": ({"kind": "oral", "signed_on": None}, {}, {DAY: False}),
    "replaced by itself": ({"superseded_by": "k"}, {}, {DAY: False}),
    "no topics": ({"topics": []}, {}, {DAY: False}),
    "no purpose": ({"purpose": " "}, {}, {DAY: False}),
    "no form": ({"form_on_file": None}, {}, {DAY: False}),
    "no statement": ({"statements": {**STATEMENTS, "conditioning": False}}, {}, {DAY: False}),
    "no copy needed": ({"statements": {**STATEMENTS, "copy": False}}, {}, {DAY: True}),
    "no signer": ({"signer": None}, {}, {DAY: False}),
    "capacity unknown": ({"capacity": "unknown"}, {}, {DAY: True}),
    "lacks for now": ({"capacity": "lacks_temporary"}, {}, {DAY: False}),
    "lacks by court": ({"capacity": "lacks_adjudicated"}, {}, {DAY: False}),
    "18 today": ({"signed_on": DAY}, {"born": "2008-03-10"}, {DAY: True}),
    "17 when signing": (
        {"signed_on": "2026-03-09"}, {"born": "2008-03-10"}, {DAY: False, "2026-04-01": False},
    ),
    "parent": ({"signer": "parent"}, {"born": "2008-03-11"}, {DAY: True, "2026-03-11": False}),
    "leap day": (
        {"signer": "parent"}, {"born": "2008-02-29"}, {"2026-02-28": True, "2026-03-01": False},
    ),
    "born unknown": ({}, {"born": None}, {DAY: False}),
    "parent, born unknown": ({"signer": "parent"}, {"born": None}, {DAY: False}),
    "guardian": ({"signer": "guardian"}, {"born": None}, {DAY: False}),
    "guardian by order": (
        {"signer": "guardian", "signer_authority": "Order 7"}, {"born": None}, {DAY: True},
    ),
    "legal proceeding": ({"kind": "legal_proceeding"}, {}, {DAY: False}),
    "operations": ({"kind": "part2_tpo"}, {}, {DAY: False}),
}  # fmt: skip


def test_a_valid_consent_to_the_day(run: Run, place: Path) -> None:
    clients: list[Row] = []
    for name, (told, about, _) in CONSENTS.items():
        form = consent(f"k {name}", **told)
        if form.get("superseded_by"):
            form["superseded_by"] = form["ref"]
        entries = [entry(f"e {name}")]
        clients.append(client(f"c {name}", consents=[form], entries=entries) | about)
    bring_in(run, place, clients)
    for name, day, rule in rules_of_consents(place):  # many days: the vault is opened once
        assert (name, day, rule) == (name, day, 8 if CONSENTS[name][2][day] else 3)


def rules_of_consents(place: Path) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []

    def judge(session: Session) -> None:
        reader = parties.party_by_name(session, "p-diane")
        month = (date(2026, 3, 1), date(2026, 3, 31))
        for name, (*_, days) in CONSENTS.items():
            who = parties.client_by_name(session, f"c {name}")
            for day in days:
                on = date.fromisoformat(day)
                (row,) = verdicts.of_period(session, who, reader, *month, on)
                found.append((name, day, row.verdict.rule))

    store = vault.unlock_and_open(place / "a.cmdesk", METADATA, clock.system, passphrase=PASSPHRASE)
    try:
        store.ask(judge)
    finally:
        store.close()
    return found


READERS: Final = {"p-diane": 3, "p-tess": 8, "p-mo": 3, "p-gus": 3, "o-still": 8, "o-else": 3}


def test_consent_for_operations_reaches_no_family(run: Run, place: Path) -> None:
    maya = client(
        "c-maya",
        circle=[
            {"person": "p-diane", "relationship": "mother", "roles": ["payer"]},
            {"person": "p-tess", "relationship": "therapist"},
            {"person": "p-mo", "relationship": "physician"},
            {"person": "p-mo", "relationship": "father"},
        ],
        episodes=[{"ref": "ep", "organisation": "o-still"}],
        consents=[consent("k", "part2_tpo", recipients=list(READERS), expires_on=None)],
        entries=[entry("e", part2="yes")],
    )
    bring_in(run, place, [maya])
    rules = {reader: judged(run, "c-maya", reader)[0]["rule"] for reader in READERS}
    assert rules == READERS


def test_notes_that_need_their_own_form(run: Run, place: Path) -> None:
    own = consent("k-own", "psychotherapy_notes", topics=["therapy_content"])
    entries = [
        entry("e-own", topics=["therapy_content"]),
        entry("e-mixed", topics=["therapy_content", "progress"]),
        entry("e-more", topics=["therapy_content", "medication"]),
        entry("e-sud", topics=["sud_counseling_notes"]),
    ]
    alone = client("c-alone", consents=[own], entries=[entry("e-a", topics=["therapy_content"])])
    both = client("c-both", consents=[{**own, "ref": "k-o"}, consent("k-1")], entries=entries)
    bring_in(run, place, [alone, both])
    assert [row["rule"] for row in judged(run, "c-alone")] == [3]
    rules = {row["entry"]: row["rule"] for row in judged(run, "c-both")}
    assert rules == {"e-own": 8, "e-mixed": 8, "e-more": 6, "e-sud": 2}


def test_the_consent_signed_last_is_named(run: Run, place: Path) -> None:
    days = {"k-a": "2026-01-01", "k-b": "2026-02-01", "k-c": "2026-01-15"}
    forms = [consent(ref, signed_on=day) for ref, day in days.items()]
    bring_in(run, place, [client("c-maya", consents=forms, entries=[entry("e")])])
    assert judged(run, "c-maya")[0]["consent"] == "k-b"


# America/New_York goes forward on 2026-03-08 and back on 2026-11-01.
TIMES: Final = {
    "2026-03-01T23:59:59-05:00": False,
    "2026-03-02T00:00:00-05:00": True,
    "2026-03-02T04:59:59Z": False,
    "2026-03-02T05:00:00Z": True,
    "2026-03-08T23:59:59-04:00": True,
    "2026-03-09T03:59:59Z": True,
    "2026-03-09T04:00:00Z": False,
    "2026-03-02T10:00:00+14:00": False,
    "2026-03-08T16:00:00-12:00": False,
}


def test_a_period_by_the_practices_own_days(run: Run, place: Path) -> None:
    entries = [entry(moment, occurred_at=moment) for moment in TIMES]
    bring_in(run, place, [client("c-maya", consents=[consent("k")], entries=entries)])
    inside = judged(run, "c-maya", first="2026-03-02", last="2026-03-08")
    assert {row["entry"] for row in inside} == {moment for moment, yes in TIMES.items() if yes}
