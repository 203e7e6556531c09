"""Each rule of domain.md 0.4 by its number, with its words and its edge days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.rules.making import DIANE, MAYA, TESS, TODAY, consent, entry, stand, topics

from cmdesk.rules.codes import ConsentKind, Mark, Signer, Statement
from cmdesk.rules.consent import Consent, Entry, Outcome, Restriction, Standing, Verdict, verdict
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.standing import no_consent
from cmdesk.rules.topics import Topic

GOOD = stand(consent())
THERAPY = consent(
    ref="k-therapy", kind=ConsentKind.PSYCHOTHERAPY_NOTES, topics=topics("therapy_content")
)
NOTES = consent(
    ref="k-notes", kind=ConsentKind.SUD_COUNSELING_NOTES, topics=topics("sud_counseling_notes")
)
HIPAA = consent(ref="k-hipaa", kind=ConsentKind.HIPAA)
DAY = timedelta(days=1)


def told(given: Verdict) -> tuple[str, int, str | None, str]:
    return given.outcome, given.rule, given.text, given.why


def answer(of: Entry, *consents: Consent) -> tuple[str, int]:
    given = verdict(of, stand(*consents))
    return given.outcome, given.rule


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (entry(status=EntryStatus.DRAFT), "Not signed yet"),
        (entry(status=EntryStatus.READY_TO_SIGN), "Not signed yet"),
        (entry(wrong_chart=True), "Entered in the wrong chart"),
        (entry(corrected=True), "Corrected since its lines were written"),
        (entry(corrected=True, topics=topics("other_person")), "Corrected since its lines were"),
    ],
)
def test_rule_0_unfinished(changed: Entry, why: str) -> None:
    given = verdict(changed, GOOD)
    assert (given.outcome, given.rule, given.text) == (Outcome.KEEP_BACK, 0, None)
    assert given.why.startswith(why)


def test_rule_1_about_someone_else() -> None:
    given = verdict(entry(topics=topics("progress", "other_person", "private")), stand())
    assert told(given) == ("keep_back", 1, None, "About someone else")


def test_rule_2_own_notes() -> None:
    listed = consent(topics=topics("progress", "private"))
    given = verdict(entry(topics=topics("private", "progress")), stand(listed))
    assert told(given) == ("keep_back", 2, None, "Your own notes")


@pytest.mark.parametrize(
    ("topic", "form", "other_form"),
    [("therapy_content", THERAPY, NOTES), ("sud_counseling_notes", NOTES, THERAPY)],
)
def test_rule_2_needs_its_own_form(topic: str, form: Consent, other_form: Consent) -> None:
    of = entry(topics=topics("progress", topic))
    everything = consent(topics=frozenset(Topic))
    assert answer(of, everything) == ("keep_back", 2)
    assert answer(of, everything, other_form) == ("keep_back", 2)
    assert answer(of, everything, replace(form, topics=topics("progress"))) == ("keep_back", 2)
    assert answer(of, everything, replace(form, expires_on=TODAY - DAY)) == ("keep_back", 2)
    assert answer(of, everything, replace(form, recipients=frozenset({"x"}))) == ("keep_back", 2)
    assert answer(of, everything, form) == ("share", 8)
    words = verdict(of, stand(everything)).why
    assert words == f"Needs a form of its own: {Topic(topic).in_words}"


def test_own_form_beside_an_ordinary_consent() -> None:
    of = entry(topics=topics("progress", "therapy_content"))
    given = verdict(of, stand(consent(), replace(THERAPY, signed_on=date(2026, 2, 2))))
    assert given.consent == "k-diane"
    assert given.consents == ("k-diane", "k-therapy")
    assert answer(of, THERAPY) == ("keep_back", 3)
    medicine = entry(topics=topics("medication", "therapy_content"))
    assert answer(replace(medicine, short_line=None), consent(), THERAPY) == ("keep_back", 6)


def test_own_form_alone_still_asks_for_an_ordinary_consent() -> None:
    only = entry(topics=topics("therapy_content"), part2=Part2.NO)
    assert answer(only, THERAPY) == ("keep_back", 3)
    given = verdict(only, stand(HIPAA, THERAPY))
    assert (given.rule, given.consent) == (8, "k-therapy")
    assert given.consents == ("k-hipaa", "k-therapy")
    both = entry(topics=topics("therapy_content", "sud_counseling_notes"), part2=Part2.NO)
    newer = replace(NOTES, signed_on=date(2026, 2, 2))
    assert verdict(both, stand(HIPAA, THERAPY, newer)).consent == "k-notes"
    assert answer(replace(only, part2=Part2.YES), HIPAA, THERAPY) == ("keep_back", 5)


@pytest.mark.parametrize(
    ("consents", "why"),
    [
        ([], "No consent names Diane"),
        ([consent(recipients=frozenset({"p-david"}))], "No consent names Diane"),
        ([consent(recipients=frozenset())], "No consent names Diane"),
        ([consent(expires_on=date(2026, 3, 8))], "Diane's consent ended March 8"),
        ([consent(expires_on=date(2025, 12, 31))], "Diane's consent ended December 31, 2025"),
        (
            [consent(kind=ConsentKind.PART2_TPO)],
            "Diane is named only in a consent for treatment, payment and operations",
        ),
        (
            [consent(kind=ConsentKind.LEGAL_PROCEEDING)],
            "Diane is named only in a consent for a legal proceeding",
        ),
        ([THERAPY], "Diane is named only in a consent for psychotherapy notes"),
        ([NOTES], "Diane is named only in a consent for substance use counseling notes"),
    ],
)
def test_rule_3_no_valid_consent(consents: list[Consent], why: str) -> None:
    assert told(verdict(entry(), stand(*consents))) == ("keep_back", 3, None, why)


def test_rule_3_tells_of_the_consent_signed_last() -> None:
    older = consent(ref="k-a", signed_on=date(2026, 1, 1), purpose="")
    newer = consent(ref="k-b", signed_on=date(2026, 2, 1), revoked_on=TODAY)
    assert stand(older, newer).no_consent == "Diane's consent was revoked March 9"
    assert stand(newer, older).no_consent == "Diane's consent was revoked March 9"
    replaced = replace(newer, superseded_by="k-a")
    assert stand(older, replaced).no_consent == "Diane's consent gives no purpose"
    over = consent(superseded_by="k-x")
    assert stand(over).no_consent == "Diane's consent was replaced by a newer one"


def test_a_tpo_consent_reaches_those_who_treat_and_pay() -> None:
    tpo = consent(kind=ConsentKind.PART2_TPO, recipients=frozenset({"p-tess"}), expires_on=None)
    given = verdict(entry(), stand(tpo, recipient=TESS))
    assert (given.outcome, given.rule, given.consent) == ("share", 8, "k-diane")
    assert stand(tpo, recipient=replace(TESS, tpo=False)).no_consent.startswith("Tess is named")
    expired = replace(tpo, expires_on=TODAY - DAY)
    assert stand(expired, recipient=TESS).no_consent == "Tess's consent ended March 8"


@pytest.mark.parametrize(
    ("restriction", "rule"),
    [
        (Restriction(frozenset({DIANE.ref}), topics("progress")), 4),
        (Restriction(frozenset({DIANE.ref}), topics("safety")), 4),  # a topic of the short version
        (Restriction(frozenset({DIANE.ref}), topics("housing")), 8),
        (Restriction(frozenset({DIANE.ref}), entries=frozenset({"e-1"})), 4),
        (Restriction(frozenset({DIANE.ref}), entries=frozenset({"e-2"})), 8),
        (Restriction(frozenset({DIANE.ref}), topics("housing"), frozenset({"e-1"})), 4),
        (Restriction(frozenset({DIANE.ref})), 4),  # neither topics nor entries: everything
        (Restriction(frozenset({"p-david"})), 8),
        (Restriction(frozenset()), 8),
        (Restriction(frozenset({DIANE.ref}), until=TODAY), 4),  # its last day
        (Restriction(frozenset({DIANE.ref}), until=TODAY - DAY), 8),
    ],
)
def test_rule_4_restrictions(restriction: Restriction, rule: int) -> None:
    of = entry(topics=topics("progress", "substance_use"), short_topics=topics("safety"))
    given = verdict(of, stand(consent(), restrictions=(restriction,)))
    assert given.rule == rule
    assert given.why in {
        "Maya asked to keep this from Diane",
        "Covered: progress, substance use",
    }


def test_rule_4_in_the_clients_words() -> None:
    wish = "Maya wants to tell her mother herself"
    held = Restriction(frozenset({DIANE.ref}), topics("progress"), reason=wish)
    other = Restriction(frozenset({DIANE.ref}), topics("housing"), reason="Another")
    given = verdict(entry(), stand(consent(), restrictions=(other, held)))
    assert told(given) == ("keep_back", 4, None, wish)
    # A consent that is missing is told before a restriction.
    assert verdict(entry(), stand(restrictions=(held,))).rule == 3


@pytest.mark.parametrize("part2", [Part2.YES, Part2.UNKNOWN])
@pytest.mark.parametrize("kind", [ConsentKind.HIPAA, ConsentKind.ORAL])
def test_rule_5_part_2_needs_its_own_consent(part2: Part2, kind: ConsentKind) -> None:
    of = entry(part2=part2, topics=topics("progress"))
    given = verdict(of, stand(consent(kind=kind)))
    assert told(given) == ("keep_back", 5, None, "No Part 2 consent names Diane")
    assert answer(replace(of, part2=Part2.NO), consent(kind=kind)) == ("share", 8)


@pytest.mark.parametrize("part2", [Part2.YES, Part2.UNKNOWN])
def test_after_rule_5_only_part_2_consents_count(part2: Part2) -> None:
    narrow = consent(ref="k-p2", topics=topics("progress"))
    wide = consent(ref="k-wide", kind=ConsentKind.HIPAA, topics=topics("progress", "medication"))
    of = entry(part2=part2, topics=topics("medication"), short_topics=topics("progress"))
    given = verdict(of, stand(narrow, wide))
    assert (given.outcome, given.rule, given.consent) == ("short", 6, "k-p2")
    assert verdict(replace(of, part2=Part2.NO), stand(narrow, wide)).consent == "k-wide"
    only_wide = replace(of, short_topics=topics("medication"))
    assert answer(only_wide, narrow, wide) == ("keep_back", 6)


def test_rule_6_names_what_is_missing() -> None:
    of = entry(topics=topics("progress", "medication", "family"), short_line=None)
    given = verdict(of, GOOD)
    assert told(given) == ("keep_back", 6, None, "Not in Diane's consent: medication, family")
    assert given.missing == topics("medication", "family")


def test_rule_6_two_consents_do_not_add_up() -> None:
    first = consent(ref="k-1", topics=topics("progress"))
    second = consent(ref="k-2", topics=topics("progress", "medication"))
    of = entry(topics=topics("progress", "medication", "safety"), short_line="  \n")
    third = consent(ref="k-3", topics=topics("safety"))
    given = verdict(of, stand(first, second, third))
    assert (given.rule, given.missing) == (6, topics("safety"))


def test_rule_6_gives_the_short_version() -> None:
    given = verdict(entry(topics=topics("progress", "medication")), GOOD)
    assert given == Verdict(
        entry="e-1",
        outcome=Outcome.SHORT,
        rule=6,
        text="Maya had a good week in group.",
        consent="k-diane",
        why="Short version. Not in Diane's consent: medication",
        topics=topics("progress"),
        missing=topics("medication"),
        consents=("k-diane",),
        part2=True,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"short_line": None},
        {"short_line": ""},
        {"short_line": "   "},
        {"short_topics": topics()},
        {"short_topics": topics("medication")},
        {"short_topics": topics("progress", "medication")},
        {"short_topics": topics("progress", "private")},
        {"short_topics": topics("progress", "other_person")},
        {"short_topics": topics("progress", "therapy_content")},
        {"short_topics": topics("sud_counseling_notes")},
    ],
)
def test_a_short_version_that_is_none(changes: dict[str, object]) -> None:
    everything = consent(topics=frozenset(Topic) - {Topic.MEDICATION})
    uncovered = entry(topics=topics("progress", "medication"), **changes)
    assert answer(uncovered, everything, THERAPY, NOTES) == ("keep_back", 6)
    marked = entry(marks={DIANE.ref: Mark.SHORT}, **changes)
    given = verdict(marked, stand(everything, THERAPY, NOTES))
    assert (given.outcome, given.rule, given.text) == ("keep_back", 7, None)
    assert given.why == "Your choice: short version, but none is covered"


def test_an_entry_without_a_topic_shares_nothing() -> None:
    for mark in (None, *Mark):
        of = entry(topics=topics(), marks={DIANE.ref: mark} if mark else {})
        assert told(verdict(of, GOOD)) == ("keep_back", 6, None, "No topic yet")


@pytest.mark.parametrize(
    ("names", "short", "mark", "outcome", "rule"),
    [
        # Wholly covered: the mark decides.
        ("progress", "progress", None, "share", 8),
        ("progress", "progress", Mark.SHARE, "share", 8),
        ("progress", "progress", Mark.SHORT, "short", 7),
        ("progress", "medication", Mark.SHORT, "keep_back", 7),
        ("progress", "progress", Mark.KEEP_BACK, "keep_back", 7),
        # Not covered, the short version is: a mark can only narrow.
        ("medication", "progress", None, "short", 6),
        ("medication", "progress", Mark.SHARE, "short", 6),
        ("medication", "progress", Mark.SHORT, "short", 6),
        ("medication", "progress", Mark.KEEP_BACK, "keep_back", 7),
        # Nothing is covered: rule 6 has answered before the mark is looked at.
        ("medication", "medication", Mark.KEEP_BACK, "keep_back", 6),
        ("medication", "medication", Mark.SHARE, "keep_back", 6),
    ],
)
def test_rules_6_and_7_with_marks(
    names: str, short: str, mark: Mark | None, outcome: str, rule: int
) -> None:
    marks = {DIANE.ref: mark, "p-david": Mark.KEEP_BACK} if mark else {"p-david": Mark.KEEP_BACK}
    of = entry(topics=topics(names), short_topics=topics(short), marks=marks)
    given = verdict(of, GOOD)
    assert (given.outcome, given.rule) == (outcome, rule)
    lines = {"share": of.family_line, "short": of.short_line, "keep_back": None}
    assert given.text == lines[outcome]


def test_rule_8_names_consent_and_topics() -> None:
    given = verdict(entry(), GOOD)
    assert told(given) == ("share", 8, entry().family_line, "Covered: progress, substance use")
    assert given.topics == topics("progress", "substance_use")
    assert (given.consent, given.consents) == ("k-diane", ("k-diane",))


@pytest.mark.parametrize("line", [None, "", " ", "\n\t"])
def test_rule_8_without_a_line_gives_no_text(line: str | None) -> None:
    given = verdict(entry(family_line=line), GOOD)
    assert (given.outcome, given.rule, given.text) == (Outcome.SHARE, 8, None)


def test_rule_8_a_line_is_given_as_typed() -> None:
    assert verdict(entry(family_line="  Well.\n"), GOOD).text == "  Well.\n"


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ({"signed_on": date(2026, 1, 5)}, {"signed_on": date(2026, 1, 6)}, "k-b"),
        ({"signed_on": date(2026, 1, 6)}, {"signed_on": date(2026, 1, 5)}, "k-a"),
        ({"signed_on": date(2026, 1, 5)}, {"signed_on": date(2026, 1, 5)}, "k-b"),
        # By word and never signed: the day it began stands for the day of signing.
        (
            {"kind": ConsentKind.ORAL, "signed_on": None, "begins_on": date(2026, 2, 1)},
            {"signed_on": date(2026, 1, 5)},
            "k-a",
        ),
        # The one signed last does not cover: then it does not serve.
        ({}, {"signed_on": date(2026, 2, 1), "topics": topics("safety")}, "k-a"),
    ],
)
def test_of_several_the_one_signed_last_is_named(
    first: dict[str, object], second: dict[str, object], named: str
) -> None:
    of = entry(part2=Part2.NO, topics=topics("progress"))
    one, other = consent(ref="k-a", **first), consent(ref="k-b", **second)
    assert verdict(of, stand(one, other)).consent == named
    assert verdict(of, stand(other, one)).consent == named


@pytest.mark.parametrize(
    ("on", "rule"),
    [(date(2026, 1, 27), 3), (date(2026, 1, 28), 8), (date(2026, 6, 30), 8), (date(2026, 7, 1), 3)],
)
def test_first_and_last_day(on: date, rule: int) -> None:
    assert verdict(entry(), stand(consent(), on=on)).rule == rule


def test_gate_vectors() -> None:
    """facts/rules.md section 8, "Gate"."""

    def given(standing: Standing) -> tuple[str, int]:
        answered = verdict(entry(), standing)
        return answered.outcome, answered.rule

    unsaid = frozenset(Statement) - {Statement.REVOCATION}
    assert given(stand(HIPAA)) == ("keep_back", 5)
    assert given(stand(consent(statements=unsaid))) == ("keep_back", 3)
    assert given(stand(consent(kind=ConsentKind.ORAL))) == ("keep_back", 5)
    assert given(stand(consent(kind=ConsentKind.PART2_TPO))) == ("keep_back", 3)
    assert given(stand(consent(expires_on=TODAY - DAY))) == ("keep_back", 3)
    assert given(stand(consent(expires_on=TODAY))) == ("share", 8)
    assert given(stand(consent(revoked_on=TODAY))) == ("keep_back", 3)
    turning_18 = replace(MAYA, born=date(2008, 3, 9))
    parents = consent(signer=Signer.PARENT)
    assert given(stand(parents, subject=turning_18)) == ("keep_back", 3)
    assert given(stand(parents, subject=turning_18, on=TODAY - DAY)) == ("share", 8)


def test_the_reason_alone_is_that_of_the_standing() -> None:
    tpo = consent(kind=ConsentKind.PART2_TPO, recipients=frozenset({"p-tess"}), expires_on=None)
    for given in ((), (consent(),), (consent(purpose=""),), (tpo,), (tpo, consent(kind=tpo.kind))):
        for recipient in (TESS, replace(TESS, tpo=False), DIANE):
            alone = no_consent(MAYA, recipient, given, TODAY)
            assert alone == stand(*given, recipient=recipient).no_consent
