"""What the command line understands."""

import argparse
from datetime import date
from typing import Final

MOST_DAYS: Final = 366  # to look ahead
KINDS = ("practice", "vcard", "providers-csv", "people-csv")


def parser(version: str) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="cmdesk",
        description="The desk of an independent case manager. Without a command: the window.",
    )
    top.add_argument("--version", action="version", version=f"cmdesk {version}")
    top.add_argument("--vault", metavar="VAULT", help="the vault whose window to open")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _vaults(commands)
    _backups(commands)
    _files(commands)
    _letters(commands)
    _queries(commands)
    return top


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives it no other name


def _command(
    commands: "Commands[argparse.ArgumentParser]", name: str, words: str, *, opens: bool = True
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
    if opens:
        command.add_argument("vault_folder", metavar="VAULT")
        command.add_argument(
            "--passphrase-file",
            metavar="F",
            required=True,
            help="file that holds the passphrase; - is standard input",
        )
    if opens and name != "new":
        command.add_argument(
            "--accept-older",
            action="store_true",
            help="open records that are older than the last use; the activity record keeps that",
        )
    return command


def _reading(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Offer to look without writing anything, for commands that only ask."""
    command.add_argument(
        "--read-only", action="store_true", help="write nothing at all into the vault"
    )
    return command


def _json(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    command.add_argument(
        "--json",
        action="store_true",
        required=required,
        help="one JSON document on standard output",
    )


def _vaults(commands: "Commands[argparse.ArgumentParser]") -> None:
    new = _command(commands, "new", "make a vault")
    new.add_argument(
        "--recovery-out", metavar="FILE", help="where the recovery code goes; - = here"
    )
    check = _reading(_command(commands, "check", "prove that all is whole"))
    check.add_argument(
        "--mend", action="store_true", help="make anew what the records themselves can restore"
    )
    _json(check)
    recover = _command(
        commands, "recover", "set a new passphrase by the recovery code", opens=False
    )
    recover.add_argument("vault_folder", metavar="VAULT")
    recover.add_argument("--recovery-file", metavar="F", required=True)
    recover.add_argument("--new-passphrase-file", metavar="G", required=True)
    change = _command(commands, "passphrase", "replace the passphrase by a new one")
    change.add_argument("--new-passphrase-file", metavar="G", required=True)
    rotate = _command(commands, "rotate", "give the records a new data key, after a backup")
    rotate.add_argument(
        "--to", metavar="DIR", help="where the backup goes; else among the vault's own"
    )
    doctor = _command(commands, "doctor", "tell versions, keychain and fonts", opens=False)
    doctor.add_argument("vault_folder", metavar="VAULT", nargs="?")
    _json(doctor)


def _files(commands: "Commands[argparse.ArgumentParser]") -> None:
    take = _command(commands, "import", "bring in practice files, address books and directories")
    take.add_argument("files", metavar="FILE", nargs="+")
    take.add_argument("--kind", choices=KINDS)
    take.add_argument("--state", action="append", metavar="NY", help="of NPPES or a workbook: only")
    take.add_argument("--taxonomy", action="append", metavar="CODE", help="of NPPES: only these")
    take.add_argument("--dry-run", action="store_true", help="tell what would happen")
    _json(take)
    give = _command(commands, "export", "write the whole practice in open formats")
    give.add_argument("--out", metavar="DIR", required=True)
    _json(give)
    demo = _command(commands, "demo", "make the sample practice", opens=False)
    demo.add_argument("folder", metavar="DIR", nargs="?")


def _backups(commands: "Commands[argparse.ArgumentParser]") -> None:
    make = _command(commands, "backup", "write one verified backup file into a folder")
    make.add_argument(
        "--to",
        metavar="DIR",
        required=True,
        help="made if it is not there; the folder above it has to be",
    )
    _json(make)
    back = _command(commands, "restore", "bring a backup back as a new vault", opens=False)
    _of_a_backup(back)
    back.add_argument("--to", metavar="VAULT", required=True, help="where nothing is yet")
    prove = _command(commands, "verify", "prove that a backup opens and is whole", opens=False)
    _of_a_backup(prove)
    _json(prove)


def _of_a_backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("backup", metavar="BACKUP")
    words = command.add_mutually_exclusive_group(required=True)
    words.add_argument("--passphrase-file", metavar="F", help="the passphrase of that day")
    words.add_argument("--recovery-file", metavar="F", help="the recovery code of that day")


def _letters(commands: "Commands[argparse.ArgumentParser]") -> None:
    update = _command(commands, "update", "write one family update and record the disclosure")
    _period(update)
    update.add_argument("--out", metavar="FILE.pdf", required=True)
    lock = update.add_mutually_exclusive_group()
    lock.add_argument("--pdf-password-file", metavar="F")
    lock.add_argument("--plain", action="store_true", help="unlocked, where the client accepted it")
    update.add_argument("--eml", metavar="FILE.eml", help="an e-mail draft beside it")
    _json(update)
    verdicts = _reading(
        _command(commands, "verdicts", "judge every entry of a period for one reader")
    )
    _period(verdicts)
    verdicts.add_argument("--on", metavar="DATE", type=_day)
    _json(verdicts)


def _period(command: argparse.ArgumentParser) -> None:
    command.add_argument("--client", metavar="WHO", required=True)
    command.add_argument("--to", metavar="WHO", required=True)
    command.add_argument("--from", dest="first", metavar="DATE", type=_day, required=True)
    command.add_argument("--until", dest="last", metavar="DATE", type=_day, required=True)


def _queries(commands: "Commands[argparse.ArgumentParser]") -> None:
    disclosures = _reading(_command(commands, "disclosures", "the accounting of disclosures"))
    disclosures.add_argument("--client", metavar="WHO")
    disclosures.add_argument("--csv", metavar="FILE", help="write every field as a table, too")
    _json(disclosures)
    search = _reading(_command(commands, "search", "find anything"))
    search.add_argument("text", metavar="TEXT")
    _json(search)
    agenda = _reading(_command(commands, "agenda", "what is due, late, ending, uncovered"))
    agenda.add_argument("--on", metavar="DATE", type=_day)
    agenda.add_argument("--ahead", metavar="DAYS", type=_days, default=0)
    _json(agenda)


def _days(text: str) -> int:
    days = int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else None
    if days is None or days > MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 0 to {MOST_DAYS}")
    return days


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # 20260309 and 2026-W11-1 are ISO 8601, too
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-09")
    return day
