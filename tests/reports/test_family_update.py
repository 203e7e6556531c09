import inspect
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest
from tests.reports.letters import CLOSE, LONG_NOTICE, brief, long, pictured
from tests.reports.lines import Line, lines
from tests.reports.structure import Structure

from cmdesk.reports import family_update
from cmdesk.reports.family_update import _typeset
from cmdesk.rules.letter import Call, Glance, Goal, Letter, Letterhead, Paper, Step

PICTURED_LINES = Path(__file__).with_name("pictured_lines.txt")
EVERY = {
    **{f"pictured {paper}": pictured(paper=paper) for paper in Paper},
    **{f"brief {paper}": brief(paper=paper) for paper in Paper},
    **{f"long {paper}": long(paper) for paper in Paper},
}


def written(letter: Letter) -> str:
    """All that the letter says, in the order in which it should be read."""
    return " ".join(" ".join(_parts(letter)).split())


def _parts(letter: Letter) -> Iterator[str]:
    head = letter.letterhead
    yield f"{head.practice} {head.practitioner}, {head.credentials} \u00b7 {head.tagline}"
    yield f"{head.phone} \u00b7 {head.email} {head.address}"
    yield f"For {letter.recipient} About {letter.about} {letter.period_label} {letter.period}"
    yield f"Sent {letter.sent:%B} {letter.sent.day}, {letter.sent.year} {letter.headline}"
    yield from (letter.greeting, *letter.opening)
    for line in letter.glance:
        yield from (line.label, line.text)
    yield from _section("What happened", letter.prose.get("happened", ()))
    if letter.goals:
        yield f"Progress on {letter.about}\u2019s goals Goal Progress Where it stands"
    for goal in letter.goals:
        yield f"{goal.name} {goal.done} of {goal.of} steps done {goal.stands}"
    if letter.steps:
        yield "What is next, and who does what When What Who"
    for step in letter.steps:
        yield f"{step.when} {step.lead}{step.what} {step.who}"
    yield from _section("How you can help this week", letter.prose.get("help", ()))
    calls = [f"{call.who} {call.words or call.number}" for call in letter.calls]
    yield from _section("Who to call", calls)
    yield from (letter.danger, *letter.close)
    if letter.farewell:
        yield f"{letter.farewell} {head.practitioner} {head.credentials}"
    yield f"What {letter.about} lets me share with you. {letter.scope}"
    if letter.private or len(letter.notice) < 100:
        yield f"Please keep this letter private. {letter.private}"
    yield letter.notice


def _section(title: str, words: Any) -> Iterator[str]:
    if words:
        yield from (title, *words)


@cache
def set_alone(name: str) -> bytes:
    return _typeset(EVERY[name]).data


@pytest.mark.parametrize("name", EVERY)
def test_every_letter_is_tagged_throughout_and_reads_as_written(name: str) -> None:
    structure = Structure(set_alone(name))
    assert structure.problems == []
    assert structure.words == written(EVERY[name])


def test_stands_as_the_design_does() -> None:
    """To half a point; the places are those of the design's own PDF."""
    expected = sorted(map(_line, PICTURED_LINES.read_text("utf-8").splitlines()), key=_order)
    found = sorted(lines(_typeset(pictured()).data), key=_order)
    assert [line.text for line in expected] == [" ".join(line.text.split()) for line in found]
    for want, have in zip(expected, found, strict=True):
        assert have.x == pytest.approx(want.x, abs=0.5), want.text
        assert have.y == pytest.approx(want.y, abs=0.5), want.text


def _line(text: str) -> Line:
    page, x, y, words = text.split(" ", 3)
    return Line(int(page), float(x), float(y), words)


def _order(line: Line) -> tuple[int, int, float]:
    return line.page, -round(line.y), line.x


def test_a4_keeps_the_design_on_two_pages() -> None:
    """Breaks as in the design's picture, and stands 57 points from the left."""
    sheet = _typeset(pictured(paper=Paper.A4))
    assert sheet.pages == 2
    found = {" ".join(line.text.split()): line for line in lines(sheet.data)}
    for end in ("Please call", "She read it aloud to her", "after you talk with", "42 CFR part"):
        assert any(text.endswith(end) for text in found), end
    assert found["What is next, and who does what"].page == 2
    assert found["Dear Diane,"].x == pytest.approx(57)
    with pikepdf.open(BytesIO(sheet.data)) as pdf:
        assert [float(side) for side in list(pdf.pages[0].mediabox)] == [0, 0, 595.28, 841.89]


def test_empty_parts_are_left_out_with_their_headings() -> None:
    words = Structure(_typeset(brief()).data).words
    for heading in ("Progress on", "What is next", "How you can help", "Warmly", "Dear"):
        assert heading not in words


def test_a_letter_of_nothing_still_has_a_title() -> None:
    bare = brief(
        letterhead=Letterhead(practice="", practitioner="Nora Whitlock", tagline=""),
        headline=" ",
        happened=("", " \n "),
        calls=(),
        scope="",
        private="",
        notice="",
    )
    structure = Structure(_typeset(bare).data)
    assert structure.problems == []
    assert structure.outline.count("H1") == 1
    assert "H2" not in structure.outline
    assert structure.words.endswith("Family update")


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_numbers_stand_two_to_a_row_and_are_read_one_by_one(count: int) -> None:
    calls = tuple(Call(f"Caller {at}", f"(718) 555-01{at:02}") for at in range(count))
    data = _typeset(brief(calls=calls)).data
    structure = Structure(data)
    assert structure.outline.count("TR") == count
    assert [text for text, _ in structure.links[-count:]] == [call.number for call in calls]
    callers = [line for line in lines(data) if line.text.startswith("Caller")]
    assert {line.x for line in callers} == ({60, 318} if count > 1 else {60})
    assert len({line.y for line in callers}) == (count + 1) // 2


@pytest.mark.parametrize(
    ("call", "text", "address"),
    [
        (Call("a", "(718) 555-0142"), "(718) 555-0142", "tel:+17185550142"),
        (Call("a", "+1 718 555 0142"), "+1 718 555 0142", "tel:+17185550142"),
        (Call("a", "+44 20 7946 0958"), "+44 20 7946 0958", "tel:+442079460958"),
        (Call("a", "988", "Call or text 988"), "988", "tel:988"),
    ],
)
def test_a_number_can_be_pressed(call: Call, text: str, address: str) -> None:
    assert Structure(_typeset(brief(calls=(call,))).data).links[-1] == (text, address)


@pytest.mark.parametrize("number", ["", "ask Tess", 'x" onclick="', "12"])
def test_what_is_no_number_is_printed_and_leads_nowhere(number: str) -> None:
    structure = Structure(_typeset(brief(calls=(Call("Tess", number),))).data)
    assert structure.problems == []
    assert [address for _, address in structure.links if address.startswith("tel")] == []


def test_a_short_notice_joins_the_request_and_a_long_one_stands_alone() -> None:
    short = Structure(_typeset(pictured()).data)
    alone = Structure(_typeset(pictured(notice=LONG_NOTICE)).data)
    paragraphs = [node.text.strip() for node in short.nodes if node.tag == "P"]
    assert paragraphs[-1].startswith("Please keep this letter private.")
    assert paragraphs[-1].endswith("disclosure of these records.")
    last = [" ".join(node.text.split()) for node in alone.nodes if node.tag == "P"][-5:]
    assert last == LONG_NOTICE.splitlines()


def pages_of(data: bytes, *starts: str) -> list[int]:
    return [line.page for line in lines(data) if line.text.startswith(starts)]


@pytest.mark.parametrize("filler", range(0, 40, 3))
def test_what_belongs_together_stays_on_one_page(filler: int) -> None:
    """Push the same letter down the page line by line."""
    letter = pictured(opening=("Word.",) * filler, notice=LONG_NOTICE)
    data = _typeset(letter).data
    assert len(set(pages_of(data, "Where Maya is", "How it went", "The news", "What I need"))) == 1
    assert len(set(pages_of(data, "Warmly,", "What Maya lets me", "A general authorization"))) == 1
    assert pages_of(data, "What happened") == pages_of(data, "on Friday, which took")
    assert pages_of(data, "Progress on") == pages_of(data, "Sleep through")
    assert pages_of(data, "What is next") == pages_of(data, "Wed, March 11")
    assert pages_of(data, "Who to call") == pages_of(data, "Nora Whitlock, weekdays")
    assert pages_of(data, "each day and will") == pages_of(data, "March 21 to 23")
    assert pages_of(data, "on Wednesday") == pages_of(data, "Thu, March 12")


def test_a_heading_row_is_drawn_again_on_the_next_page_and_read_once() -> None:
    data = _typeset(pictured(steps=pictured().steps * 6)).data
    assert len(pages_of(data, "When")) > 1
    assert Structure(data).words.count("When What Who") == 1


def test_a_row_taller_than_a_page_goes_on() -> None:
    much = " ".join(f"word{number}" for number in range(900))
    letter = brief(
        glance=(Glance("How it went", much),),
        goals=(Goal("One", 1, 4, much), Goal(much, 0, 4, "")),
        steps=(Step("Monday", much, "Nora"), Step("Tuesday", "Rest", much)),
        notice=much,
    )
    sheet = _typeset(letter)
    structure = Structure(sheet.data)
    assert structure.problems == []
    assert sheet.pages > 5
    assert structure.words.count("word899") == 6


@pytest.mark.parametrize(("done", "of"), [(0, 0), (0, 4), (9, 4), (-1, 3), (5, 12), (40, 90)])
def test_progress_is_drawn_and_said(done: int, of: int) -> None:
    data = _typeset(brief(goals=(Goal("Sleep", done, of, "Better."),))).data
    structure = Structure(data)
    assert structure.problems == []
    said = [node.alternate for node in structure.nodes if node.tag == "Figure"]
    assert said == ([f"{min(max(done, 0), of)} of {of} steps done"] if of else [])


def test_same_letter_same_bytes_whatever_was_set_before() -> None:
    before = _typeset(pictured()).data
    _typeset(long(Paper.A4))
    _typeset(brief(happened=("Affable officers fjord ffi ffl \u0416\u03b1",)))
    assert _typeset(pictured()).data == before


def test_letters_set_at_the_same_time_do_not_disturb_each_other() -> None:
    made: dict[str, bytes] = {}

    def work(name: str, letter: Letter) -> None:
        made[name] = _typeset(letter).data

    alone = {name: set_alone(name) for name in EVERY}
    threads = [Thread(target=work, args=pair) for pair in EVERY.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == alone


def test_the_file_names_neither_client_nor_reader_nor_writer_outside_its_text() -> None:
    with pikepdf.open(BytesIO(_typeset(pictured()).data)) as pdf:
        root: Any = pdf.Root
        said = root.Metadata.read_bytes().decode() + " ".join(map(str, pdf.docinfo.values()))
        assert str(root.Lang) == "en-US"
    assert "Family update, March 2 to 8, 2026" in said
    assert "2026-03-09T15:00:00Z" in said
    for name in ("Maya", "Brenner", "Diane", "Nora", "Whitlock", "/work", "/home", "anonymous"):
        assert name not in said


def test_a_letter_without_a_time_is_dated_by_the_day_it_is_sent() -> None:
    with pikepdf.open(BytesIO(_typeset(brief()).data)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260309120000")


def test_every_page_says_whose_it_is_and_which() -> None:
    sheet = _typeset(long())
    text = "\n".join(line.text.strip() for line in lines(sheet.data))
    assert re.findall(r"Page (\d+) of (\d+)", text) == [
        (str(page), str(sheet.pages)) for page in range(1, sheet.pages + 1)
    ]
    footer = "Private. For Diane Brenner only. About Maya B., March 2 to 8, 2026."
    assert text.count(footer) == sheet.pages


def test_only_what_was_released_can_be_made() -> None:
    own = {
        name
        for name, thing in vars(family_update).items()
        if inspect.isfunction(thing) and thing.__module__ == family_update.__name__
    }
    assert {name for name in own if not name.startswith("_")} == {"make"}
    assert list(inspect.signature(family_update.make).parameters) == ["released"]
    assert inspect.get_annotations(family_update.make)["released"] == "Released"


def test_a_close_is_printed() -> None:
    assert CLOSE in Structure(_typeset(pictured()).data).words
