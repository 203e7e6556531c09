"""Pictures of the clients' dialogs: own data and agreement, closing, an inquiry, a merge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import inquiries, parties
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.merge import open_merge_clients, open_merge_people
from cmdesk.ui.page import Route

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def _client(studio: Studio, *, closing: bool) -> QWidget:
    number = studio.client("c-maya")
    studio.open(Route("clients"))
    dialog = open_client(studio.desk, studio.window, number)
    if closing:
        dialog.load(replace(dialog.draft, status=ClientStatus.CLOSED))
    return studio.window


def _inquiry(studio: Studio, *, emergency: bool) -> QWidget:
    studio.open(Route("clients"))
    dialog = open_inquiry(studio.desk, studio.window)
    typed = replace(
        studio.desk.ask(inquiries.blank),
        caller_name="Rosa Duarte",
        caller_phone="917 555 0100",
        relation="mother",
        given_name="Maya" if emergency else "Camila",
        family_name="Brenner" if emergency else "Duarte",
        urgency="emergency" if emergency else "this_week",
        concern="Her daughter has not left her room since Friday.",
        next_step="Call back",
        next_on=studio.desk.today(),
    )
    dialog.load(typed)
    return studio.window


def _merge(studio: Studio, *, charts: bool) -> QWidget:
    studio.open(Route("clients"))
    if charts:
        owen, grace = studio.client("c-owen"), studio.client("c-grace")
        open_merge_clients(studio.desk, studio.window, owen, grace)
    else:
        diane, david = (
            studio.store.ask(parties.party_by_name, name).person_id or 0
            for name in ("p-diane", "p-david")
        )
        open_merge_people(studio.desk, studio.window, diane, david)
    return studio.window


def client_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    yield "03-client", partial(_client, studio, closing=False)
    yield "03-client-closing", partial(_client, studio, closing=True)
    yield "03-merge-charts", partial(_merge, studio, charts=True)
    yield "03-merge-people", partial(_merge, studio, charts=False)
    yield "03-inquiry", partial(_inquiry, studio, emergency=False)
    yield "03-inquiry-emergency", partial(_inquiry, studio, emergency=True)
