"""The states and territories of the United States, by their two letters (USPS Publication 28)."""

from types import MappingProxyType
from typing import Final

NAMES: Final = MappingProxyType(
    {
        "AK": "Alaska", "AL": "Alabama", "AR": "Arkansas", "AS": "American Samoa",
        "AZ": "Arizona", "CA": "California", "CO": "Colorado", "CT": "Connecticut",
        "DC": "District of Columbia", "DE": "Delaware", "FL": "Florida", "GA": "Georgia",
        "GU": "Guam", "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois",
        "IN": "Indiana", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
        "MA": "Massachusetts", "MD": "Maryland", "ME": "Maine", "MI": "Michigan",
        "MN": "Minnesota", "MO": "Missouri", "MP": "Northern Mariana Islands",
        "MS": "Mississippi", "MT": "Montana", "NC": "North Carolina", "ND": "North Dakota",
        "NE": "Nebraska", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
        "NV": "Nevada", "NY": "New York", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
        "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
        "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VA": "Virginia",
        "VI": "Virgin Islands", "VT": "Vermont", "WA": "Washington", "WI": "Wisconsin",
        "WV": "West Virginia", "WY": "Wyoming",
    }
)  # fmt: skip
_CODES: Final = {name.casefold(): code for code, name in NAMES.items()}


def state_code(text: str) -> str:
    """Return the two letters of a state written as letters or as its name; else the text as is."""
    words = " ".join(text.split())
    return _CODES.get(words.casefold(), words.upper() if len(words) == 2 else words)
