"""One English id has one Chinese: the catalogues of all packages meet in one, where only one of two would be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel.messages.pofile import read_po

from tests.support.fixtures import ROOT

EXCEPTIONS = {
    ("list", ", "): "between clauses in some packages, between names in others",
    (None, "Concluded"): "a state by itself, and the heading of a column",
    (None, "Pupils enrolled in their zone"): "a cell of the return, and the share that is made of it",
    (None, "Pupils"): "people on a page, and the cell of the return that counts them",
    (None, "classes"): "the unit of a figure, and a word within a sentence",
}
"""Ids that still have two, each with its reason. It only shrinks: give a new one a context, or plainer English."""


def clashes(files: Iterable[Path]) -> dict[tuple[str | None, str], dict[str, list[str]]]:
    """By context and id: the packages by what they say in Chinese, where they do not agree."""
    found: dict[tuple[str | None, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        with file.open("rb") as stream:
            for message in read_po(stream):
                if message.id:
                    one, said = (x if isinstance(x, str) else x[0] for x in (message.id, message.string))
                    found[message.context, one][said].append(file.parents[3].name)
    return {key: dict(said) for key, said in found.items() if len(said) > 1}


def test_no_word_has_two_translations():
    found = clashes(ROOT.glob("tenfold/**/locale/zh_Hans/LC_MESSAGES/django.po"))
    told = "\n".join(f"{key}: {found[key]}" for key in sorted(set(found) - set(EXCEPTIONS), key=str))
    assert not told, f"give one of them a context (msgctxt), or plainer English:\n{told}"
    assert not set(EXCEPTIONS) - set(found), "settled: take them out of EXCEPTIONS"


def test_two_translations_are_seen(tmp_path):
    files = []
    for package, word in (("one", "撤销"), ("two", "已停用")):
        folder = tmp_path / package / "locale" / "zh_Hans" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        files.append(folder / "django.po")
        files[-1].write_text(f'msgid ""\nmsgstr "Language: zh_Hans\\n"\n\nmsgid "Closed"\nmsgstr "{word}"\n', "utf-8")
    assert clashes(files) == {(None, "Closed"): {"撤销": ["one"], "已停用": ["two"]}}
