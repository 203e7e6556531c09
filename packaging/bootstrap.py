"""Make a checkout ready to run or test: a Python, `.venv`, locked packages, Qt's system libraries.

Runs on the standard library of any Python from 3.8 on, so that it can look for the 3.11 the program
needs. Asks pip, and pip alone, for packages: whichever index the user's pip is set up for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

LOWEST, TOO_NEW = (3, 11), (3, 15)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3", "python3.14", "python")

REQUIREMENTS = {"run": "requirements.txt", "test": "requirements-dev.txt"}

# What the Qt wheels expect of Linux, by the name the loader complains of, and the package that
# brings it (Debian 12 and Ubuntu 24.04 agree on these names). Found with ldd on PySide6 6.12.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libbrotlicommon.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
USED_BY_QT = (
    "QtWidgets.abi3.so",
    "QtPdfWidgets.abi3.so",
    "QtNetwork.abi3.so",
    "QtDBus.abi3.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqxcb.so",
)
SCREEN_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
COMPILER = ["gcc", "libc6-dev"]  # for what stands between the tests and the disk

# Settings of a user's own pip that would send our packages elsewhere than into `.venv`.
MISLEADING = (
    "PIP_PREFIX",
    "PIP_REQUIRE_HASHES",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
)


def main() -> int:
    level = sys.argv[1] if len(sys.argv) == 2 else ""
    if level not in REQUIREMENTS:
        return stop("usage: bootstrap.py run|test")
    for name in MISLEADING:
        os.environ.pop(name, None)
    if not is_installed(level):
        complaint = install(level)
        if complaint:
            return stop(complaint)
    if sys.platform.startswith("linux"):
        provide(missing_libraries() + (missing_tools() if level == "test" else []))
    return 0


# --- packages


def is_installed(level: str) -> bool:
    """Whether `.venv` was made for this folder, from these very requirement files."""
    stamp = VENV / f".ready-{level}"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(level)


def fingerprint(level: str) -> str:
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (ROOT / "packaging" / REQUIREMENTS[level], ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install(level: str) -> str:
    """Make `.venv` and fill it; the plain sentence to stop with, or nothing."""
    if not fits([str(PYTHON)]):
        complaint = make_venv()
        if complaint:
            return complaint
    locked = str(ROOT / "packaging" / REQUIREMENTS[level])
    say("Installing the locked packages into .venv; the first time takes a minute or two.")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    if run([*pip, "--require-hashes", "--requirement", locked]) or run([*pip, *project]):
        return "pip could not install the packages; its own words above say which and why."
    for name in REQUIREMENTS if level == "test" else (level,):
        (VENV / f".ready-{name}").write_text(fingerprint(name))
    return ""


def make_venv() -> str:
    """Make an empty `.venv` with pip in it; the plain sentence to stop with, or nothing."""
    found = [name for name in (sys.executable, *CANDIDATES) if fits([name])]
    if not found:
        return (
            "cmdesk needs Python 3.11 to 3.14, and none was found; install it and run this again."
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    whole = [name for name in found if can_make_venv(name)]
    if not whole and (apt() and apt_install([venv_package(found[0])])):
        whole = [name for name in found if can_make_venv(name)]
    if whole:
        failed = run([whole[0], "-m", "venv", str(VENV)])
    elif shutil.which("virtualenv"):
        failed = run(["virtualenv", "--quiet", "--python", found[0], str(VENV)])
    else:
        package = venv_package(found[0])
        return f"This Python has no venv module; install it (sudo apt-get install {package})."
    return "The folder .venv could not be made; is there room on the disk?" if failed else ""


def fits(python: list[str]) -> bool:
    """Whether this Python starts and is of the right age."""
    asked = f"import sys; sys.exit(not {LOWEST} <= sys.version_info[:2] < {TOO_NEW})"
    return answers([*python, "-c", asked])


def can_make_venv(python: str) -> bool:
    return answers([python, "-c", "import ensurepip, venv"])


def venv_package(python: str) -> str:
    asked = "import sys; print('python%d.%d-venv' % sys.version_info[:2])"
    return subprocess.run(
        [python, "-c", asked], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.strip()


# --- the system underneath


def missing_libraries() -> list[str]:
    """Debian packages of the shared libraries Qt asks for and the loader does not find."""
    if not shutil.which("ldd"):
        return []
    folders = sorted((VENV / "lib").glob("python3.*/site-packages/PySide6"))
    files = [str(folder / name) for folder in folders for name in USED_BY_QT]
    if os.environ.get("WAYLAND_DISPLAY"):
        files += [str(folder / "Qt/plugins/platforms/libqwayland.so") for folder in folders]
    listing = subprocess.run(
        ["ldd", *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False
    )
    lines = [line.split()[0] for line in listing.stdout.splitlines() if "not found" in line]
    return sorted({LIBRARIES.get(name, name) for name in lines if not name.startswith("libQt6")})


def missing_tools() -> list[str]:
    tools = [package for tool, package in SCREEN_TOOLS.items() if not shutil.which(tool)]
    return tools + ([] if shutil.which("cc") else COMPILER)


def provide(packages: list[str]) -> None:
    """Install system packages where we may; else say in one line what is wanted, and go on."""
    if not packages:
        return
    known = [name for name in packages if ".so" not in name]
    if known == packages and apt() and apt_install(packages):
        return
    say("Windows and tests need system packages that are not here: " + " ".join(packages))


def apt() -> list[str]:
    """How to call apt-get without being asked for a password; empty where that can't be done."""
    if not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if shutil.which("sudo") and answers(["sudo", "-n", "true"]):
        return ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return []


def apt_install(packages: list[str]) -> bool:
    """Whether it worked. Asks for fresh lists only if the ones at hand are not enough."""
    say("Installing from the system's own packages: " + " ".join(packages))
    wanted = [*apt(), "install", "--quiet", "--quiet", "--yes", "--no-install-recommends"]
    if answers([*wanted, *packages]):
        return True
    run([*apt(), "update", "--quiet", "--quiet"])
    return run([*wanted, *packages]) == 0


# --- saying and running


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> int:
    say(sentence)
    return 1


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=str(ROOT), stdout=sys.stderr, check=False).returncode


def answers(command: list[str]) -> bool:
    """Whether the command can be run and is content; what it says is of no interest."""
    if not shutil.which(command[0]):
        return False
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdout=quiet, stderr=quiet, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
