"""Papers are printed in grey as often as not: nothing may hang on a hue."""

import re
from io import BytesIO

import pikepdf
import pytest
from reportlab.lib.colors import HexColor
from tests.reports.letters import pictured
from tests.reports.rarer import month, rare_long

from cmdesk.reports import paper
from cmdesk.reports.charts import STROKES
from cmdesk.reports.family_update import _typeset
from cmdesk.rules.letter import Letter

INKS = (paper.INK, paper.QUIET, paper.FAINT, paper.ACCENT)
GROUNDS = ("#FFFFFF", paper.WASH)
PALETTE = {*INKS, *GROUNDS, paper.RULE, paper.EMPTY, paper.WASH_RULE, "#000000"}


def luminance(color: str) -> float:
    """WCAG 2.2: what is left of a colour in grey, 0 to 1."""
    parts = HexColor(color).rgb()
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_are_read_in_grey(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_steps_done_and_to_do_differ_in_grey() -> None:
    assert contrast(paper.ACCENT, paper.EMPTY) >= 3


@pytest.mark.parametrize(
    "letter", [pictured(), month(), rare_long()], ids=["week", "month", "long"]
)
def test_a_letter_uses_no_other_colours(letter: Letter) -> None:
    allowed = {tuple(round(part, 2) for part in HexColor(color).rgb()) for color in PALETTE}
    used: set[tuple[float, ...]] = set()
    with pikepdf.open(BytesIO(_typeset(letter).data)) as pdf:
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if re.fullmatch("rg|RG", str(operator)):
                    used.add(tuple(round(float(part), 2) for part in operands))
    assert used <= allowed
    assert len(used) > 4


def test_in_a_chart_the_newest_score_is_told_by_its_shape() -> None:
    """Filled among rings; lines differ by width and dashes, levels of care by height and name."""
    widths = {(width, dashes) for width, _, dashes in STROKES.values()}
    assert len(widths) == len(STROKES)
