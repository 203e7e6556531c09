import pytest

from cmdesk.rules.language_guess import looks, remark

ENGLISH = (
    "Maya finished her prevention plan and read it to her group.",
    "Tuesday and Wednesday nights were hard.",
    "She called Señora Núñez de la Cruz on Friday, and they talked about the ride home.",
)
SPANISH = (
    "Maya terminó su plan y lo leyó en voz alta a su grupo.",
    "Las noches del martes y del miércoles fueron difíciles.",
    "El viernes habló con Stillwater Ridge sobre la terapia de grupo.",
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, "en") for text in ENGLISH),
        *((text, "es") for text in SPANISH),
        ("", ""),
        ("Stillwater Ridge, 5:00 PM", ""),
        ("María de los Ángeles", ""),
        (f"{ENGLISH[0]} {SPANISH[0]}", ""),
    ],
)
def test_small_words_tell(text: str, language: str) -> None:
    assert looks(text) == language


def test_only_the_other_language_is_remarked_upon() -> None:
    assert remark(ENGLISH[0], "es") == "This paragraph is in English"
    assert remark(SPANISH[0], "en") == "This paragraph is in Spanish"
    assert {remark(ENGLISH[0], "en"), remark(SPANISH[0], "es"), remark("Diane", "es")} == {""}
