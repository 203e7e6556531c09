import ast
import time
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from tests.reports.letters import brief, pictured
from tests.reports.lines import lines
from tests.reports.structure import Structure

import cmdesk.reports
from cmdesk.reports.family_update import _typeset
from cmdesk.reports.paper import Sheet
from cmdesk.reports.text import STAND_IN
from cmdesk.rules.letter import Letter

MAKES_PARAGRAPHS = "text.py"
LENGTHY = 200  # characters; in every part of a whole letter they would fill fifty pages

HOSTILE = [
    "<b>Maya</b> & Co",
    "<b>never closed",
    "</para><para>",
    "&lt;b&gt; &amp; &nbsp; &#65; &#x202e; &nosuch;",
    '<a href="http://evil.example/?who=maya">click</a>',
    '<img src="/etc/hostname" width="9" height="9"/>',
    '<img src="http://127.0.0.1:9/beacon.png"/>',
    '<font name="Courier" size="900" color="white">big</font>',
    "<font color=\"toColor('red')\">x</font>",
    "<onDraw name='x' label='y'/><seq/><index item='x'/>",
    "<!-- comment --><?pi?><![CDATA[x]]>",
    "%s {0} {letter} $(id) `id` ${HOME}",
    "\\n \\101 (paren \\) ) Tj ET BT",
    "a\tb\rc\nd\x0be\x0cf\x85g\u2028h\u2029i",
    "null\0bell\x07escape\x1b[31m delete\x7f",
    "lone \ud83d surrogate \udc00",
    "\U0001f600 \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea",
    "\u05e9\u05e8\u05d4 \u05db\u05d4\u05df and \u0641\u0627\u0637\u0645\u0629 \u202eevil\u202c",
    "\u738b\u5c0f\u660e \u3042\u308a\u304c\u3068\u3046",
    "e\u0301 A\u030a \u0e01\u0e34 a\u0323\u0307\u0308\u030c\u0361\u0489",
    "\ue000\uf8ff\ufffe\uffff\U000f0000\U0010ffff \ufb01 \uff21 \u2011 \u202f",
    "Ma" + "x" * 298,
    "word " * 300,
    "W" * 1_000,
    "=cmd|' /C calc'!A0",
]


def fill(thing: Any, text: str) -> Any:
    """Put `text` wherever a letter holds words of people."""
    if isinstance(thing, tuple):
        return tuple(fill(part, text) for part in cast("tuple[Any, ...]", thing))
    if isinstance(thing, str) and type(thing) is str:
        return text
    if is_dataclass(thing) and not isinstance(thing, type):
        kept = ("language", "title")
        changes = {
            part.name: fill(getattr(thing, part.name), text)
            for part in fields(thing)
            if part.name not in kept
        }
        return replace(thing, **changes)
    return thing


def check(letter: Letter) -> tuple[Sheet, Structure]:
    sheet = _typeset(letter)
    structure = Structure(sheet.data)
    assert structure.problems == []
    for page in structure.pdf.pages:
        resources: Any = page.obj.Resources
        assert "/XObject" not in resources
    for text, address in structure.links:
        assert address.startswith(("tel:", "mailto:"))
        assert address.isascii()
        assert text
    return sheet, structure


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_everywhere(text: str, pytestconfig: pytest.Config) -> None:
    """Every third of them for each change, all of them in the long run."""
    if HOSTILE.index(text) % 3 and not pytestconfig.getoption("--torture"):
        pytest.skip("part of the long run")
    check(fill(pictured() if len(text) < LENGTHY else brief(), text))


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if text.isascii() and text.isprintable()]
)
def test_plain_words_print_as_typed(text: str) -> None:
    sheet, structure = check(brief(happened=(text,)))
    assert squeeze(text) in squeeze(structure.words)
    assert not sheet.missing


anything = some.text(some.characters(exclude_categories=()), max_size=300)


@given(anything)
@example("\u00c8\u0359")  # a mark that changes places with the one inside its letter
def test_any_words_everywhere(text: str) -> None:
    check(fill(brief(), text))


@given(some.text(some.characters(min_codepoint=0x20, max_codepoint=0x17E), min_size=1))
def test_latin_words_are_read_as_typed(text: str) -> None:
    """Except soft hyphens and control characters, which print nothing."""
    _, structure = check(brief(happened=(f"<{text}>",)))
    expected = "".join(part for part in f"<{text}>" if part.isprintable() and part != "\xad")
    assert squeeze(expected) in squeeze(structure.words)


@pytest.mark.parametrize(
    ("typed", "printed", "missing"),
    [
        ("Ren\u0065\u0301e", "Ren\u00e9e", ""),
        ("\uff21\uff22 \u210c", "AB H", ""),
        ("non\u2011breaking", "non-breaking", ""),
        ("zero\u200bwidth \u202ereversed\u202c", "zerowidth reversed", ""),
        ("good \U0001f600 day", "good \U0001f600 day", ""),
        ("\u05e9\u05e8\u05d4", "\u05e9\u05e8\u05d4", ""),
        ("old \U00012000 sign", f"old {STAND_IN} sign", "\U00012000"),
        ("half \ud83d", f"half {STAND_IN}", "\ud83d"),
        (
            "\u041d\u0430\u0434\u044f \u0395\u03bb\u03ad\u03bd\u03b7",
            "\u041d\u0430\u0434\u044f \u0395\u03bb\u03ad\u03bd\u03b7",
            "",
        ),
    ],
)
def test_what_our_fonts_lack_is_substituted_for_all_to_see(
    typed: str, printed: str, missing: str
) -> None:
    sheet, structure = check(brief(headline=typed))
    assert f"{printed} What happened" in structure.words
    assert sheet.missing == frozenset(missing)


def test_line_ends_stay_and_no_break_spaces_hold() -> None:
    _, structure = check(brief(happened=("one\ntwo\r\n\r\nthree\xa0four",)))
    assert "one two three four" in structure.words


def test_a_time_is_not_parted_from_its_half_of_the_day() -> None:
    said = " ".join(f"{'x' * at} 3:00 PM, 4:10 p.m." for at in range(1, 30))
    found = lines(_typeset(brief(happened=(said,))).data)
    assert not [line.text for line in found if line.text.strip().startswith(("PM", "p.m."))]
    assert len(found) > 10


def test_a_long_name_is_cut_in_the_footer_alone() -> None:
    name = "Maximiliana " * 25
    sheet, structure = check(brief(recipient=name))
    assert squeeze(name) in squeeze(structure.words)
    assert sheet.pages == 1


def test_length_costs_no_more_than_its_share() -> None:
    """ReportLab's own time grows with the square of a paragraph's length."""
    started = time.process_time()
    check(brief(happened=("word " * 10_000, "W" * 20_000)))
    assert time.process_time() - started < 20


def test_paragraphs_are_made_in_one_place() -> None:
    folder = Path(next(iter(cmdesk.reports.__path__)))
    makers: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in ("Para", "Paragraph", "Heading", "XPreformatted", "Preformatted"):
                    makers.add(path.name)
    assert makers == {MAKES_PARAGRAPHS}


def test_text_is_drawn_by_paragraphs_alone() -> None:
    folder = Path(next(iter(cmdesk.reports.__path__)))
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert "drawString" not in source
    assert "drawCentredString" not in source
