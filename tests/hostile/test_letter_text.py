"""S6: whatever people type, a letter prints it as words: no markup, no link, no file is read."""

import random
import sys
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
import reportlab
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

import cmdesk
from cmdesk.letter_words import standing
from cmdesk.reports.family_update import _typeset
from cmdesk.rules.letter import Letterhead
from tests.hostile.conftest import Amount
from tests.hostile.kept import SEED, tell
from tests.reports.letters import brief, pictured
from tests.reports.structure import Structure
from tests.reports.test_text import HOSTILE, check, fill, squeeze

AT_A_TIME: Final = 25  # strings in one letter: a letter costs more than its words
MARKUP: Final = (
    "<b>", "</b>", "<a href='http://x'>", "<img src='/etc/hostname'/>", "&amp;", "&#x41;",
    "</para>", "<br/>", "<font ", "file:///etc/passwd", "javascript:", "]]>", "<![CDATA[", "\x00",
    "\x1b[0m", "\u202e", "\u2066", "\ufeff", "\ud800", "\U0001f600", "\u05d0", "\u0627",
    "e\u0301", "\u200d", "\xad", "(", ")", "\\", "%s", "{}", "<seq", '"', "'",
)  # fmt: skip
OUR_PLACES: Final = tuple(
    str(Path(package.__file__ or "").parent) for package in (cmdesk, reportlab)
)

opened: list[str] = []
watching = [False]


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if watching[0] and event in {"open", "urllib.Request", "socket.connect", "subprocess.Popen"}:
        opened.append(f"{event} {arguments[0]}")


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def elsewhere() -> list[str]:
    """Watch what is opened outside of our own fonts and ReportLab's."""
    _typeset(brief())  # what is loaded once, at the first letter
    opened.clear()
    return opened


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Set a letter before files are watched: what it is set with is loaded by then."""
    _typeset(pictured())
    for language in ("en", "es"):  # days found in the words are said in full
        standing(language).full_day(date(2026, 3, 9))


def outside() -> list[str]:
    return [what for what in opened if not what.removeprefix("open ").startswith(OUR_PLACES)]


def made(texts: list[str]) -> Structure:
    """Set the words as a letter, with nothing opened meanwhile; no link, no picture, no fault."""
    letter = brief(
        happened=tuple(texts),
        headline=texts[0][:200],
        recipient=texts[-1][:80] or "x",
        letterhead=Letterhead(practice="Whitlock", practitioner="Nora"),
        calls=(),
        danger="",
    )  # nothing of our own that would be a link
    watching[0] = True
    try:
        sheet = _typeset(letter)
    finally:
        watching[0] = False
    assert b"/URI" not in sheet.data
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert structure.links == []
    assert not any("/XObject" in page.obj.Resources for page in structure.pdf.pages)
    assert outside() == []
    return structure


def strings(count: int) -> list[str]:
    """Make strings by chance: pieces of markup among characters from everywhere."""
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    ranges = (
        (0x20, 0x7E),
        (0xA0, 0x17F),
        (0, 0x2FF),
        (0x370, 0x7FF),
        (0x2000, 0x20FF),
        (0, 0x10FFFF),
    )

    def one() -> str:
        parts: list[str] = []
        for _ in range(chance.randrange(1, 12)):
            low, high = chance.choice(ranges)
            word = "".join(chr(chance.randint(low, high)) for _ in range(chance.randrange(30)))
            parts += [word, chance.choice(MARKUP)]
        return "".join(parts)

    return [one() for _ in range(count)]


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 9))
def test_known_strings(start: int) -> None:
    made(HOSTILE[start : start + 9])


def test_strings_by_chance(amount: Amount) -> None:
    count = amount(150, 5_000)
    texts = strings(count)
    for start in range(0, count, AT_A_TIME):
        made(texts[start : start + AT_A_TIME])
    tell(f"letter text: {count} strings, 0 exceptions, 0 links, 0 pictures, 0 files read")


def test_what_our_fonts_can_draw_is_read_as_typed() -> None:
    """By Qt's own reader of PDF, which shares no code with what wrote it."""
    words = [
        "Zoë Žižková & Søn <b>100 %</b>",
        "«Ça va» – “ĳ” Ñandú/“x” #1 (a) [b] {c}",
        "Łódź, Đặng",
    ]
    data = _typeset(brief(happened=tuple(words))).data
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(buffer)
    document.load(buffer)
    read = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    document.close()
    for line in words:
        assert squeeze(line) in squeeze(read)


@pytest.mark.parametrize("text", ["<a href='x'>word</a> ", "W"], ids=["words", "one"])
def test_twice_the_length_costs_twice_the_time(text: str, torture: bool) -> None:
    """ReportLab's own time grows with the square of a paragraph's length."""
    size = 500_000 if torture else 10_000

    def seconds(length: int) -> float:
        started = time.process_time()
        _typeset(brief(happened=(text * (length // len(text)),)))
        return time.process_time() - started

    half, whole = seconds(size), seconds(2 * size)
    tell(f"letter text: {whole / (2 * size) * 1_000_000:.1f} s per MB")
    assert whole < 3 * half + 0.5


def test_words_in_every_place() -> None:
    for text in ("<a href='http://x'>y</a>", "</para><img src='/etc/hostname'/>"):
        check(fill(brief(), text))


def test_control_markup_that_is_not_escaped_is_seen() -> None:
    """The same paragraph maker with its words unescaped reads a file, or leaves a link."""
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate  # noqa: PLC0415

    style = ParagraphStyle("plain")
    watching[0] = True
    try:
        story: list[Flowable] = [
            Paragraph("<img src='/etc/hostname' width='9' height='9'/>x", style)
        ]
        SimpleDocTemplate(BytesIO()).build(story)
    except OSError:
        assert outside()  # it was looked for, at least
    else:
        assert outside()
    finally:
        watching[0] = False


def test_control_a_letter_that_differs_is_told_apart() -> None:
    letter = brief(happened=("one",))
    assert squeeze("another") not in squeeze(Structure(_typeset(replace(letter)).data).words)
