"""Rows in the shape of NPPES: 330 columns, all quoted, almost all of them empty."""

import io
from collections.abc import Iterator
from typing import Final

PRACTICE: Final = "Provider Business Practice Location Address"
NAMES: Final = (
    "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)", "Provider Last Name (Legal Name)",
    "Provider First Name", "Provider Middle Name", "Provider Name Suffix Text",
    "Provider Credential Text", "Provider Other Organization Name",
    "Provider Business Mailing Address State Name",
    "Provider First Line Business Practice Location Address",
    "Provider Second Line Business Practice Location Address", f"{PRACTICE} City Name",
    f"{PRACTICE} State Name", f"{PRACTICE} Postal Code",
    f"{PRACTICE} Country Code (If outside U.S.)", f"{PRACTICE} Telephone Number ",
    f"{PRACTICE} Fax Number", "Last Update Date", "NPI Deactivation Date", "NPI Reactivation Date",
    "Provider Sex Code", *(f"Healthcare Provider Taxonomy Code_{n}" for n in range(1, 16)),
    *(f"Healthcare Provider Primary Taxonomy Switch_{n}" for n in range(1, 16)),
    "Parent Organization LBN",
)  # fmt: skip
COLUMNS: Final = (*NAMES, *(f"Other Provider Identifier_{n}" for n in range(330 - len(NAMES))))
HEADER: Final = ",".join(f'"{name}"' for name in COLUMNS) + "\n"
PLACES: Final = {name.strip(): place for place, name in enumerate(COLUMNS)}
SHORT: Final = {
    "npi": "NPI", "entity": "Entity Type Code",
    "name": "Provider Organization Name (Legal Business Name)",
    "family": "Provider Last Name (Legal Name)", "given": "Provider First Name",
    "credentials": "Provider Credential Text",
    "street": "Provider First Line Business Practice Location Address",
    "city": f"{PRACTICE} City Name", "state": f"{PRACTICE} State Name",
    "zip": f"{PRACTICE} Postal Code", "phone": f"{PRACTICE} Telephone Number",
    "fax": f"{PRACTICE} Fax Number", "deactivated": "NPI Deactivation Date",
    "reactivated": "NPI Reactivation Date", "taxonomy": "Healthcare Provider Taxonomy Code_1",
    "second": "Healthcare Provider Taxonomy Code_2",
    "second_is_primary": "Healthcare Provider Primary Taxonomy Switch_2",
    "parent": "Parent Organization LBN", "mailing_state": NAMES[11],
}  # fmt: skip


def row(**stated: str) -> str:
    """Write a row; what is not stated is empty."""
    cells = [""] * len(COLUMNS)
    for name, value in stated.items():
        cells[PLACES[SHORT[name]]] = value
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def npi(number: int) -> str:
    """Give the number the check digit it needs (CMS)."""
    nine = f"{100_000_000 + number}"
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in nine[::-2])
    total = doubled + sum(map(int, nine[-2::-2])) + 24
    return f"{nine}{-total % 10}"


class Pouring(io.RawIOBase):
    """A file that is made while it is read, so that a gigabyte of it needs no disk."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] - any buffer will do
        if not self._rest:
            self._rest = next(self._parts, b"")
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
