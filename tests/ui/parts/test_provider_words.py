from cmdesk.rules.provider_codes import AgeGroup, Modality, Takes
from cmdesk.ui.parts import provider_words
from cmdesk.words import Words


def test_proper_names_keep_their_capital_within_a_line() -> None:
    takes = ["private_insurance", "medicaid", "medicare", "tricare", "self_pay"]
    said = provider_words.joined(Words(), Takes, takes)
    assert said == "Private insurance; Medicaid; Medicare; TRICARE, military; paid by oneself"
    ways = provider_words.joined(Words(), Modality, ["group", "dbt", "peer_support"])
    assert ways == "Group, DBT, peer support"


def test_names_that_hold_a_comma_are_parted_by_semicolons() -> None:
    ages = provider_words.joined(Words(), AgeGroup, ["teen", "young_adult", "adult"])
    assert ages == "Teen; young adult, 18 to 26; adult"
