"""Footnotes: in the data a value carries its note between two marks; in the paper it stands at the page's foot.

A note told before is referred to by its number (a field of Word), so that the same definition stands once.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .parts import DOCUMENT, DOCUMENT_RELATIONS, Package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARK = re.compile("\ue100(.*?)\ue101", re.S)
PART = "word/footnotes.xml"
STYLES = "word/styles.xml"
STYLE = "TenfoldNote"
HALF_POINTS = "18"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
EMPTY = (
    f'<w:footnotes xmlns:w="{W}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote></w:footnotes>"
).encode()


def tag(name: str) -> str:
    """A name of the text's own language."""
    return f"{{{W}}}{name}"


def made(name: str, /, *children: Any, text: str = "", **attributes: str) -> Any:
    """An element of it."""
    element = etree.Element(tag(name), {tag(key): value for key, value in attributes.items()})
    element.extend(children)
    if text:
        element.text = text
        element.set(SPACE, "preserve")
    return element


def place(package: Package) -> None:
    """Put the notes of the document at the foot; heads and feet of pages can hold none, there they are left out."""
    for name in package.texts():
        if name != DOCUMENT and MARK.search(package.parts[name].decode("utf-8", "replace")):
            _dropped(package.tree(name))
    if not MARK.search("".join(package.tree(DOCUMENT).itertext())):
        return
    body = package.tree(DOCUMENT)
    notes = _part(package)
    _style(package)
    ids: dict[str, int] = {}
    again: list[tuple[Any, int]] = []
    first = max(int(each.get(tag("id"))) for each in notes) + 1
    for run in list(body.iter(tag("r"))):
        if MARK.search("".join(t.text or "" for t in run.iterchildren(tag("t")))):
            _split(run, ids, again, first)
    for text, number in ids.items():
        notes.append(_note(text, number))
    order = [int(each.get(tag("id"))) for each in body.iter(tag("footnoteReference"))]
    for shown, number in again:
        shown.text = str(order.index(number) + 1)


def _part(package: Package) -> Any:
    """The tree of the notes; a template that has none is given an empty one."""
    if PART not in package.parts:
        package.add(PART, EMPTY, TYPE, "footnotes")
    elif not any("footnotes" in each.get("Type", "") for each in package.tree(DOCUMENT_RELATIONS)):
        raise ValueError(PART)
    return package.tree(PART)


def _dropped(tree: Any) -> None:
    for text in tree.iter(tag("t")):
        text.text = MARK.sub("", text.text or "")


def _split(run: Any, ids: dict[str, int], again: list[tuple[Any, int]], first: int) -> None:
    """A run with marks becomes runs between which references stand."""
    properties = run.find(tag("rPr"))
    pieces: list[Any] = []
    for child in run:
        if child.tag == tag("t"):
            for word, note in _words(child.text or ""):
                if note:
                    pieces.extend(_reference(note, properties, ids, again, first))
                elif word:
                    pieces.append(_run(properties, made("t", text=word)))
        elif child.tag != tag("rPr"):
            pieces.append(_run(properties, copy.deepcopy(child)))
    parent, where = run.getparent(), run.getparent().index(run)
    parent.remove(run)
    for step, piece in enumerate(pieces):
        parent.insert(where + step, piece)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """(text, '') and ('', note) in turn."""
    for place_, piece in enumerate(MARK.split(text)):
        yield ("", piece) if place_ % 2 else (piece, "")


def _run(properties: Any, *children: Any, raised: bool = False) -> Any:
    run = made("r")
    own = copy.deepcopy(properties) if properties is not None else made("rPr")
    if raised:
        for each in own.findall(tag("vertAlign")):
            own.remove(each)
        own.append(made("vertAlign", val="superscript"))
    if len(own):
        run.append(own)
    run.extend(children)
    return run


def _reference(note: str, properties: Any, ids: dict[str, int], again: list[tuple[Any, int]], first: int) -> list[Any]:
    if note not in ids:
        number = ids[note] = first + len(ids)
        mark = f"_RefNote{number}"
        return [
            made("bookmarkStart", id=str(9000 + number), name=mark),
            _run(properties, made("footnoteReference", id=str(number)), raised=True),
            made("bookmarkEnd", id=str(9000 + number)),
        ]
    number = ids[note]
    shown = made("t", text="0")
    again.append((shown, number))
    told = f" NOTEREF _RefNote{number} \\h "
    return [
        _run(properties, made("fldChar", fldCharType="begin"), raised=True),
        _run(properties, made("instrText", text=told), raised=True),
        _run(properties, made("fldChar", fldCharType="separate"), raised=True),
        _run(properties, shown, raised=True),
        _run(properties, made("fldChar", fldCharType="end"), raised=True),
    ]


def _note(text: str, number: int) -> Any:
    raised = made("rPr", *_size(), made("vertAlign", val="superscript"))
    words = (made("r", raised, made("footnoteRef")), made("r", made("rPr", *_size()), made("t", text=f" {text}")))
    return made("footnote", made("p", made("pPr", made("pStyle", val=STYLE)), *words), id=str(number))


def _size() -> tuple[Any, Any]:
    return made("sz", val=HALF_POINTS), made("szCs", val=HALF_POINTS)


def _style(package: Package) -> None:
    """The style of notes, where the template has none of that name."""
    styles = package.tree(STYLES) if STYLES in package.parts else None
    if styles is None or any(each.get(tag("styleId")) == STYLE for each in styles):
        return
    plain = (made("snapToGrid", val="0"), made("spacing", line="240", lineRule="auto"), made("ind", firstLine="0"))
    styles.append(
        made(
            "style", made("name", val="Tenfold note"), made("pPr", *plain), made("rPr", *_size()),
            type="paragraph", customStyle="1", styleId=STYLE,
        )
    )  # fmt: skip
