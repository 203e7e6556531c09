"""Dates, spans, lists and the sentences about a consent, in the language of a letter."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.letter_words import language_of, standing
from cmdesk.rules import periods
from cmdesk.rules.codes import Signer
from cmdesk.rules.people import pronouns
from cmdesk.rules.scope import scope
from cmdesk.rules.validity import Event
from tests.rules.making import GOOD

ENGLISH, SPANISH = standing("en-US"), standing("es-US")
SECOND, EIGHTH = date(2026, 3, 2), date(2026, 3, 8)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (SECOND, EIGHTH, "2 al 8 de marzo de 2026"),
        (SECOND, SECOND, "2 de marzo de 2026"),
        (date(2026, 2, 23), date(2026, 3, 1), "23 de febrero al 1 de marzo de 2026"),
        (
            date(2025, 12, 29),
            date(2026, 1, 4),
            "29 de diciembre de 2025 al 4 de enero de 2026",
        ),
    ],
)
def test_spans(first: date, last: date, words: str) -> None:
    assert SPANISH.span(first, last) == words
    assert ENGLISH.span(first, last) == periods.span(first, last)


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (date(2026, 3, 11), "Wed, March 11", "mié., 11 de marzo"),
        (date(2026, 9, 26), "Sat, Sep 26", "sáb., 26 de sept."),
        (date(2026, 11, 1), "Sun, Nov 1", "dom., 1 de nov."),
    ],
)
def test_near_days_fit_a_narrow_column(day: date, english: str, spanish: str) -> None:
    assert ENGLISH.weekday_date(day) == english
    assert SPANISH.weekday_date(day) == spanish


@pytest.mark.parametrize(
    ("items", "spanish"),
    [
        (("progreso",), "progreso"),
        (("progreso", "planes", "seguridad"), "progreso, planes y seguridad"),
        (("planes", "información"), "planes e información"),
        (("agujas", "hilo"), "agujas e hilo"),
        (("agua", "hielo"), "agua y hielo"),
    ],
)
def test_lists(items: tuple[str, ...], spanish: str) -> None:
    assert SPANISH.listed(items) == spanish


def test_or_before_its_own_sound() -> None:
    assert SPANISH.listed(("siete", "ocho"), either=True) == "siete u ocho"
    assert ENGLISH.listed(("one", "two"), either=True) == "one or two"
    assert ENGLISH.listed(("one", "two", "three")) == "one, two, and three"


@pytest.mark.parametrize(
    ("recorded", "language"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("Español ", "es"),
        ("Spanish", "es"),
        ("", "en"),
        ("pl", "en"),
    ],
)
def test_the_language_of_a_reader(recorded: str, language: str) -> None:
    assert language_of(recorded) == language


@pytest.mark.parametrize("recorded", ["she/her", "he/him", "they/them", ""])
def test_what_a_consent_covers_takes_no_pronoun_in_spanish(recorded: str) -> None:
    assert scope(GOOD, "Maya", pronouns(recorded, "Maya"), SPANISH) == (
        "Maya firmó un consentimiento el 28 de enero de 2026. Abarca: progreso, planes, seguridad, "
        "seguro médico y tratamiento por consumo de sustancias. Deja fuera: medicamentos, lo que "
        "Maya dice en terapia y lo que me cuentan otros familiares. Termina el 30 de junio de "
        "2026. Maya puede cambiarlo o terminarlo en cualquier momento."
    )


def test_whoever_signed_and_whatever_ends_it() -> None:
    event = replace(GOOD, signer=Signer.PARENT, expires_event=Event(None, engagement=True))
    said = scope(event, "Maya", pronouns("", "Maya"), SPANISH)
    assert said.startswith("La madre o el padre firmó un consentimiento por Maya el 28 de enero")
    assert "o cuando termine mi trabajo con Maya si eso ocurre antes." in said
    assert said.endswith("Se puede cambiar o terminar en cualquier momento.")
    care = replace(GOOD, expires_on=None, expires_event=Event(None))
    said = scope(care, "Maya", pronouns("", "Maya"), SPANISH)
    assert "Termina cuando termine esta parte de la atención de Maya." in said
