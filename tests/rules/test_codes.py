"""Codes are formed from the labels of domain.md as the contract says, and none is missing."""

from itertools import product

import pytest

from cmdesk.rules import care_codes, codes, contact_codes, goal_codes
from cmdesk.rules.code import Code, code_of
from cmdesk.rules.codes import (
    KINSHIP,
    TREATING,
    CaseRole,
    Relationship,
    tpo_party,
)
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.topics import CONSENT_TOPICS, NEVER_SHARED, OWN_FORM, Topic

# The labels as domain.md lists them, parted by semicolons.
LABELS: dict[type[Code], str] = {
    contact_codes.EntryKind: "contact; attempted contact; meeting/case conference; records review;"
    "research/placement search; documentation; travel; crisis response; court/legal;"
    "internal note; consultation/supervision",
    contact_codes.Method: "in person; phone; video; text/SMS; e-mail; secure message; letter/fax;"
    "portal; voicemail; collateral by third party",
    contact_codes.Location: "office; client home; family home; programme; hospital/ED; court;"
    "school; community; phone/remote; other",
    contact_codes.Outcome: "reached; left voicemail (identified / not identified); no answer; busy;"
    "wrong/disconnected number; callback scheduled; message with third party; replied; no reply;"
    "undeliverable; completed; partial; declined; no-show; rescheduled; crisis escalated; admitted;"
    "transported",
    contact_codes.Purpose: "engagement; assessment; care planning; coordination; placement search;"
    "admission logistics; monitoring/check-in; progress report from provider;"
    "family support/coaching; family mediation; insurance/authorization;"
    "transition/discharge planning; aftercare; medication coordination; records; crisis; legal;"
    "education/work; housing; financial/billing; closure; administrative",
    contact_codes.ServiceComponent: "assessment; planning; referral and linkage;"
    "monitoring and coordination; advocacy; crisis",
    contact_codes.EntryStatus: "draft; ready to sign; signed",
    contact_codes.DocumentType: "release; agreement; assessment; psych/neuropsych testing;"
    "discharge summary; treatment plan; medical; labs; insurance card; authorization letter;"
    "denial/appeal; legal/court order; custody/guardianship; education/IEP/504; invoice; receipt;"
    "correspondence; update PDF; photo ID; advance directive; safety plan; other",
    codes.Relationship: "mother; father; step-parent; parent's partner; sibling; spouse/partner;"
    "former partner; child; grandparent; aunt/uncle; cousin; guardian; friend; sponsor; employer;"
    "attorney; trustee; school contact; probation/court; clergy; therapist; psychiatrist;"
    "physician; program contact; case manager; other",
    codes.CaseRole: "payer; decision maker; primary update recipient; secondary recipient;"
    "emergency contact; collateral only; do not contact; do not inform of \u2026; executor/trustee",
    codes.LegalAuthorityKind: "parent of minor; legal guardian; custody \u2013 sole/joint legal;"
    "health-care proxy/agent; durable POA; conservator \u2013 person/estate; guardian ad litem;"
    "court order; psychiatric advance directive agent; none (adult decides)",
    codes.ClientStatus: "prospective; active; on hold; monitoring (step-down); closed; deceased;"
    "declined",
    codes.EndReason: "goals met (graduated); stable \u2013 step-down; client declined;"
    "family declined; non-payment; out of scope/referred on; safety; relocation;"
    "poor fit \u2013 referred; practitioner unavailable; lost contact; death; other",
    codes.LivingSituation: "with parents; own home; with partner; student housing;"
    "recovery residence; residential programme; hospital; supported living; shelter; unhoused;"
    "incarcerated; other",
    codes.DisclosureBasis: "consent; medical emergency; required report (abuse/neglect);"
    "court order; duty to protect; required by law; audit/QSO agreement; to the client;"
    "de-identified; treatment; agreed; incapacity; death",  # the last four: facts/rules.md 1.4
    codes.ContactPointKind: "mobile; home; work; fax; e-mail; secure mail; portal; postal",
    codes.TaskState: "inbox; next; scheduled; waiting; done; dropped",
    codes.UpdateTemplate: 'weekly; brief "no change"; decision; crisis notice; transition;'
    "monthly review; closing letter; provider summary; admissions history;"
    "letter to school/employer (attendance only)",
    codes.UpdateStatus: "accumulating; drafted; checked; final; sent; corrected; withdrawn",
    care_codes.AdmissionType: "voluntary; guardian/parental; intervention; court-ordered;"
    "involuntary hold; transfer; readmission",
    care_codes.DischargeReason: "treatment completed; transferred to another level/programme;"
    "left against advice/dropped out; terminated by facility; incarcerated; death;"
    "payer/financial; medical transfer; eloped/missing; other; unknown",
    goal_codes.GoalStatus: "proposed; active; met; partly met; not met; revised; discontinued;"
    "deferred",
    goal_codes.GoalDomain: "presenting concern; mental health; substance use; risk and safety;"
    "medical; medications; treatment history and response; family system; social support; housing;"
    "education/work; finances; insurance/benefits; legal; culture/identity/faith;"
    "language/communication; daily living/functioning; transport/logistics;"
    "motivation/readiness and person's preferences; strengths and interests",
}
LISTS: list[type[Code]] = [
    found
    for module in (codes, contact_codes, care_codes, goal_codes)
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Code) and found is not Code
] + [Topic]


@pytest.mark.parametrize("codes_of", LABELS, ids=lambda found: found.__name__)
def test_codes_are_formed_from_labels(codes_of: type[Code]) -> None:
    formed = [code_of(label) for label in LABELS[codes_of].split(";")]
    assert [code.value for code in codes_of] == formed


@pytest.mark.parametrize("codes_of", LISTS, ids=lambda found: found.__name__)
def test_every_code_has_words(codes_of: type[Code]) -> None:
    labels = [code.label for code in codes_of]
    assert all(label and label == label.strip() and "_" not in label for label in labels)
    schemes = {code.value.partition(":")[0] for code in codes_of if ":" in code.value}
    # Two editions of a scheme may call a level by the same short name; the detail tells them apart.
    assert len(set(labels)) == len(labels) or schemes
    for code in codes_of:
        assert codes_of(str(code)) is code


def test_asides_that_never_close_hold_nobody_up() -> None:
    assert code_of("Recovery (" + "(" * 300_000) == "recovery"


def test_email_is_read_in_both_spellings() -> None:
    assert Method("email") is Method.E_MAIL
    for unknown in ("fax", "Phone", ""):
        with pytest.raises(ValueError, match="not a valid Method"):
            Method(unknown)
    with pytest.raises(ValueError, match="not a valid Weekday"):
        codes.Weekday("email")


def test_levels_of_care_say_their_scheme() -> None:
    schemes = {level.scheme for level in care_codes.LevelOfCare}
    assert schemes == {"asam4", "asam3", "locus", "mh", "narr", "setting"}
    stillwater = care_codes.LevelOfCare("asam4:3.5")
    assert stillwater.label == "Residential 3.5"
    assert stillwater.detail == "Clinically Managed High-Intensity Residential"
    # The fourth edition has neither 0.5 nor 3.3 nor levels of withdrawal management of their own.
    fourth = {level.value for level in care_codes.LevelOfCare if level.scheme == "asam4"}
    assert not {"asam4:0.5", "asam4:3.3"} & fourth
    assert not any("wm" in level for level in fourth)


def test_topics_are_the_closed_list() -> None:
    assert " ".join(Topic) == (
        "attendance progress diagnosis treatment medication safety substance_use health testing "
        "housing education_work legal financial family trauma hiv_sti reproductive genetic "
        "therapy_content sud_counseling_notes other_person private"
    )
    assert frozenset({Topic.OTHER_PERSON, Topic.PRIVATE}) == NEVER_SHARED
    assert frozenset({Topic.THERAPY_CONTENT, Topic.SUD_COUNSELING_NOTES}) == OWN_FORM
    assert set(CONSENT_TOPICS) == set(Topic) - NEVER_SHARED - OWN_FORM
    assert Topic.ATTENDANCE.label == "Attendance and plans"
    assert all(topic.detail for topic in Topic)
    assert Topic.FINANCIAL.in_words == "insurance and money"
    assert Topic.HIV_STI.in_words == "HIV and STIs"


TIES = frozenset(Relationship) - TREATING - {Relationship.OTHER}


@pytest.mark.parametrize("treating", [*TREATING])
def test_who_treats_is_a_party(treating: Relationship) -> None:
    assert tpo_party([treating], [])
    assert tpo_party([treating, Relationship.OTHER], [CaseRole.EMERGENCY_CONTACT])


def test_a_payer_without_another_tie_is_a_party() -> None:
    assert tpo_party([Relationship.OTHER], [CaseRole.PAYER])
    assert not tpo_party([Relationship.OTHER], [])
    assert not tpo_party([], [CaseRole.PAYER])
    assert not tpo_party([], [])


def test_nobody_by_kinship_or_friendship_ever_is_one() -> None:
    assert KINSHIP <= TIES
    for tie, treating in product(TIES, [None, *TREATING]):
        assert not tpo_party([tie, *([treating] if treating else [])], list(CaseRole))
