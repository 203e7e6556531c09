import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import csv_table, people_csv
from cmdesk.exchange.people_csv import people_of
from cmdesk.exchange.result import Result
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows

OUTLOOK = (
    "First Name,Last Name,Company,Job Title,E-mail Address,Home Phone,Business Phone,"
    "Mobile Phone,Home Street,Home City,Home State,Home Postal Code\n"
    "Diane,Brenner,,Teacher,diane@brenner.example,914-555-0110,914-555-0111,914-555-0112,"
    "8 Lake Rd,Rye,NY,10580\n"
)
GOOGLE = (
    "First Name,Last Name,Organization Name,Phone 1 - Label,Phone 1 - Value,E-mail 1 - Label,"
    "E-mail 1 - Value,E-mail 2 - Value\n"
    "Kevin,Park,Meridian Health,Work,212-555-0130 ::: 212-555-0131,Work,"
    "kevin@m.example,k@p.example\n"
)


def bring_in(store: Store, text: str) -> Result:
    return store.do("Import", people_csv.bring_in, text.encode())


def points(rows: Rows) -> list[tuple[str, str]]:
    return [(each["kind"], each["value"]) for each in rows(ContactPoint)]


def test_the_named_columns_are_taken(store: Store, rows: Rows) -> None:
    text = (
        "Given name;Family name;Organisation;Phone;Email;Address\n"
        "Tess;Holloway;Stillwater Ridge;518-555-0120;tess@s.example;"
        '"9 Ridge Road, Saugerties, NY 12477"\n'
    )
    assert bring_in(store, text) == Result("people-csv", 1, 0, 0, ())
    assert rows(Person)[0]["family_name"] == "Holloway"
    assert rows(Organisation)[0]["name"] == "Stillwater Ridge"
    assert points(rows) == [("mobile", "518-555-0120"), ("e_mail", "tess@s.example")]
    (address,) = rows(Address)
    assert (address["street"], address["city"], address["state"], address["zip"]) == (
        "9 Ridge Road", "Saugerties", "NY", "12477",
    )  # fmt: skip
    assert bring_in(store, text) == Result("people-csv", 0, 0, 1, ())


def test_outlook(store: Store, rows: Rows) -> None:
    assert bring_in(store, OUTLOOK).added == 1
    assert points(rows) == [
        ("e_mail", "diane@brenner.example"),
        ("home", "914-555-0110"),
        ("work", "914-555-0111"),
        ("mobile", "914-555-0112"),
    ]
    assert rows(Address)[0]["city"] == "Rye"


def test_google(store: Store, rows: Rows) -> None:
    assert bring_in(store, GOOGLE).added == 1
    assert points(rows) == [
        ("mobile", "212-555-0130"),
        ("mobile", "212-555-0131"),
        ("e_mail", "kevin@m.example"),
        ("e_mail", "k@p.example"),
    ]


def test_whole_names_are_split(store: Store, rows: Rows) -> None:
    bring_in(store, "Name,Phone\nAnna Maria Lee,555-0100\nCher,555-0101\n")
    names = [(each["given_name"], each["family_name"]) for each in rows(Person)]
    assert names == [("Anna Maria", "Lee"), ("Cher", "")]


def test_one_employer_is_made_once(store: Store, rows: Rows) -> None:
    bring_in(store, "first,last,company\nA,B,Acme\nC,D,ACME\n")
    assert [each["name"] for each in rows(Organisation)] == ["Acme"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("email", "a@b.example{}c@d.example"),
        ("phone", "555-0100{}x"),
        ("address", "1 Elm St,{}b,"),
    ],
)
def test_a_long_run_of_spaces_in_a_cell_holds_nobody_up(column: str, cell: str) -> None:
    """A pattern that tries each space against all the others takes hours here, not seconds."""
    text = f'first,last,{column}\nA,B,"{cell.format(" " * 300_000)}"\n'
    assert len(people_of(csv_table.read(text.encode()).rows()).people) == 1


def test_an_address_in_one_line_is_parted_whatever_stands_between(store: Store, rows: Rows) -> None:
    bring_in(store, 'first,last,phone,address\nA,B,1,"1 Elm St,   Salem,  ma   01970"\n')
    (row,) = rows(Address)
    assert (row["street"], row["city"], row["state"], row["zip"]) == (
        "1 Elm St", "Salem", "MA", "01970",
    )  # fmt: skip


def test_rows_without_a_name_are_told(store: Store) -> None:
    result = bring_in(store, "first name,last name,phone\nA,B,1\n,,2\nC\n")
    assert result.added == 1
    assert [each.line for each in result.skipped] == [3, 4]


@pytest.mark.parametrize("text", ["first,last\n", "first,last,phone\n,,1\n", "x,y\n1,2\n"])
def test_no_usable_row_is_a_problem(store: Store, text: str) -> None:
    with pytest.raises(Problem):
        bring_in(store, text)
