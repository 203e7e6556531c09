"""What tells a topic in a Spanish letter: only words that English lacks and that tell it alone.

As in English, what is said of any week is left out. Folded: without accents, in small letters.
"""

from collections.abc import Mapping
from typing import Final

from cmdesk.rules.topics import Topic

TELLING_IN_SPANISH: Final[Mapping[Topic, tuple[str, ...]]] = {
    topic: tuple(words.split())
    for topic, words in {
        Topic.DIAGNOSIS: "trastorno* tdah tept esquizofreni* bipolaridad bulimic* anorexic*",
        Topic.TREATMENT: "psiquiatr* psiquiatric*",
        Topic.MEDICATION: "medicament* medicacion pastilla* dosis farmac* recetad* recetaron",
        Topic.SAFETY: "autolesi* sobredosis pistola* matarse suicidarse",
        Topic.SUBSTANCE_USE: """sobrio sobria sobriedad recaida* recayo recaer recaiga* droga*
            cocaina heroina fentanilo marihuana desintox* abstinencia adiccion* adicto adicta
            naloxona metadona buprenorfina consumo consumio consumir consumiendo consuma
            emborrach* borrach*""",
        Topic.HEALTH: "convulsion*",
        Topic.TESTING: "neuropsicolog*",
        Topic.HOUSING: "desaloj* arrendador*",
        Topic.LEGAL: "juzgado* citatorio* fianza arrestaron arrestad* detenid*",
        Topic.FINANCIAL: "deducible* copago* coseguro reembols* factura* denegad* denego",
        Topic.TRAUMA: "abuso abusos abusaron abusad* violacion* violada maltrat* agresion*",
        Topic.HIV_STI: "vih ets sifilis clamidia gonorrea",
        Topic.REPRODUCTIVE: "embaraz* aborto* anticoncept* ginecolog*",
        Topic.GENETIC: "genetico genetica geneticas geneticos",
    }.items()
}

__all__ = ["TELLING_IN_SPANISH"]
