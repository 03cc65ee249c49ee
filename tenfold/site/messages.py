"""Message catalogues: one a package, extracted from code and templates, merged, compiled with Babel.

``python -m tenfold.site.messages`` extracts and merges (``--prune`` drops what is no longer said);
``--compile`` only compiles;
``--check`` lists what is untranslated and exits 1 where something is.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


HEAD = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def packages() -> Iterator[Path]:
    """Every package that may hold words."""
    yield PACKAGE / "site"
    for layer in ("foundation", "engines", "rooms"):
        yield from sorted(p for p in (PACKAGE / layer).iterdir() if (p / "__init__.py").exists())


def catalogue(package: Path) -> Path:
    """The package's Chinese catalogue."""
    return package / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def words_in(package: Path) -> Iterator[tuple[str, int, Any, str | None]]:
    """(file, line, message, context) of every translatable string of a package."""
    from django.utils.translation.template import templatize

    for path in sorted(package.rglob("*")):
        if "tests" in path.parts or "migrations" in path.parts or path.suffix not in (".py", ".html", ".txt"):
            continue
        if path.suffix == ".txt" and "templates" not in path.parts:
            continue
        text = path.read_text("utf-8")
        source = text if path.suffix == ".py" else templatize(text)
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=())
        for line, message, _comments, context in found:
            yield str(path.relative_to(PACKAGE.parent)), line, message, context


def merge(package: Path, prune: bool = True) -> Catalog | None:
    """Extract a package's words and merge them into its catalogue; None where it has none.

    ``prune`` leaves out what the code no longer says.
    """
    file = catalogue(package)
    old = read_po(file.open("rb"), locale="zh_Hans") if file.exists() else Catalog(locale="zh_Hans")
    new = Catalog(locale="zh_Hans", charset="utf-8", fuzzy=False, header_comment="")
    for _path, _line, message, context in words_in(package):
        if message:
            kept = old.get(message[0] if isinstance(message, tuple) else message, context)
            new.add(message, kept.string if kept else None, context=context)
    for kept in () if prune else old:
        if kept.id and new.get(kept.id, kept.context) is None:
            new.add(kept.id, kept.string, context=kept.context)
    return new if len(new) else None


def save(package: Path, new: Catalog) -> None:
    """Write the catalogue, sorted, without dates and places, so that it changes only with the words."""
    file = catalogue(package)
    file.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, new, no_location=True, sort_output=True, width=0, omit_header=True)
    file.write_text(HEAD + out.getvalue().decode(), "utf-8")


def compile_all() -> int:
    """Compile every catalogue that is newer than its .mo; returns how many."""
    count = 0
    for package in packages():
        po = catalogue(package)
        mo = po.with_suffix(".mo")
        if not po.exists() or (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime):
            continue
        with po.open("rb") as source:
            made = read_po(source, locale="zh_Hans")
        with mo.open("wb") as target:
            write_mo(target, made)
        count += 1
    return count


def untranslated(package: Path) -> list[str]:
    """Messages of the code that have no Chinese."""
    new = merge(package)
    missing = [m for m in new or () if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string)]
    return [f"{package.relative_to(PACKAGE.parent)}: {m.id}" for m in missing]


def main(arguments: list[str]) -> int:
    """The command."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if "--compile" not in arguments and "--check" not in arguments:
        for package in packages():
            new = merge(package, prune="--prune" in arguments)
            if new is not None:
                save(package, new)
    compile_all()
    missing = [line for package in packages() for line in untranslated(package)]
    if "--compile" not in arguments:
        print("\n".join(missing) or "every word has its Chinese")
    return 1 if missing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
