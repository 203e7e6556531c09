"""The notices that go with every disclosure of Part 2 records: text as data, with id and date.

42 CFR 2.32 as amended by 89 FR 12472 (published 2024-02-16, in force 2024-04-16, compliance date
2026-02-16). 2.32(b) asks besides for the consent or a clear explanation of its scope: `scope.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Notice:
    """A legal text printed as it stands. A line end starts a new paragraph.

    `meanings` explain it in other languages; they stand after the text and never in its place.
    """

    id: str
    authority: str
    version: str
    dated: date  # the day the wording came into force
    text: str
    meanings: Mapping[str, str] = field(default_factory=dict[str, str])

    def meaning(self, language: str) -> str:
        """Return what it says, for a reader of `language`; nothing in English."""
        return self.meanings.get(language, "")


VERSION: Final = "2024"
IN_FORCE: Final = date(2024, 4, 16)

SHORT: Final = Notice(
    id="42cfr2.32-a2-2024",
    authority="42 CFR 2.32(a)(2)",
    version=VERSION,
    dated=IN_FORCE,
    text="42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    meanings=MappingProxyType(
        {
            "es": (
                "Explicación en español (lo que vale es el texto en inglés): la ley federal, 42 "
                "CFR, parte 2, prohíbe usar o divulgar estos registros sin autorización."
            )
        }
    ),
)
LONG: Final = Notice(
    id="42cfr2.32-a1-2024",
    authority="42 CFR 2.32(a)(1)",
    version=VERSION,
    dated=IN_FORCE,
    text=(
        "This record which has been disclosed to you is protected by Federal confidentiality rules "
        "(42 CFR part 2). These rules prohibit you from using or disclosing this record, or "
        "testimony that describes the information contained in this record, in any civil, "
        "criminal, administrative, or legislative proceedings by any Federal, State, or local "
        "authority, against the patient, unless authorized by the consent of the patient, except "
        "as provided at 42 CFR 2.12(c)(5) or as authorized by a court in accordance with 42 CFR "
        "2.64 or 2.65. In addition, the Federal rules prohibit you from making any other use or "
        "disclosure of this record unless at least one of the following applies:\n"
        "(i) Further use or disclosure is expressly permitted by the written consent of the "
        "individual whose information is being disclosed in this record or as otherwise permitted "
        "by 42 CFR part 2.\n"
        "(ii) You are a covered entity or business associate and have received the record for "
        "treatment, payment, or health care operations, or\n"
        "(iii) You have received the record from a covered entity or business associate as "
        "permitted by 45 CFR part 164, subparts A and E.\n"
        "A general authorization for the release of medical or other information is NOT sufficient "
        "to meet the required elements of written consent to further use or redisclose the record "
        "(see 42 CFR 2.31)."
    ),
    meanings=MappingProxyType(
        {
            "es": (
                "Explicación en español (lo que vale es el texto en inglés): este registro está "
                "protegido por normas federales de confidencialidad (42 CFR, parte 2). Esas normas "
                "le prohíben usar o divulgar este registro, o dar testimonio sobre su contenido, "
                "en contra de la persona atendida, en cualquier proceso civil, penal, "
                "administrativo o legislativo ante una autoridad federal, estatal o local, salvo "
                "que lo autorice el consentimiento de esa persona, salvo lo previsto en 42 CFR "
                "2.12(c)(5), o salvo que lo autorice un tribunal conforme a 42 CFR 2.64 o 2.65. "
                "También le prohíben cualquier otro uso o divulgación de este registro, a menos "
                "que se cumpla al menos una de estas condiciones:\n"
                "(i) El consentimiento por escrito de la persona cuya información se divulga en "
                "este registro lo permite expresamente, o 42 CFR, parte 2, lo permite de otra "
                "manera.\n"
                "(ii) Usted es una entidad cubierta o un socio comercial y recibió el registro "
                "para tratamiento, pago u operaciones de atención de la salud, o\n"
                "(iii) Usted recibió el registro de una entidad cubierta o de un socio comercial, "
                "como lo permite 45 CFR, parte 164, subpartes A y E.\n"
                "Una autorización general para divulgar información médica o de otro tipo NO "
                "cumple los requisitos del consentimiento por escrito para volver a usar o "
                "divulgar el registro (vea 42 CFR 2.31)."
            )
        }
    ),
)
NOTICES: Final = {notice.id: notice for notice in (SHORT, LONG)}


def notice_for(*, provider_or_payer: bool) -> Notice:
    """Choose the long form for papers to providers and payers, the short one for persons.

    Of the long form's permissions only the written consent can ever apply to a relative, so a
    letter to a person prints the short form beside the scope of the consent.
    """
    return LONG if provider_or_payer else SHORT
