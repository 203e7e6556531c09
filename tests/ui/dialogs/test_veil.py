"""With names hidden nobody on record can be read of in a text, however they are written there."""

import pytest
from sqlalchemy.orm import Session

from cmdesk.models.person import Person
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil

PEOPLE = (
    Person(given_name="Sean", family_name="O'Brien"),
    Person(given_name="Mary-Jane", family_name="D\u2019Angelo"),
    Person(given_name="Ai", family_name="St. Clair"),
    Person(given_name="Will", family_name="Diaz"),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sean O'Brien called", "S. O. called"),
        ("O\u2019Brien's car, the O'Briens", "O.'s car, the O."),
        ("D'Angelo came with Mary.", "D. came with M."),
        ("MARY-JANE and SEAN", "M. and S."),
        ("Lena Diaz-Ortega", "Lena D."),
        ("St. Clair", "S. C."),
        ("She will not, Will\u2019s mother said.", "She will not, W.\u2019s mother said."),
        ("$1,450.50 a day, under $11k; 12 days", "••• a day, under •••; 12 days"),
        ("don't ask. Don't wait.", "don't ask. Don't wait."),
    ],
)
def test_a_name_is_hidden_however_it_is_written(desk: Desk, text: str, shown: str) -> None:
    def add(session: Session) -> None:
        for person in PEOPLE:
            session.add(Person(given_name=person.given_name, family_name=person.family_name))

    desk.do(desk, "Add", add)
    veil = Veil(desk)
    assert veil.text(text) == text
    desk.privacy.toggle()
    assert veil.text(text) == shown
