"""What must be mended before someone of the circle can be kept, and the versions of a warning."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import people_draft, plain_email
from cmdesk.rules.codes import CaseRole, ContactPointKind, Signer
from cmdesk.rules.people_draft import (
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
    faults,
    language_shown,
    plain_email_faults,
    point_faults,
    relation_faults,
    tie_faults,
)

TODAY = date(2026, 3, 9)
BEFORE, AFTER = date(2026, 3, 1), date(2026, 3, 10)
WISH = PlainEmailDraft(
    address="diane@brenner.example",
    warned_on=BEFORE,
    accepted_on=TODAY,
    accepted_by=Signer.CLIENT,
)


@pytest.mark.parametrize("name", ["given_name", "family_name", "preferred_name"])
def test_one_name_of_any_kind_is_enough(name: str) -> None:
    unnamed = PersonDraft(1, given_name=" ")
    assert faults(unnamed, TODAY) == {"given_name": "A person needs a name."}
    assert faults(replace(unnamed, **{name: "June"}), TODAY) == {}


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        (TieDraft(), {}),
        (TieDraft(since=BEFORE, until=TODAY), {}),
        (TieDraft(since=TODAY, until=BEFORE), {"until": "Ends before it begins."}),
        (TieDraft(until=AFTER), {"until": "This day is still to come."}),
        (TieDraft(roles=(CaseRole.DO_NOT_CONTACT, CaseRole.PAYER)), {}),
        (
            TieDraft(roles=(CaseRole.DO_NOT_CONTACT, CaseRole.EMERGENCY_CONTACT)),
            {"roles": "Do not contact, or gets word from you: choose one."},
        ),
        (
            TieDraft(roles=(CaseRole.DO_NOT_INFORM_OF,)),
            {"note": "Say what they must not hear of."},
        ),
        (TieDraft(roles=(CaseRole.DO_NOT_INFORM_OF,), note="The relapse"), {}),
    ],
)
def test_places_in_a_life(tie: TieDraft, expected: dict[str, str]) -> None:
    assert tie_faults(tie, TODAY) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("mobile", "+1 718 555 0110", ""),
        ("mobile", "0110", "This is not a whole number."),
        ("fax", "later", "This is not a whole number."),
        ("e_mail", "diane@brenner.example", ""),
        ("e_mail", "diane@brenner", "This is not an e-mail address."),
        ("secure_mail", "a b@c.de", "This is not an e-mail address."),
        ("portal", "my chart", ""),
        ("postal", " ", "Type the number or address, or remove it."),
    ],
)
def test_numbers_and_addresses(kind: str, value: str, expected: str) -> None:
    found = point_faults(PointDraft(kind=ContactPointKind(kind), value=value), TODAY)
    assert found.get("value", "") == expected


def test_what_was_checked_was_checked_before_today() -> None:
    point = PointDraft(value="718 555 0110", verified_on=AFTER)
    assert point_faults(point, TODAY) == {"verified_on": "This day is still to come."}
    assert point_faults(replace(point, verified_on=TODAY), TODAY) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, None),
        ({"accepted_on": None, "accepted_by": "", "warned_on": None}, None),
        ({"ended_on": TODAY}, None),
        ({"address": "diane"}, "address"),
        ({"warned_on": None}, "warned_on"),
        ({"warned_on": TODAY, "accepted_on": BEFORE}, "accepted_on"),
        ({"accepted_on": AFTER}, "accepted_on"),
        ({"accepted_by": ""}, "accepted_by"),
        ({"accepted_by": "Diane"}, "accepted_by"),
        ({"ended_on": BEFORE}, "ended_on"),
        ({"ended_on": AFTER}, "ended_on"),
    ],
)
def test_a_wish_for_plain_email_follows_a_warning(
    changes: dict[str, object], field: str | None
) -> None:
    found = plain_email_faults(replace(WISH, **changes), TODAY)  # type: ignore[arg-type]  # of many kinds
    assert set(found) == ({field} if field else set())


def test_relations_are_to_someone_else() -> None:
    assert relation_faults(RelationDraft(), 3) == {"other_id": "To whom?"}
    assert relation_faults(RelationDraft(other_id=3), 3) == {"other_id": "Choose someone else."}
    assert relation_faults(RelationDraft(other_id=4, since=TODAY, until=BEFORE), 3) == {
        "until": "Ends before it begins."
    }
    assert relation_faults(RelationDraft(other_id=4), None) == {}


def test_faults_of_rows_say_which_row() -> None:
    draft = PersonDraft(
        1,
        given_name="June",
        points=(PointDraft(value="718 555 0110"), PointDraft()),
        authorities=(AuthorityDraft(since=TODAY, until=BEFORE),),
    )
    assert set(faults(draft, TODAY)) == {"points.1.value", "authorities.0.until"}


@given(st.text())
def test_a_language_is_never_lost(recorded: str) -> None:
    assert bool(language_shown(recorded)) == bool(recorded.strip())


def test_languages_have_names() -> None:
    assert language_shown("EN ") == "English"
    assert language_shown("Twi") == "Twi"
    assert len(set(people_draft.LANGUAGES.values())) == len(people_draft.LANGUAGES)


def test_a_warning_is_found_by_its_version() -> None:
    found = plain_email.warning(plain_email.CURRENT.version)
    assert found is plain_email.CURRENT
    assert "some level of risk that a third party reads" in plain_email.CURRENT.text
    assert plain_email.warning("of another program") is None
    versions = [each.version for each in plain_email.WARNINGS]
    assert len(versions) == len(set(versions))
