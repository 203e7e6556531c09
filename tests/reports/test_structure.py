"""The walk must notice every way in which a file can be broken."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from tests.reports.letters import pictured
from tests.reports.structure import Structure

from cmdesk.reports.family_update import _typeset

Break = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def good() -> bytes:
    return _typeset(pictured()).data


def replace(old: bytes, new: bytes) -> Break:
    def change(pdf: pikepdf.Pdf) -> None:
        page: Any = pdf.pages[0].obj
        code = page.Contents.read_bytes()
        assert old in code
        page.Contents = pikepdf.Stream(pdf, code.replace(old, new, 1))

    return change


def first(pdf: pikepdf.Pdf, tag: str) -> Any:
    root: Any = pdf.Root
    waiting: list[Any] = [root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        if f"/{tag}" == element.S:
            return element
        waiting += [kid for kid in element.K if not isinstance(kid, int) and "/S" in kid]
    raise AssertionError(tag)


def drop(tag: str, key: str) -> Break:
    return lambda pdf: first(pdf, tag).__delitem__(key)


def root_of(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root


def first_page(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj


def swap_parents(pdf: pikepdf.Pdf) -> None:
    numbers = root_of(pdf).StructTreeRoot.ParentTree.Nums
    page = next(entry for entry in numbers if isinstance(entry, pikepdf.Array))
    page[0], page[-1] = page[-1], page[0]


def unembed(pdf: pikepdf.Pdf) -> None:
    for font in first_page(pdf).Resources.Font.values():
        del font.FontDescriptor["/FontFile2"]


def mislead(pdf: pikepdf.Pdf) -> None:
    for font in first_page(pdf).Resources.Font.values():
        table = font.ToUnicode.read_bytes().replace(b"<0061>", b"<E061>")
        font.ToUnicode = pikepdf.Stream(pdf, table)


BROKEN: dict[str, Break] = {
    "a rule is not marked": replace(b"/Artifact BMC", b""),
    "text is not marked": replace(b"/H1 <</MCID 13>> BDC", b"q"),
    "a number stands twice": replace(b"/MCID 14>>", b"/MCID 13>>"),
    "the tag differs": replace(b"/H1 <</MCID 13>>", b"/P <</MCID 13>>"),
    "nested": replace(b"/P <</MCID 14>> BDC", b"/Artifact BMC /P <</MCID 14>> BDC"),
    "unknown and unnumbered": replace(b"/Artifact BMC", b"/P BMC"),
    "left open": replace(b"EMC", b""),
    "a figure without words": drop("Figure", "/Alt"),
    "a figure without a place": drop("Figure", "/A"),
    "a heading cell without scope": drop("TH", "/A"),
    "a link without words": lambda pdf: first_page(pdf).Annots[0].__delitem__("/Contents"),
    "a link outside the structure": lambda pdf: first(pdf, "Link").K.__delitem__(1),
    "a link off the page": lambda pdf: first_page(pdf).Annots[0].Rect.__setitem__(0, 900),
    "no tab order": lambda pdf: first_page(pdf).__delitem__("/Tabs"),
    "not marked as tagged": lambda pdf: root_of(pdf).MarkInfo.__setitem__("/Marked", False),
    "no language": lambda pdf: root_of(pdf).__delitem__("/Lang"),
    "no structure": lambda pdf: root_of(pdf).__delitem__("/StructTreeRoot"),
    "the title is not shown": lambda pdf: root_of(pdf).__delitem__("/ViewerPreferences"),
    "titles differ": lambda pdf: pdf.docinfo.__setitem__("/Title", "Another"),
    "a row loses a cell": lambda pdf: first(pdf, "TR").K.__delitem__(1),
    "a level is skipped": lambda pdf: first(pdf, "H2").__setitem__("/S", pikepdf.Name.H3),
    "wrong parent": lambda pdf: first(pdf, "H2").__setitem__("/P", first(pdf, "H1")),
    "the parent tree differs": swap_parents,
    "a font is not embedded": unembed,
    "a font reads as nothing": mislead,
}


def test_a_good_file_has_no_problems(good: bytes) -> None:
    assert Structure(good).problems == []


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_notices(good: bytes, change: Break) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(good)) as pdf:
        change(pdf)
        pdf.save(out)
    assert Structure(out.getvalue()).problems
