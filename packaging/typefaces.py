"""Reduce the faces for other scripts to what letters need: `typefaces.py FOLDER`.

FOLDER holds the faces as they are published (docs/decisions/0019); fontTools must be installed.
Written to src/cmdesk/resources/fonts. Nothing of this runs when the program is built.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

OUT: Final = Path(__file__).parents[1] / "src/cmdesk/resources/fonts"
SHAPING: Final = (
    "ccmp,locl,mark,mkmk,init,medi,fina,isol,rlig,liga,calt,kern,curs,abvf,blwf,half,pres,abvs,"
    "blws,psts,haln,nukt,akhn,rphf,rkrf,pref,pstf,vatu,cjct,cfar,abvm,blwm,dist,clig"
)
DROPPED: Final = "STAT,DSIG,MATH,vhea,vmtx,VORG,BASE,meta,PCLT,LTSH,hdmx,VDMX"
SERIF: Final = (
    "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Khmer",
    "Lao", "Myanmar", "Tamil", "Telugu", "Thai",
)  # fmt: skip
FACES: Final = {
    **{f"NotoSerif{name}_400Regular": f"NotoSerif{name}-Regular" for name in SERIF},
    "NotoNaskhArabic_400Regular": "NotoNaskhArabic-Regular",
    "NotoNaskhArabic_700Bold": "NotoNaskhArabic-Bold",
    "NotoSerifHebrew_400Regular": "NotoSerifHebrew_400Regular",
    "NotoSerifHebrew_700Bold": "NotoSerifHebrew_700Bold",
    "NotoSansKR_400Regular": "NotoSansKR_400Regular",
    "NotoEmoji_400Regular": "NotoEmoji_400Regular",
    "DroidSansFallback_400Regular": "DroidSansFallbackFull",
}
# Chinese characters come from another face already.
ONLY: Final = {"NotoSansKR_400Regular": "U+0020,U+00A0,U+1100-11FF,U+3130-318F,U+AC00-D7A3"}


def main(asked: list[str]) -> int:
    if len(asked) != 1:
        print("usage: typefaces.py FOLDER", file=sys.stderr)
        return 2
    for name, source in FACES.items():
        reduce(Path(asked[0]) / f"{source}.ttf", OUT / f"{name}.ttf", ONLY.get(name, "*"))
    return 0


def reduce(source: Path, target: Path, characters: str) -> None:
    """Leave out hints, which are for small screens, and tables that nothing here reads."""
    command = [sys.executable, "-m", "fontTools.subset", str(source)]
    options = [
        f"--output-file={target}",
        f"--unicodes={characters}",
        f"--layout-features={SHAPING}",
        f"--drop-tables+={DROPPED}",
        "--name-IDs=0,1,2,3,4,5,6,13,14",
        "--no-hinting",
        "--notdef-outline",
    ]
    subprocess.run([*command, *options], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
