"""What narrows the list of providers, one by one, as chips say it."""

from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.provider_facets import FACETS, named
from cmdesk.ui.parts.provider_head import Narrowing
from cmdesk.ui.parts.provider_search import Asked
from cmdesk.words import Words


def narrowings(
    words: Words, asked: Asked, distance: str, whom: str = "", *, ticked: bool = True
) -> list[Narrowing]:
    """List the client, the distance as it is said, then what is ticked, unless that is in sight."""
    tr, found = words.tr, list[Narrowing]()
    if asked.fits:
        fits = tr("Fits {name}").format(name=whom or asked.fits.name)
        found.append(Narrowing("fits", "", fits, Icon.USER))
    if asked.near.on:
        found.append(Narrowing("near", "", distance, Icon.MAP_PIN))
    for facet in FACETS if ticked else ():
        options = asked.chosen.get(facet.key, frozenset())
        found += [
            Narrowing(facet.key, option, named(words, facet.key, option))
            for option in sorted(options)
        ]
    return found
