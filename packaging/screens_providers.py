"""Pictures of the directory: the page as drawn, narrowed, empty, folded, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.ui.page import Route
from cmdesk.ui.pages.providers import ProvidersPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]
Settle = Callable[[float], None]
DRAWN = {
    "level": frozenset({"day", "iop"}),
    "treats": frozenset({"mood_and_substance"}),
    "takes": frozenset({"plan:Meridian PPO"}),
    "ages": frozenset({"young_adult"}),
}


def _page(studio: Studio, settle: Settle, *, fits: bool = False) -> ProvidersPage:
    studio.open(Route("providers"))
    shell = studio.window.shell
    page = shell.page if shell is not None else None
    if not isinstance(page, ProvidersPage):
        raise TypeError
    while page.shelf.index is None:
        settle(0.1)
    asked = page.asking.asked
    if fits:
        page.asking.narrow(replace(asked, chosen=DRAWN))
        page.asking.near.origin.choose(("home", studio.client("c-maya")))
        page.asking.near.origin.chosen.emit(None)
        settle(0.1)
    return page


def _drawn(studio: Studio, settle: Settle) -> QWidget:
    _page(studio, settle, fits=True)
    return studio.window


def _all(studio: Studio, settle: Settle) -> QWidget:
    _page(studio, settle)
    return studio.window


def _someone(studio: Studio, settle: Settle) -> QWidget:
    """Show a professional in full, found by name, and toggle the filters."""
    page = _page(studio, settle)
    page.asking.narrow(replace(page.asking.asked, text="tess"))
    settle(0.2)
    page.toggle_filters()
    return studio.window


def _fits(studio: Studio, settle: Settle) -> QWidget:
    """Only those that fit the first search under way."""
    page = _page(studio, settle)
    choice = page.asking.fits.choice
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    while page.asking.asked.fits is None:
        settle(0.1)
    settle(0.3)
    return studio.window


def _none(studio: Studio, settle: Settle) -> QWidget:
    page = _page(studio, settle, fits=True)
    page.asking.narrow(replace(page.asking.asked, text="equine"))
    return studio.window


def _over(studio: Studio, settle: Settle, act: str) -> QWidget:
    page = _page(studio, settle, fits=True)
    settle(0.2)
    getattr(page.acts, act)()
    return studio.window


def _professional(studio: Studio, settle: Settle) -> QWidget:
    page = _page(studio, settle)
    index = page.shelf.index
    tess = next(each.id for each in index.listed if "Tess" in each.name) if index else 0
    page.acts.edit.emit(tess)
    return studio.window


def _tie(studio: Studio, settle: Settle) -> QWidget:
    page = _page(studio, settle)
    settle(0.2)
    page.sheet.seen.add_tie.click()
    return studio.window


def provider_screens(studio: Studio, settle: Settle) -> Iterator[tuple[str, Draw]]:
    """Name each picture with what draws it."""
    yield "07-providers", partial(_drawn, studio, settle)
    yield "07-providers-all", partial(_all, studio, settle)
    yield "07-providers-person", partial(_someone, studio, settle)
    yield "07-providers-fits", partial(_fits, studio, settle)
    yield "07-providers-none", partial(_none, studio, settle)
    for name, act in (
        ("edit", "ask_edit"),
        ("check", "ask_check"),
        ("visit", "ask_visit"),
        ("notes", "ask_notes"),
    ):
        yield f"07-providers-dialog-{name}", partial(_over, studio, settle, act)
    yield "07-providers-dialog-tie", partial(_tie, studio, settle)
    yield "07-providers-dialog-person", partial(_professional, studio, settle)
