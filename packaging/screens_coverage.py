"""Pictures of coverage: what was asked and given, a denial on its way, and a review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import appeals, authorizations, review_calls
from cmdesk.ui.dialogs.appeal import open_appeal
from cmdesk.ui.dialogs.coverage import open_coverage
from cmdesk.ui.dialogs.coverage_forms import body_of
from cmdesk.ui.dialogs.review_call import open_review

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def coverage_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each over Maya's chart; the last leaves a denial behind."""
    for name, show in (
        ("04-coverage", covered),
        ("04-coverage-approval", approval),
        ("04-coverage-review", reviewed),
        ("04-coverage-appeal", appealed),
        ("04-coverage-denied", denied),
    ):
        yield name, partial(studio.over_chart, partial(show, studio))


def covered(studio: Studio, client: int) -> None:
    open_coverage(studio.desk, studio.window, client)


def approval(studio: Studio, client: int) -> None:
    row = studio.store.ask(authorizations.rows, client)[0]
    dialog = open_coverage(studio.desk, studio.window, client)
    dialog.open_form("approval", row.id, body_of(row.draft))


def reviewed(studio: Studio, client: int) -> None:
    """Hold the review that is set, so that the next one is proposed."""
    number = studio.store.ask(authorizations.rows, client)[0].id
    form = studio.store.ask(review_calls.begin, number)
    dialog = open_review(studio.desk, studio.window, number)
    dialog.load(replace(form, asked="Nine more days", held_on=studio.desk.today()))


def appealed(studio: Studio, client: int) -> None:
    """Begin what follows a talk between doctors that did not help."""
    open_appeal(studio.desk, studio.window, talked(studio, client))


def denied(studio: Studio, client: int) -> None:
    talked(studio, client)
    covered(studio, client)


def talked(studio: Studio, client: int) -> int:
    """Put a talk between doctors there; return the approval it is about."""
    number, today = studio.store.ask(authorizations.rows, client)[0].id, studio.desk.today()
    if not studio.store.ask(appeals.rows, client):
        begun = studio.store.ask(appeals.begin, number)
        talk = replace(begun, filed_on=today, decided_on=today, outcome="upheld")
        studio.store.do("Talk", appeals.save, number, talk)
    return number
