"""The same letter by two other makers of PDF, in the same faces, to compare the time it takes."""

# Neither library is installed for anything but this, and neither has types here.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from typing import Any

from cmdesk.rules.letter import Letter
from tests.reports.lines import Line

FACES = {"Literata_400Regular": "Literata", "Inter_400Regular": "Inter"}
STYLE = """
@page { size: letter; margin: 50pt 60pt 54pt;
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Inter } }
body { font: 10.5pt/16.5pt Literata } h1 { font-size: 21pt }
h2 { font-size: 12.75pt; color: #1b5e82 }
table { width: 100%; border-collapse: collapse } td, th { padding: 8pt 0 3pt; text-align: left;
  border-bottom: 0.75pt solid #d8d2c9; vertical-align: top } tr { break-inside: avoid }
"""


def font(name: str) -> str:
    return str(files("cmdesk.resources") / "fonts" / f"{name}.ttf")


def html(letter: Letter) -> str:
    """The letter as a page for a browser: headings, paragraphs and tables, in reading order."""
    faces = "".join(
        f"@font-face {{ font-family: {family}; src: url(file://{font(name)}) }}"
        for name, family in FACES.items()
    )
    body = "".join(_parts(letter))
    title = escape(letter.title)
    return (
        f"<html lang=en><head><title>{title}</title><style>{faces}{STYLE}</style></head>"
        f"<body>{body}</body></html>"
    )


def _parts(letter: Letter) -> Iterator[str]:
    head = letter.letterhead
    yield _paragraphs((head.practice, head.practitioner, head.phone, head.email, head.address))
    yield _paragraphs((letter.recipient, letter.about, letter.period))
    yield f"<h1>{escape(letter.headline)}</h1>"
    yield _paragraphs((letter.greeting, *letter.opening))
    yield _table([(line.label, line.text) for line in letter.glance])
    yield "<h2>What happened</h2>" + _paragraphs(letter.prose["happened"])
    yield "<h2>Progress</h2>"
    yield _table([(goal.name, f"{goal.done}/{goal.of}", goal.stands) for goal in letter.goals])
    yield "<h2>What is next, and who does what</h2>"
    yield _table([(step.when, f"{step.lead}{step.what}", step.who) for step in letter.steps])
    yield "<h2>How you can help</h2>" + _paragraphs(letter.prose["help"])
    yield "<h2>Who to call</h2>" + _table([(call.who, call.number) for call in letter.calls])
    yield _paragraphs((letter.danger, *letter.close, letter.farewell, head.practitioner))
    yield _paragraphs((letter.scope, letter.private, letter.notice))


def _paragraphs(words: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in words if line)


def _table(rows: list[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def by_weasyprint(library: Any, page: str) -> Callable[[], bytes]:
    """Tagged, as ours is (PDF/UA-1); its faces are read once."""
    faces = library.text.fonts.FontConfiguration()
    return lambda: library.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", font_config=faces)


def by_fpdf2(library: Any, text: list[Line]) -> Callable[[], bytes]:
    """The same lines at the same places, kerned as ours are; it can't tag them."""

    def make() -> bytes:
        pdf = library.FPDF(unit="pt", format="letter")
        pdf.set_auto_page_break(auto=False)
        for name, family in FACES.items():
            pdf.add_font(family, fname=font(name))
        page = 0
        for line in text:
            if line.page != page:
                pdf.add_page()
                pdf.set_text_shaping(use_shaping_engine=True)
                page = line.page
            pdf.set_font("Literata", size=10.5)
            pdf.set_xy(line.x, 792 - line.y - 10)
            pdf.cell(text=" ".join(line.text.split()))
        return bytes(pdf.output())

    return make
