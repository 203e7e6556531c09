import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.reports.structure import Structure

from cmdesk.reports.recovery_sheet import RecoveryKit, recovery_sheet
from cmdesk.rules.letter import Paper

CODE = "K7Q2M-9XRT4-0VBNH-3JWES-8PDAC-6FGYZ-1TVKX"
KIT = RecoveryKit(
    vault_id="7f3c9e1a-2b5d-4c8e-9f00-1234567890ab",
    made_at=datetime(2026, 3, 9, tzinfo=UTC),
    code=CODE,
    header=json.dumps({"slots": ["0123456789abcdef" * 16] * 4}),
)


@pytest.mark.parametrize("paper", Paper)
def test_one_tagged_page_that_says_all(paper: Paper) -> None:
    structure = Structure(recovery_sheet(replace(KIT, paper=paper)))
    assert structure.problems == []
    assert len(structure.pdf.pages) == 1
    assert CODE.replace("-", " ") in structure.words
    assert f"Vault {KIT.vault_id}, made March 9, 2026" in structure.words
    assert "Hint for your passphrase" in structure.words
    assert "Recovery sheet" in structure.words
    assert "I forgot my passphrase" in structure.words
    assert "For whoever helps" in structure.words
    figures = [node.alternate for node in structure.nodes if node.tag == "Figure"]
    assert figures == ["QR code of the recovery code", "QR code of the vault header"]


@pytest.mark.parametrize("header", ["", "x" * 5_000])
def test_without_a_header_that_fits_the_code_stands_alone(header: str) -> None:
    structure = Structure(recovery_sheet(replace(KIT, header=header)))
    assert structure.problems == []
    assert structure.outline.count("Figure") == 1


def test_the_code_shows_neither_in_metadata_nor_when_the_kit_is_printed_by_a_debugger() -> None:
    structure = Structure(recovery_sheet(KIT))
    said = " ".join(map(str, structure.pdf.docinfo.values()))
    assert CODE[:5] not in said
    assert CODE not in repr(KIT)


def test_same_kit_same_bytes() -> None:
    assert recovery_sheet(KIT) == recovery_sheet(KIT)
