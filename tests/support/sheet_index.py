"""What the contact sheet holds: where it lies, what stays out of it and why, and its index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "docs" / "pages"
WIDTHS = {1440: (0.45, 3400), 375: (0.8, 2600)}
"""By width: how far the picture is made smaller, and how much of a long page is kept, in pixels of the page."""

NOT_SHOWN: dict[str, str] = {
    "health": "one word for the machine that asks",
    "import_progress": "a piece of an import's page, which is shown",
    "progress": "a piece of a paper's page",
    **dict.fromkeys(
        "draft meeting paper notice_sent notice_paper job material pupil standard_material".split(),
        "of what nobody has made yet in a demonstration; the journeys go there",
    ),
    **dict.fromkeys(
        "period_table conference_table draft_file material_file table_docx table_xlsx tasks_table template_file trial"
        " version word pdf place_tables indicator_table indicator_rows standard_table import_faults import_file"
        " import_template export".split(),
        "a file",
    ),
}
"""Routes without a picture, each with its reason; a route that is neither here nor drawn fails a test of the house."""


@dataclass(frozen=True)
class Shown:
    """A page of the sheet. ``name``: of its route, and after two dashes of one more face of it."""

    name: str
    title: str
    who: str


def index(pages: list[Shown]) -> str:
    """The index as Markdown."""
    lines = [
        "# Every page", "",
        "<!-- drawn by: make pages -->", "",
        f"{len(pages)} pages of the demonstration (模拟数据), each at 1440 and at 375 pixels, made smaller; of a long "
        "page the beginning.", "",
        "| page | seen by | desk | phone |", "|---|---|---|---|",
    ]  # fmt: skip
    for shown in pages:
        pictures = " | ".join(f"![{shown.title}]({shown.name}-{width}.webp)" for width in WIDTHS)
        lines.append(f"| {shown.title}<br>`{shown.name}` | {shown.who} | {pictures} |")
    return "\n".join([*lines, ""])
