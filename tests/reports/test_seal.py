from io import BytesIO

import pikepdf
import pytest
from tests.reports.letters import pictured
from tests.reports.structure import Structure

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.reports.family_update import _typeset
from cmdesk.reports.seal import open_test, seal

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def plain() -> bytes:
    return _typeset(pictured()).data


def test_sealed_with_aes_256_and_still_read_aloud(plain: bytes) -> None:
    sealed = seal(plain, PASSWORD)
    assert open_test(sealed, PASSWORD) == 2
    with pikepdf.open(BytesIO(sealed), password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.allow.accessibility
        assert not pdf.allow.modify_other
    structure = Structure(sealed, PASSWORD)
    assert structure.problems == []
    assert structure.words == Structure(plain).words


def test_nothing_can_be_read_in_the_sealed_file(plain: bytes) -> None:
    sealed = seal(plain, PASSWORD)
    for clear in (b"Maya", b"Family update", b"pdfuaid", b"StructElem"):
        assert clear not in sealed
    assert b"pdfuaid" in plain


@pytest.mark.parametrize("wrong", ["", " ", "Correct horse battery", PASSWORD + "x"])
def test_no_other_password_opens_it(plain: bytes, wrong: str) -> None:
    sealed = seal(plain, PASSWORD)
    with pytest.raises(Problem if not wrong else WrongSecret):
        open_test(sealed, wrong)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(sealed), password=wrong)


def test_an_unsealed_or_broken_file_fails_the_test(plain: bytes) -> None:
    with pytest.raises(Damaged):
        open_test(plain, PASSWORD)
    with pytest.raises(Damaged):
        open_test(b"no PDF at all", PASSWORD)


def test_accents_may_be_typed_in_either_form(plain: bytes) -> None:
    assert open_test(seal(plain, "cafe\u0301 au lait 12345"), "caf\u00e9 au lait 12345") == 2


@pytest.mark.parametrize("password", ["", "x" * 128, "\u00e9" * 64, "half \ud83d"])
def test_refuses_passwords_that_would_not_hold(plain: bytes, password: str) -> None:
    with pytest.raises(Problem):
        seal(plain, password)


def test_the_longest_password_counts_to_its_last_character(plain: bytes) -> None:
    sealed = seal(plain, "x" * 127)
    assert open_test(sealed, "x" * 127) == 2
    with pytest.raises(WrongSecret):
        open_test(sealed, "x" * 126)
