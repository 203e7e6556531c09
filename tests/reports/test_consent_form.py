"""The printed consent form: every element the rules ask for stands on it, in plain words."""

import hashlib
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest
from tests.reports.structure import Structure

from cmdesk.reports.consent_form import POINTS, consent_form
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.consent_text import FORM, SPANISH_FORM, ConsentPaper, Share
from cmdesk.rules.letter import Paper

MAYA = ConsentPaper(
    kind=ConsentKind.PART2_SPECIFIC,
    client="Maya Brenner",
    called="Maya",
    born=date(2003, 7, 14),
    practice="Whitlock Care Coordination",
    address="12 Main Street\nBrooklyn, NY 11201",
    discloser="Ana Whitlock, Whitlock Care Coordination",
    recipients=("Diane Brenner, mother", "David Brenner, father"),
    way=Way.TO,
    shares=(
        Share("Progress", "Goals, mood, sleep, measures"),
        Share("Substance use", "Alcohol or drug use, tests, and treatment for it"),
        Share("Therapy content", ""),
    ),
    limits="anything about Rob",
    records="Only records from January 5, 2026 on.",
    purpose="Family support and planning",
    ends="It ends on June 30, 2026.",
    part2=True,
    language="",
    overlay="",
    made_at=datetime(2026, 3, 9, tzinfo=UTC),
)
BLANK = replace(MAYA, recipients=(), shares=(), limits="", records="", purpose="", ends="")

# Each element by the rule that asks for it, and the words it is on the form in.
ELEMENTS = {
    "164.508(c)(1)(i), 2.31(a)(3): what, specifically": (
        "Progress: goals, mood, sleep, measures Substance use: alcohol or drug use, tests, and "
        "treatment for it Therapy content Only records from January 5, 2026 on. But not: anything "
        "about Rob"
    ),
    "2.31(a)(1): the name of the patient": "Whose information Maya Brenner, born July 14, 2003",
    "164.508(c)(1)(ii), 2.31(a)(2): who discloses": (
        "Who may share it Ana Whitlock, Whitlock Care Coordination"
    ),
    "164.508(c)(1)(iii), 2.31(a)(4): who receives": (
        "Who may get it Diane Brenner, mother David Brenner, father"
    ),
    "164.508(c)(1)(iv), 2.31(a)(5): each purpose": "Why Family support and planning",
    "164.508(c)(1)(v), 2.31(a)(7): date or event": "How long it lasts It ends on June 30, 2026.",
    "164.508(c)(1)(vi), 2.31(a)(8)-(9): signature, date": "Signature of Maya Brenner Date signed",
    "164.508(c)(1)(vi): a representative's authority": (
        "If someone signs for Maya Name, and by what right: parent, guardian, or agent. "
        "Name By what right Signature Date signed"
    ),
    "164.508(c)(2)(i), 2.31(a)(6): revoking, how, and what stays": (
        "You can end this consent at any time. Write to Whitlock Care Coordination, 12 Main "
        "Street, Brooklyn, NY 11201, or tell us. We stop as soon as we hear from you. What was "
        "shared before that can\u2019t be taken back."
    ),
    "164.508(c)(2)(ii): nothing depends on it": (
        "You do not have to sign. If you say no, this is not shared. Your care, what you pay, and "
        "your right to join a health plan or get its benefits do not depend on your signature."
    ),
    "164.508(c)(2)(iii): redisclosure": (
        "The people who get this may pass it on. Then the federal privacy rules may no longer "
        "protect it."
    ),
    "2.32, 2.33: what protects Part 2 records further on": (
        "42 CFR Part 2, a federal law. Those who get them may not pass them on unless you agree"
    ),
    "164.508(c)(4): a copy": "You get a copy of this form when it is signed.",
    "Cal. Civ. Code 56.11(b): a signature for nothing else": (
        "I sign here for this consent and for nothing else."
    ),
    "witness and interpreter": "Witness Date signed Interpreter and language Date signed",
}


@pytest.fixture(scope="module")
def words() -> str:
    return Structure(consent_form(MAYA).data).words


@pytest.mark.parametrize("rule", ELEMENTS)
def test_every_element_stands_on_the_form(rule: str, words: str) -> None:
    assert ELEMENTS[rule] in words


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("made", [MAYA, BLANK])
def test_tagged_and_large_on_both_papers(paper: Paper, made: ConsentPaper) -> None:
    sheet = consent_form(replace(made, paper=paper))
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert sheet.pages == 2
    wide = float(list(structure.pdf.pages[0].mediabox)[2])
    assert wide == pytest.approx(612 if paper == Paper.LETTER else 595.28)


def sizes(data: bytes) -> list[float]:
    """Return the size of every piece of text that belongs to the structure, in points."""
    found: list[float] = []
    for page in pikepdf.open(BytesIO(data)).pages:
        inside = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and str(operands[0]) != "/Artifact":
                inside += 1
            elif str(operator) == "EMC":
                inside = max(0, inside - 1)
            elif str(operator) == "Tf" and inside:
                found.append(float(operands[1]))
    return found


def test_nothing_that_is_agreed_to_is_set_smaller_than_14_points() -> None:
    found = sizes(consent_form(MAYA).data)
    assert len(found) > 20
    assert min(found) == POINTS == 14


def test_what_is_not_filled_in_is_a_line_to_write_on() -> None:
    said = Structure(consent_form(BLANK).data).words
    assert "Who may get it What may be shared Why How long it lasts It ends on: Your rights" in said


@pytest.mark.parametrize(
    ("kind", "title", "sentence"),
    [
        (
            ConsentKind.PART2_TPO,
            "Consent to share information",
            "They may not be used in a civil, criminal, administrative, or legislative case",
        ),
        (ConsentKind.PART2_TPO, "Consent to share information", "you may have to pay for it"),
        (ConsentKind.PSYCHOTHERAPY_NOTES, "Consent to share therapy notes", "notes of a therapist"),
        (
            ConsentKind.SUD_COUNSELING_NOTES,
            "Consent to share counseling notes",
            "notes of a substance use counselor only. No other consent can be joined with it.",
        ),
        (
            ConsentKind.LEGAL_PROCEEDING,
            "Consent to share in a legal case",
            "This form is for a legal case only. No other consent can be joined with it.",
        ),
    ],
)
def test_a_form_of_its_own_says_so(kind: ConsentKind, title: str, sentence: str) -> None:
    made = replace(MAYA, kind=kind, language="Spanish", overlay="It lasts one year at most.")
    said = Structure(consent_form(made).data).words
    assert said.startswith(title)
    assert sentence in said
    assert "It lasts one year at most." in said
    assert "Interpreter (Spanish)" in said


def test_without_substance_use_nothing_is_said_of_part_2() -> None:
    plain = replace(MAYA, kind=ConsentKind.HIPAA, part2=False, address="", born=None)
    said = Structure(consent_form(plain).data).words
    assert "42 CFR" not in said
    assert "Write to Whitlock Care Coordination, or tell us." in said
    assert "born" not in said


@pytest.mark.parametrize(
    ("way", "shares", "told"),
    [
        (Way.FROM, ("Diane Brenner, mother", "David Brenner, father"), (MAYA.practice,)),
        (
            Way.BOTH,
            (MAYA.discloser, *MAYA.recipients),
            (*MAYA.recipients, MAYA.practice),
        ),
    ],
)
def test_which_way_it_goes(way: Way, shares: tuple[str, ...], told: tuple[str, ...]) -> None:
    made = replace(MAYA, way=way)
    assert (made.sharing, made.told) == (shares, told)


def test_what_is_agreed_by_word_has_no_form() -> None:
    with pytest.raises(ValueError, match="has no form"):
        consent_form(replace(MAYA, kind=ConsentKind.ORAL))


def test_no_name_in_the_metadata() -> None:
    structure = Structure(consent_form(MAYA).data)
    said = " ".join(map(str, structure.pdf.docinfo.values()))
    assert "Maya" not in said
    assert "Diane" not in said


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade, counting groups of vowels as syllables."""
    sentences = max(1, len(re.findall(r"[.:]+(?:\s|$)", text)))
    found = re.findall(r"[A-Za-z\u2019]+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", word.lower().removesuffix("e")))) for word in found
    )
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59


def test_the_words_are_for_grade_8_or_under() -> None:
    whole = " ".join((FORM.begin, *MAYA.rights, FORM.sign))
    assert grade(whole) <= 8
    hard = "Notwithstanding the aforementioned authorization, redisclosure remains permissible."
    assert grade(hard) > 8


def test_the_wording_is_known_by_its_id_and_day() -> None:
    """A change of one word asks for a new id: signed forms say which wording they carry."""
    known = {
        ("consent-2026-1", date(2026, 11, 22)): "f41a6207687c3212",
        ("consent-2026-1-es", date(2026, 11, 23)): "782cc80f8c15e656",
    }
    for form in (FORM, SPANISH_FORM):
        spelled = "\n".join(getattr(form, each.name) for each in fields(form)[2:])
        assert known[form.id, form.dated] == hashlib.sha256(spelled.encode()).hexdigest()[:16]


SPANISH = replace(MAYA, written_in="es")
# The same elements, by the same rules, on the form in Spanish.
IN_SPANISH = (
    "De quién es la información Maya Brenner, fecha de nacimiento: 14 de julio de 2003",
    "Quién puede compartirla Ana Whitlock, Whitlock Care Coordination",
    "Quién puede recibirla Diane Brenner, mother David Brenner, father",
    "Pero no: anything about Rob",
    "Para qué Family support and planning",
    "Cuánto dura It ends on June 30, 2026.",
    "Firma de Maya Brenner Fecha de la firma",
    (
        "Nombre, y con qué derecho: madre o padre, tutela, o representación. "
        "Nombre Con qué derecho Firma Fecha de la firma"
    ),
    (
        "Usted puede terminar este consentimiento en cualquier momento. Escriba a Whitlock Care "
        "Coordination, 12 Main Street, Brooklyn, NY 11201, o díganoslo."
    ),
    (
        "Su atención, lo que usted paga y su derecho a entrar en un plan de salud o a recibir sus "
        "beneficios no dependen de su firma."
    ),
    "Entonces es posible que las normas federales de privacidad ya no lo protejan.",
    "a menos que usted lo acepte por escrito o que esa ley lo permita.",
    "Usted recibe una copia de este formulario cuando lo firma.",
    "Firmo aquí por este consentimiento y por nada más.",
    "Testigo Fecha de la firma Intérprete e idioma Fecha de la firma",
)


def test_every_element_stands_on_the_form_in_spanish() -> None:
    structure = Structure(consent_form(SPANISH).data)
    assert structure.problems == []
    assert str(structure.pdf.Root.Lang) == "es-US"
    for words in IN_SPANISH:
        assert words in structure.words
    assert min(sizes(consent_form(SPANISH).data)) == POINTS


def test_each_kind_of_form_has_its_statements_in_both_languages() -> None:
    for kind in set(ConsentKind) - {ConsentKind.ORAL}:
        english, spanish = (replace(MAYA, kind=kind, written_in=each) for each in ("en", "es"))
        assert len(english.rights) == len(spanish.rights)
        assert english.title != spanish.title
        assert not any("{" in words for words in spanish.rights)


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouyáéíóúü]+", word)))


def test_the_spanish_words_are_as_plain() -> None:
    """Huerta’s readability (1959): 70 and more is what seven years of school read."""
    whole = " ".join((SPANISH_FORM.begin, *SPANISH.rights, SPANISH_FORM.sign)).casefold()
    words = re.findall(r"[^\W\d_]+", whole)
    sentences = len(re.findall(r"[.:]+(?:\s|$)", whole))
    score = 206.84 - 60 * sum(map(syllables, words)) / len(words) - 1.02 * len(words) / sentences
    assert score >= 70
