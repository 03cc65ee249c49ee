"""docs/programme-coverage.md, written from the programme and the house, in Chinese and in English."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from . import queries


def document() -> str:
    """The whole page; a test holds the file equal to it."""
    parts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            parts.append(_section())
    return "<!-- written by: tenfold programme coverage --write docs/programme-coverage.md -->\n\n" + "\n".join(parts)


def _section() -> str:
    found = queries.from_file()
    rows = queries.coverage(found)
    threads = [row for row in rows if row.work in found.threads]
    counted = {"threads": len(threads), "counted": found.countable, "open": len(threads) - found.countable}
    heads = (_("Thread"), _("Page"), _("Counted from"), _("Indicators of effect"), _("Proven by"))
    beside = [row for row in rows if row.work not in found.threads]
    lines = [
        f"# {_('What is counted, and by what')}",
        "",
        _("%(threads)d threads: %(counted)d are counted by records that exist, %(open)d wait for theirs.") % counted,
        "",
        *_table(heads, threads),
        "",
        f"## {_('Beside the ten actions')}",
        "",
        *_table((_("Piece of work"), *heads[1:]), beside),
        "",
    ]
    return "\n".join(lines)


def _table(heads: tuple[str, ...], rows: list[queries.Proof]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return [*lines, *("| " + " | ".join(_cells(row)) + " |" for row in rows)]


def _cells(row: queries.Proof) -> tuple[str, ...]:
    work = row.work
    return (
        f"{work.number} {work.title}",
        f"{row.under} `{row.page}`" if row.page else _("%(under)s (no page yet)") % {"under": row.under},
        counted_from(row),
        row.told or "—",
        f"`{row.test}`" if row.test else "—",
    )


def counted_from(row: queries.Proof) -> str:
    """The record that counts it, or what is still missing."""
    work = row.work
    if not work.countable:
        return _("no record yet; waits for: %(record)s") % {"record": work.record_title}
    if work.later:
        return _("%(record)s; later: %(later)s") % {"record": work.record_title, "later": work.later_title}
    return work.record_title
