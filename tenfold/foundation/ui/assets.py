"""Bring the few named files of the npm packages to where static files are collected from.

Run as ``python -m tenfold.foundation.ui.assets`` after ``npm ci --ignore-scripts``. The packages
weigh 140 MB; two files of them are served. Lines that name source maps are left out, since the
maps are not shipped and the collection of static files would look for them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/LICENSE": "tabler.LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
}
"""What is served: the path inside ``node_modules`` and the name under ``static/vendor``."""
_MAP = re.compile(r"^[ \t]*(/\*#\s*sourceMappingURL=.*?\*/|//#\s*sourceMappingURL=.*)[ \t]*$", re.MULTILINE)


def without_maps(text: str) -> str:
    """The text of a style sheet or script without its ``sourceMappingURL`` lines."""
    return _MAP.sub("", text)


def copy(source: Path, target: Path) -> list[Path]:
    """Copy the named files from ``node_modules`` at ``source`` to ``target``; returns what was written.

    Raises :class:`FileNotFoundError` naming the file that the packages do not hold.
    """
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for origin, name in FILES.items():
        text = without_maps((source / origin).read_text(encoding="utf-8"))
        place = target / name
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.write_text(text, encoding="utf-8")
        written.append(place)
    return written


def main() -> None:
    """Copy, or say what is missing and how to get it."""
    try:
        copy(ROOT / "node_modules", ROOT / "build" / "static" / "vendor")
    except FileNotFoundError as fault:
        sys.exit(f"{fault.filename} is missing: run npm ci --ignore-scripts first")


if __name__ == "__main__":
    main()
