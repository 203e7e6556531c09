"""One's own results on a provider's page: people in initials, and what is unknown said so."""

from datetime import date

from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import clients, episodes
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.care import Episode
from cmdesk.models.provider import Organisation
from cmdesk.rules.episode_draft import EpisodeForm
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.results_card import ResultsCard
from cmdesk.ui.widgets.label import Label

CAME = ("mood", "opioids")


def there(store: Store, maya: int) -> int:
    """Return where Maya is, and let her have come with what others came with."""

    def come(session: Session) -> int:
        (stay,) = session.query(Episode).filter_by(client_id=maya)
        stay.presentation = list(CAME)
        assert stay.organisation_id
        return stay.organisation_id

    return store.do("Come", come)


def add(store: Store, house: int, given: str, born: date | None, **stay: object) -> None:
    number = store.do("Add", clients.add, ClientDraft(given, "Teague", born=born))
    form = EpisodeForm(f"o{house}", None, "mh:php", presentation=CAME, **stay)  # pyright: ignore[reportArgumentType] - by the names of fields
    store.do("Save", episodes.save, number, form)


def said(card: ResultsCard) -> list[str]:
    assert card.card
    return [each.text() for each in card.card.findChildren(Label)]


def test_people_are_told_in_initials(desk: Desk, store: Store, maya: int, qtbot: QtBot) -> None:
    house, born = there(store, maya), date(2001, 2, 11)
    card = ResultsCard(desk)
    qtbot.addWidget(card)
    card.show_results(house, maya)
    assert "Nobody like that has left it yet." in said(card)
    spring = {"admitted": date(2025, 3, 1), "discharged": date(2025, 5, 2)}
    summer = {"admitted": date(2025, 6, 1), "discharged": date(2025, 6, 20)}
    add(store, house, "Marisol", born, **spring, discharge_reason="treatment_completed")
    card.show_results(house, maya)
    assert "One person is a story, not a statistic. Read it." in said(card)
    away = {"in_care_at_90": "other", "later": "Back in residential"}
    add(store, house, "Jonah", born, **summer, discharge_reason="left_against_advice", **away)
    add(store, house, "Renata", born, admitted=date(2025, 7, 1), over=True)
    add(store, house, "Dorian", born, admitted=date(2025, 7, 1), discharged=date(2026, 3, 1),
        discharge_reason="payer")  # fmt: skip
    add(store, house, "Ada", born, admitted=date(2026, 2, 1))
    card.show_results(house, maya)
    told = said(card)
    assert told[:2] == ["Your clients like Maya here", "18 to 26, mood and substance use"]
    for words in (
        "1 of 3", "finished, 1 not known", "0 of 1", "still in care at 90 days, 3 not known",
        "62 days", "M. T., 24", "Mood, opioids", "Finished", "Left early", "Back in residential",
        "Payer or money", "90 days not over", "Not known",
        "Four people is a handful, not a statistic. Read the stories.",
    ):  # fmt: skip
        assert words in told, words
    assert not any("Teague" in each or "Marisol" in each for each in told)
    card.show_results(house)
    assert said(card)[0] == "Your clients here"
    desk.privacy.toggle()
    assert said(card)[0] == "Your clients here"


def test_where_no_client_is_asked_about_nobody_is_called_like_one(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    def build(session: Session) -> int:
        house = Organisation(name="Fernbrook Academy", kind="program")
        session.add(house)
        session.flush()
        return house.id

    house = store.do("Build", build)
    card = ResultsCard(desk)
    qtbot.addWidget(card)
    card.show_results(house)
    assert said(card)[-1] == "None of your clients has left it yet."


def test_where_all_are_there_still_that_is_said(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    house = there(store, maya)
    add(store, house, "Ada", date(2001, 2, 11), admitted=date(2026, 2, 1))
    card = ResultsCard(desk)
    qtbot.addWidget(card)
    card.show_results(house, maya)
    assert "1 is there now, none has left." in said(card)
    for number in range(10):
        add(store, house, f"Ada{number}", date(2001, 2, 11), admitted=date(2025, 6, 1),
            discharged=date(2025, 6, 9 + number))  # fmt: skip
    card.show_results(house, maya)
    assert not any("statistic" in each for each in said(card))
