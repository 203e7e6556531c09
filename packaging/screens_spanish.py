"""The sample's letter as a reader of Spanish gets it: what the practitioner types is typed here."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import compose, parties, updates
from cmdesk.casework.drafting import Passage
from cmdesk.reports import family_update
from cmdesk.rules.letter import Goal, Step

TOLD = """\
Maya terminó el plan que va a usar cuando lleguen las ganas de consumir o los días difíciles. \
Lo leyó en voz alta a su grupo el viernes, y eso pidió valor.
El equipo se reunió el miércoles y adelantó su salida al 20 de marzo. La razón principal es el \
seguro médico."""
GLANCE = ("", "Bien, en general. Dos noches difíciles.", "Sale el viernes 20 de marzo.", "Llámeme.")
GOALS = (
    Goal("Dormir toda la noche", 3, 4, "Unas 7 horas por noche. En febrero eran 5."),
    Goal("Plan para momentos difíciles", 1, 1, "Hecho. Ya lo usó dos veces."),
)
HELP = "En su llamada del miércoles, pregúntele a Maya qué le ilusiona de volver a casa."


def letter(session: Session, week: tuple[date, date]) -> bytes:
    """Set Maya's week for her mother, as if Spanish were agreed with her."""
    who = parties.client_by_name(session, "c-maya"), parties.party_by_name(session, "p-diane")
    about = updates.case(session, *who, *week, language="es")
    proposal = compose.lay_out(session, about)[1]
    day = about.words.weekday_date
    typed = (
        Step(day(date(2026, 3, 11)), "Respuesta del seguro médico", "Nora"),
        Step(day(date(2026, 3, 12)), " sobre el viaje", "Diane", lead="Llamar a Nora", asked=True),
        Step(day(date(2026, 3, 16)), "Llamada familiar a las 5:00 p. m.", "Diane, Maya, Tess"),
    )
    ours = tuple(step for step in proposal.steps if step.what.startswith("Maya"))
    drawn = replace(
        proposal,
        passages=tuple(Passage(text) for text in TOLD.splitlines()),
        glance=tuple(
            replace(line, text=line.text or said)
            for line, said in zip(proposal.glance, GLANCE, strict=True)
        ),
        goals=GOALS,
        steps=(*typed, *ours),
        texts={**proposal.texts, "help": HELP},
    )
    return family_update.make(updates.release(session, *who, *week, drawn)).data
