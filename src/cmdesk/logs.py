"""The log file: what happened, by ids and counts, never what was written in a record."""

import logging
import os
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

from cmdesk import folders

_NAME: Final = "cmdesk"
_FILE: Final = "cmdesk.log"
_SIZE: Final = 1_000_000  # bytes, then the next file
_KEPT: Final = 3  # older files


def start(folder: Path | None = None, level: int = logging.INFO) -> Path:
    """Begin to log into a file that only its owner can read; return that file."""
    place = (folder or folders.logs()) / _FILE
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = _PrivateFile(place, encoding="utf-8", delay=True)
    handler.setFormatter(_NoValues("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger(_NAME)
    stop()
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False  # whatever listens at the root may write exceptions out in full
    return place


def stop() -> None:
    """Close the log file."""
    logger = logging.getLogger(_NAME)
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def describe(error: BaseException) -> str:
    """Name an error and what caused it by type and code. Its text may quote a record."""
    names: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(names) < 10:
        code = getattr(seen, "sqlite_errorname", None) or getattr(seen, "errno", None)
        names.append(f"{type(seen).__name__}({code})" if code else type(seen).__name__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " from ".join(names)


class _NoValues(logging.Formatter):
    """Write an exception as its type and the places it passed, without its text."""

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        if ei[1] is None:
            return ""
        frames = traceback.extract_tb(ei[2])
        places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        return "\n".join([describe(ei[1]), *places])


class _PrivateFile(logging.FileHandler):
    """A log of bounded size for its owner's eyes.

    The library's own loads sockets and queues, which the unlock window would wait for.
    """

    def emit(self, record: logging.LogRecord) -> None:
        if self.stream is not None and self.stream.tell() >= _SIZE:
            self._begin_next()
        super().emit(record)

    def _begin_next(self) -> None:
        self.close()
        files = [Path(self.baseFilename)]
        files += [Path(f"{self.baseFilename}.{number}") for number in range(1, _KEPT + 1)]
        try:
            for older, newer in zip(files[:0:-1], files[-2::-1], strict=True):
                if newer.exists():
                    newer.replace(older)
        except OSError:
            files[0].unlink(missing_ok=True)  # a log that can't move on must not grow for ever

    def _open(self):  # noqa: ANN202 - as in logging
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        return super()._open()
