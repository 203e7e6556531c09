"""Names are printed as their owners write them, and read as they were typed."""

# ruff: noqa: RUF001 - letters of other scripts look alike

from unicodedata import normalize

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from tests.reports.letters import brief, pictured, said
from tests.reports.structure import Structure
from tests.reports.test_text import check, squeeze

from cmdesk.reports.family_update import _typeset
from cmdesk.reports.text import STAND_IN
from cmdesk.rules.letter import Call, Letter, Paper, Step

NAMES = (
    "Żaneta Łęcka-Wójcik",
    "Nguyễn Thị Hương",
    "Αλέξανδρος Παπαδόπουλος",
    "Юлія Ґудзь",
    "דוד בן־לוי",
    "שָׁלוֹם עֲלֵיכֶם",
    "فاطمة الزهراء",
    "مُحَمَّد علي لا شك",
    "پریا گچ\u200cکار",
    "Արամ Պետրոսյան",
    "გიორგი",
    "አበበ",
    "हिन्दी शर्मा",
    "কৃষ্ণ",
    "ਸਿੰਘ",
    "ગુજરાતી",
    "கோபால்",
    "తెలుగు",
    "สมชาย ใจดี",
    "ກຳແພງ",
    "សុខា",
    "မြန်မာ",
    "王小明",
    "あかり タロウ",
    "김민수",
    "good \U0001f600 day \U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd ✓",
)
HEBREW = "זה מכתב בעברית עם milk ו-12 ביצים (בערך 100%). הוא ארוך מספיק כדי לעבור לשורה הבאה."
ARABIC = "هذه رسالة باللغة العربية، وفيها كلمة English والرقم ١٢٣ و 456. شكراً جزيلاً لكم على كل شيء."


def mixed(**changes: object) -> Letter:
    """The design's letter among people of several scripts."""
    whole = pictured()
    return said(
        whole,
        recipient="דוד לוי",
        about="فاطمة",
        about_initial="فاطمة ب.",
        headline="A steady week for فاطمة الزهراء and דוד",
        opening=(f"{NAMES[4]}, this is for you (and {NAMES[6]} 123).", HEBREW, ARABIC),
        happened=("; ".join(NAMES),),
        steps=(Step("Wed", f"שיחה עם {'ד' * 45}", "דוד לוי, Maya"), *whole.steps[1:]),
        calls=(Call("ד״ר שרה כהן, every day", "(718) 555-0142"), *whole.calls[1:]),
        **changes,
    )


@pytest.fixture(scope="module", params=Paper)
def read(request: pytest.FixtureRequest) -> str:
    sheet, structure = check(mixed(paper=request.param))
    assert sheet.missing == frozenset()
    return normalize("NFC", structure.words)


def test_every_script_is_read_as_typed_and_in_order(read: str) -> None:
    for each in (HEBREW, ARABIC, "; ".join(NAMES)):
        assert normalize("NFC", each) in read
    assert "For דוד לוי About فاطمة Week" in read
    assert "A steady week for فاطمة الزهراء and דוד Dear Diane" in read
    assert "שיחה עם" in read
    assert squeeze(f"{'ד' * 45} דוד לוי, Maya") in squeeze(read)  # broken in its narrow cell


def text_by_places(data: bytes) -> str:
    """What Qt's own reader of PDF finds; it goes by places, and knows nothing of tags."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(buffer)
    document.load(buffer)
    found = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    return normalize("NFC", found)


def test_a_reader_without_tags_finds_the_same_words() -> None:
    found = text_by_places(_typeset(brief(happened=("\n".join(NAMES),))).data)
    for name in NAMES[:-1]:
        for word in name.replace("-", " ").split():
            plain = word not in (NAMES[5].split()[0], NAMES[5].split()[1], NAMES[7].split()[0])
            if plain:  # points and vowels are strewn about by readers of this kind
                assert normalize("NFC", word) in found, ascii(word)


def test_a_line_that_runs_from_right_to_left_stands_at_the_right() -> None:
    from tests.reports.lines import lines  # noqa: PLC0415

    found = {line.text.strip(): line.x for line in lines(_typeset(brief(happened=("דוד",))).data)}
    assert found["דוד"] > 500
    found = {line.text.strip(): line.x for line in lines(_typeset(brief(recipient="דוד")).data)}
    assert found["דוד"] == pytest.approx(60)


def test_a_link_among_words_of_both_directions_lies_on_the_page() -> None:
    structure = Structure(_typeset(brief(danger="אם דוד בסכנה, התקשרו 911 מיד, ואז אליי.")).data)
    assert structure.problems == []
    assert ("911", "tel:911") in structure.links


def test_what_no_face_has_is_still_seen_to_be_missing() -> None:
    sheet, structure = check(brief(happened=("a \U00012000 b",)))
    assert f"a {STAND_IN} b" in structure.words
    assert sheet.missing == {"\U00012000"}


def test_same_bytes_whatever_was_set_before() -> None:
    before = _typeset(mixed()).data
    _typeset(brief(happened=tuple(reversed(NAMES))))
    assert _typeset(mixed()).data == before


def test_joiners_and_variants_without_anything_to_join_print_nothing() -> None:
    _, structure = check(brief(happened=("a\u200db \ufe0fc \u200c", "\u05d0\u200d(\u0301b\ufe0f")))
    assert "ab c \u05d0" in structure.words
