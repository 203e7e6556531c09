"""The printed form says what the dialog holds: names with their ties, days, and when it ends."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmdesk.casework import consent_paper, consents
from cmdesk.casework.consents import ConsentDraft
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.consent_text import ConsentPaper
from cmdesk.rules.letter import Paper
from cmdesk.store.store import Store
from tests.records import Maya


def paper(store: Store, maya: Maya, **changes: Any) -> ConsentPaper:
    kept = store.ask(consents.draft, maya.consent)
    return store.ask(consent_paper.paper, replace(kept, **changes))


def test_names_ties_and_words(store: Store, maya: Maya) -> None:
    made = paper(store, maya, recipients=(maya.diane.key, maya.tess.key, f"o{maya.still}"))
    assert (made.client, made.called, made.born) == ("Maya Brenner", "Maya", date(2003, 7, 14))
    assert made.recipients == (
        "Diane Brenner, mother",
        "Tess Holloway, therapist",
        "Stillwater Ridge",
    )
    assert made.discloser.endswith(made.practice)
    assert made.paper == Paper.LETTER
    assert made.part2
    shares = {share.name: share.detail for share in made.shares}
    assert shares["Attendance and plans"] == "Where I am, dates, travel"
    assert shares["Substance use"] == "Alcohol or drug use, tests, and treatment for it"
    own = paper(store, maya, kind="psychotherapy_notes", topics=("therapy_content", "hiv_sti"))
    assert [share.detail for share in own.shares] == ["Tests and treatment", ""]
    assert not own.part2


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({}, "It ends on June 30, 2026."),
        (
            {"expires_episode_id": 1},
            "It ends on June 30, 2026, or when Maya leaves Stillwater Ridge, if that is sooner.",
        ),
        (
            {"expires_on": None, "expires_with_engagement": True},
            "It ends when our work with Maya ends.",
        ),
        ({"expires_on": None}, ""),
        ({"expires_on": None, "expires_episode_id": 99}, ""),
        (
            {"expires_on": None, "kind": ConsentKind.PART2_TPO.value},
            "It ends when my care ends.",
        ),
    ],
)
def test_when_it_ends(store: Store, maya: Maya, changes: dict[str, Any], ends: str) -> None:
    assert paper(store, maya, **changes).ends == ends


def test_days_of_the_records_and_who_shares(store: Store, maya: Maya) -> None:
    first, last = date(2026, 1, 5), date(2026, 6, 30)
    spans = [
        paper(store, maya, records_from=begin, records_until=end).records
        for begin, end in ((first, last), (first, None), (None, last), (None, None))
    ]
    assert spans == [
        "Only records from January 5, 2026 to June 30, 2026.",
        "Only records from January 5, 2026 on.",
        "Only records up to June 30, 2026.",
        "",
    ]
    other = paper(store, maya, discloser="Stillwater Ridge", direction="from")
    assert (other.discloser, other.way) == ("Stillwater Ridge", Way.FROM)


def test_before_there_is_a_practice_the_form_prints_all_the_same(store: Store) -> None:
    from cmdesk.casework import clients  # noqa: PLC0415
    from cmdesk.casework.clients import ClientDraft  # noqa: PLC0415

    number = store.do("Add", clients.add, ClientDraft("Ana", "Ortiz"))
    made = store.ask(consent_paper.paper, ConsentDraft(number))
    assert (made.practice, made.address, made.discloser) == ("", "", "")
    assert made.rights[0].startswith("You can end this consent at any time. Write to us, or")


def test_in_the_language_of_the_consent_or_else_of_the_client(store: Store, maya: Maya) -> None:
    made = paper(store, maya, recipients=(maya.diane.key,), language="Spanish")
    assert (made.written_in, made.language) == ("es", "")
    assert made.title == "Consentimiento para compartir información"
    assert made.form.text.id == "consent-2026-1-es"
    assert made.recipients == ("Diane Brenner, madre",)
    assert made.ends == "Termina el 30 de junio de 2026."
    assert ("Asistencia y planes", "Dónde estoy, fechas, viajes") in {
        (share.name, share.detail) for share in made.shares
    }
    leaving = paper(store, maya, expires_episode_id=1, language="es")
    assert leaving.ends == (
        "Termina el 30 de junio de 2026, o cuando Maya salga de Stillwater Ridge, si eso ocurre "
        "antes."
    )
    dated = paper(store, maya, language="es", records_from=date(2026, 1, 5))
    assert dated.records == "Solo registros desde el 5 de enero de 2026."
    english = paper(store, maya, language="Polish")
    assert (english.written_in, english.language) == ("en", "Polish")
