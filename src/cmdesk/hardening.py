"""Keep what the process knows inside it: no core file, no debugger, no file for other eyes."""

import ctypes
import gc
import os
import sys
from contextlib import suppress

PR_SET_DUMPABLE = 4
PT_DENY_ATTACH = 31
# Windows: fail quietly instead of offering to send a picture of our memory somewhere.
SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX = 0x1, 0x2, 0x8000
WER_FAULT_REPORTING_FLAG_NOHEAP = 1


def harden() -> None:
    """Call first of all, before there is a secret. What a system refuses is left as it is."""
    os.umask(0o077)
    _leave_no_core()
    # No such library, no such call in it: a system older or stranger than we know.
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            _report_no_memory()
        elif sys.platform == "darwin":
            ctypes.CDLL(None).ptrace(PT_DENY_ATTACH, 0, 0, 0)
        elif sys.platform == "linux":
            # A core that is piped to a program ignores the limit; this it does not ignore. It also
            # gives our entries under /proc to root, so that no program of the same user reads them.
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def give_memory_back() -> None:
    """Return what was freed to the system, which empties it: free is not yet forgotten."""
    gc.collect()
    # Neither call is in every C library; without it, fragments stay until they are written over.
    with suppress(OSError, AttributeError):
        if sys.platform == "darwin":
            ctypes.CDLL(None).malloc_zone_pressure_relief(None, ctypes.c_size_t(0))
        elif sys.platform == "linux":
            ctypes.CDLL(None).malloc_trim(ctypes.c_size_t(0))


def _leave_no_core() -> None:
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limit
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _report_no_memory() -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        quiet = SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX
        kernel.SetErrorMode(quiet)
        kernel.WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP)
