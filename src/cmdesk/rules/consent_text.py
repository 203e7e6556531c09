"""The printed consent form: its sentences as data, with id and date, and what is filled in.

One form serves 45 CFR 164.508(c)(1)-(4) and 42 CFR 2.31(a) as amended by 89 FR 12472. It is written
for grade 8 or under (164.508(c)(3) asks for plain language) and says nothing it does not need.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.letter import Paper


@dataclass(frozen=True, slots=True)
class FormText:
    """The form's own sentences. `{...}` is filled in; a line end starts a new paragraph."""

    id: str
    dated: date  # the day the wording was settled
    begin: str
    revoke: str
    refuse: str
    refuse_tpo: str
    passed_on: str
    part2: str
    part2_tpo: str
    notes: str
    proceeding: str
    copy: str
    sign: str


# 45 CFR 164.508(c)(2)(i)-(iii), (c)(4); 42 CFR 2.31(a)(4)(iii), (a)(6), (a)(10), (b), (d).
FORM: Final = FormText(
    id="consent-2026-1",
    dated=date(2026, 11, 22),
    begin=(
        "With this form you choose what may be shared about you, with whom, why, and for how long. "
        "Ask about anything that is not clear. Sign only if you agree."
    ),
    revoke=(
        "You can end this consent at any time. Write to {practice}{address}, or tell us. We stop "
        "as soon as we hear from you. What was shared before that can\u2019t be taken back."
    ),
    refuse=(
        "You do not have to sign. If you say no, this is not shared. Your care, what you pay, and "
        "your right to join a health plan or get its benefits do not depend on your signature."
    ),
    refuse_tpo=(
        "You do not have to sign, and we do not refuse you care if you say no. Then this is not "
        "shared, a health plan may not pay for the care, and you may have to pay for it yourself."
    ),
    passed_on=(
        "The people who get this may pass it on. Then the federal privacy rules may no longer "
        "protect it."
    ),
    part2=(
        "Records of treatment for alcohol or drug use have more protection: 42 CFR Part 2, a "
        "federal law. Those who get them may not pass them on unless you agree in writing or that "
        "law allows it. They may not be used against you in court or by the government unless you "
        "agree or a court orders it."
    ),
    part2_tpo=(
        "This consent is for treatment, payment, and running health care. A doctor, clinic or "
        "health plan that gets records of treatment for alcohol or drug use may pass them on as "
        "the federal health privacy rules (HIPAA) allow, and they may lose the protection of 42 "
        "CFR Part 2. They may not be used in a civil, criminal, administrative, or legislative "
        "case against you."
    ),
    notes="This form is for {notes} only. No other consent can be joined with it.",
    proceeding="This form is for a legal case only. No other consent can be joined with it.",
    copy="You get a copy of this form when it is signed.",
    sign=(
        "I have read this form, or it was read to me. I agree to what it says. I sign here for "
        "this consent and for nothing else."
    ),
)
# The same statements in plain Spanish. The English form is the one they were settled in.
SPANISH_FORM: Final = FormText(
    id="consent-2026-1-es",
    dated=date(2026, 11, 23),
    begin=(
        "Con este formulario usted decide qué se puede compartir sobre usted, con quién, para qué "
        "y por cuánto tiempo. Pregunte lo que no esté claro. Firme solo si está de acuerdo."
    ),
    revoke=(
        "Usted puede terminar este consentimiento en cualquier momento. Escriba a "
        "{practice}{address}, o díganoslo. Dejamos de compartir en cuanto lo sabemos. Lo que se "
        "compartió antes no se puede retirar."
    ),
    refuse=(
        "Usted no tiene que firmar. Si dice que no, esto no se comparte. Su atención, lo que usted "
        "paga y su derecho a entrar en un plan de salud o a recibir sus beneficios no dependen de "
        "su firma."
    ),
    refuse_tpo=(
        "Usted no tiene que firmar, y no le negamos la atención si dice que no. En ese caso esto "
        "no se comparte, es posible que un plan de salud no pague la atención y quizás usted "
        "tenga que pagarla."
    ),
    passed_on=(
        "Quienes reciban esto pueden pasarlo a otras personas. Entonces es posible que las normas "
        "federales de privacidad ya no lo protejan."
    ),
    part2=(
        "Los registros de tratamiento por consumo de alcohol o drogas tienen más protección: 42 "
        "CFR, parte 2, una ley federal. Quienes los reciben no pueden pasarlos a otras personas, a "
        "menos que usted lo acepte por escrito o que esa ley lo permita. No se pueden usar en su "
        "contra en un tribunal, ni puede usarlos así el gobierno, a menos que usted lo acepte o "
        "que un tribunal lo ordene."
    ),
    part2_tpo=(
        "Este consentimiento es para tratamiento, pago y administración de la atención de la "
        "salud. Un consultorio, una clínica o un plan de salud que recibe registros de tratamiento "
        "por consumo de alcohol o drogas puede pasarlos como lo permiten las normas federales de "
        "privacidad de la salud (HIPAA), y los registros pueden perder la protección de 42 CFR, "
        "parte 2. No se pueden usar contra usted en un caso civil, penal, administrativo o "
        "legislativo."
    ),
    notes=(
        "Este formulario es solo para {notes}. Ningún otro consentimiento se puede unir a este."
    ),
    proceeding=(
        "Este formulario es solo para un caso legal. Ningún otro consentimiento se puede unir a "
        "este."
    ),
    copy="Usted recibe una copia de este formulario cuando lo firma.",
    sign=(
        "He leído este formulario, o me lo han leído. Estoy de acuerdo con lo que dice. Firmo aquí "
        "por este consentimiento y por nada más."
    ),
)


@dataclass(frozen=True, slots=True)
class Form:
    """The form in one language: its sentences, its title by kind, and what notes are called."""

    text: FormText
    title: str
    titles: Mapping[ConsentKind, str]
    notes: Mapping[ConsentKind, str]
    us: str  # where the practice has no name


ENGLISH: Final = "en"
FORMS: Final = MappingProxyType(
    {
        ENGLISH: Form(
            FORM,
            "Consent to share information",
            {
                ConsentKind.PSYCHOTHERAPY_NOTES: "Consent to share therapy notes",
                ConsentKind.SUD_COUNSELING_NOTES: "Consent to share counseling notes",
                ConsentKind.LEGAL_PROCEEDING: "Consent to share in a legal case",
            },
            {
                ConsentKind.PSYCHOTHERAPY_NOTES: "the private notes of a therapist",
                ConsentKind.SUD_COUNSELING_NOTES: (
                    "the private notes of a substance use counselor"
                ),
            },
            "us",
        ),
        "es": Form(
            SPANISH_FORM,
            "Consentimiento para compartir información",
            {
                ConsentKind.PSYCHOTHERAPY_NOTES: "Consentimiento para compartir notas de terapia",
                ConsentKind.SUD_COUNSELING_NOTES: (
                    "Consentimiento para compartir notas de consejería"
                ),
                ConsentKind.LEGAL_PROCEEDING: "Consentimiento para compartir en un caso legal",
            },
            {
                ConsentKind.PSYCHOTHERAPY_NOTES: "las notas privadas de terapia",
                ConsentKind.SUD_COUNSELING_NOTES: (
                    "las notas privadas de consejería por consumo de sustancias"
                ),
            },
            "nosotros",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Share:
    """One thing that may be shared, and what it holds."""

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class ConsentPaper:
    """What stands on one form. Whatever is empty is printed as a line to write on."""

    kind: ConsentKind
    client: str
    called: str
    born: date | None
    practice: str
    address: str
    discloser: str
    recipients: tuple[str, ...]
    way: Way
    shares: tuple[Share, ...]
    limits: str
    records: str
    purpose: str
    ends: str
    part2: bool
    language: str
    overlay: str
    made_at: datetime  # UTC
    paper: Paper = Paper.LETTER
    written_in: str = ENGLISH  # the language of the form; `language` is an interpreter's

    @property
    def form(self) -> Form:
        return FORMS[self.written_in]

    @property
    def title(self) -> str:
        return self.form.titles.get(self.kind, self.form.title)

    @property
    def sharing(self) -> tuple[str, ...]:
        """Who shares: we, those named, or both."""
        ours = (self.discloser,) if self.way != Way.FROM else ()
        return (*ours, *self.recipients) if self.way != Way.TO else ours

    @property
    def told(self) -> tuple[str, ...]:
        """Who gets it; those named, unless they only tell us."""
        ours = (self.practice,) if self.way != Way.TO and self.recipients else ()
        return (*self.recipients, *ours) if self.way != Way.FROM else ours

    @property
    def rights(self) -> tuple[str, ...]:
        """The statements of this kind of form, each a paragraph, in the order of the rules."""
        own, text = self.form.notes.get(self.kind, ""), self.form.text
        told = [
            text.notes.format(notes=own) if own else "",
            text.proceeding if self.kind == ConsentKind.LEGAL_PROCEEDING else "",
            text.revoke.format(practice=self.practice or self.form.us, address=self._at),
            text.refuse_tpo if self.kind == ConsentKind.PART2_TPO else text.refuse,
            text.passed_on,
            text.part2 if self.part2 and self.kind != ConsentKind.PART2_TPO else "",
            text.part2_tpo if self.kind == ConsentKind.PART2_TPO else "",
            text.copy,
            self.overlay,
        ]
        return tuple(words for words in told if words)

    @property
    def _at(self) -> str:
        return f", {', '.join(self.address.split(chr(10)))}" if self.address else ""
