"""Pictures of the people around a client: the circle editor and the card before a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import parties
from cmdesk.ui.dialogs.person import PersonDialog, open_person
from cmdesk.ui.dialogs.pre_call import open_pre_call

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def people_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each over Maya's chart."""

    def person(ref: str) -> int:
        return studio.store.ask(parties.party_by_name, ref).person_id or 0

    def edit(client: int, ref: str = "", down: int = 0) -> None:
        dialog: PersonDialog = open_person(
            studio.desk, studio.window, client, person(ref) if ref else None
        )
        scroll = dialog.middle.verticalScrollBar()
        studio.rest()
        scroll.setValue(down)

    def wrong(client: int) -> None:
        dialog = open_person(studio.desk, studio.window, client, None)
        dialog.parts.points.add.click()
        dialog.save()

    def call(client: int, ref: str) -> None:
        open_pre_call(studio.desk, studio.window, client, person(ref))

    def over(show: Callable[[int], object]) -> Draw:
        return partial(studio.over_chart, show)

    yield "04-person", over(lambda client: edit(client, "p-diane"))
    yield "04-person-middle", over(lambda client: edit(client, "p-diane", 560))
    yield "04-person-end", over(lambda client: edit(client, "p-diane", 9999))
    yield "04-person-new", over(edit)
    yield "04-person-faults", over(wrong)
    yield "04-pre-call", over(lambda client: call(client, "p-diane"))
    yield "04-pre-call-closed", over(lambda client: call(client, "p-joel"))
