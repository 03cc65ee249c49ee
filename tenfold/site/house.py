"""The one list of packages, lowest first, and the assembly of what they declare."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

FOUNDATION = (
    "declare ui fields scope audit acts jobs calendar organisations files people access holdings desk exchange papers"
).split()
ENGINES = "notices indicators standards programme".split()
ROOMS = "civics alliances vocational teachers research inspection digital families reform conduct".split()

PACKAGES = [
    *(f"tenfold.foundation.{name}" for name in FOUNDATION),
    *(f"tenfold.engines.{name}" for name in ENGINES),
    *(f"tenfold.rooms.{name}" for name in ROOMS),
]


def assemble() -> None:
    """Read every manifest, check that they fit, and install the house. A fault stops the start."""
    from tenfold.foundation.declare import House, install

    new = House()
    files = {}
    for package in PACKAGES:
        if find_spec(f"{package}.manifest") is None:
            continue
        module = import_module(f"{package}.manifest")
        file = f"{package.replace('.', '/')}/manifest.py"
        files[module.MANIFEST.name] = file
        new.add(module.MANIFEST, file)
    new.check(files)
    install(new)
