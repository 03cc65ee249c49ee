"""A Word file as its parts: trees by name, relations, content types."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"
DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part: the same data make the same file."""


def parsed(text: bytes) -> Any:
    """A tree; nothing outside is asked for, nothing is expanded."""
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


@dataclass
class Package:
    """The parts, in their order; a part that was asked for as a tree is written from it."""

    parts: dict[str, bytes]
    trees: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, content: bytes) -> Package:
        """From a file."""
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return cls({name: file.read(name) for name in file.namelist()})

    def tree(self, name: str) -> Any:
        """A part as a tree that may be altered."""
        if name not in self.trees:
            self.trees[name] = parsed(self.parts[name])
        return self.trees[name]

    def texts(self) -> list[str]:
        """The parts that hold text: the document, heads, feet and notes."""
        starts = ("word/document", "word/header", "word/footer", "word/footnotes")
        return [n for n in self.parts if n.startswith(starts) and n.endswith(".xml")]

    def add(self, name: str, text: bytes, content_type: str, kind: str) -> str:
        """A new part to which the document relates; returns the relation's id."""
        self.parts[name] = text
        types = self.tree(CONTENT_TYPES)
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)
        relations = self.tree(DOCUMENT_RELATIONS)
        known = {each.get("Id") for each in relations}
        number = next(n for n in range(1, len(known) + 2) if f"rIdT{n}" not in known)
        target = name.removeprefix("word/")
        etree.SubElement(
            relations, f"{{{RELATIONS}}}Relationship", Id=f"rIdT{number}", Type=f"{KINDS}/{kind}", Target=target
        )
        return f"rIdT{number}"

    def written(self) -> bytes:
        """The file."""
        for name, tree in self.trees.items():
            self.parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, text in self.parts.items():
                info = zipfile.ZipInfo(name, FIRST_DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(info, text)
        return out.getvalue()
