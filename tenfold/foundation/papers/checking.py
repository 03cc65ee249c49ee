"""Looking at a Word file that somebody sent, before anything opens it."""

from __future__ import annotations

import io
import re
import zipfile

from .faults import PaperFault

MOST_SENT = 10 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_PARTS = 800
MOST_XML = 20 * 2**20

MACROS = re.compile(r"vba|macroEnabled", re.IGNORECASE)
OUTSIDE = re.compile(rb"""<Relationship\b[^>]*TargetMode\s*=\s*["']External["'][^>]*>""", re.IGNORECASE)
TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']*)""")
EMBEDDED = re.compile(r"embeddings/|activeX/|afchunk|altChunk|customUI", re.IGNORECASE)
FETCHES = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|RD)\b")
INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"")
DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def check(content: bytes) -> None:
    """Raise :class:`PaperFault` for what is no Word file, is too large, holds macros or objects, or points outside."""
    if len(content) > MOST_SENT:
        raise PaperFault("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            entries = file.infolist()
            if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
                raise PaperFault("too_large")
            names = [e.filename for e in entries]
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise PaperFault("macros" if any(MACROS.search(n) for n in names) else "no_word")
            for entry in entries:
                _check_part(entry, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as fault:
        raise PaperFault("no_word") from fault


def holds_tags(content: bytes) -> bool:
    """Whether a Word file asks for any value: a paper that was filled already holds none, and would never change."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = file.read("word/document.xml").decode("utf-8", "replace")
    return "{{" in re.sub(r"<[^>]+>", "", text)


def _check_part(entry: zipfile.ZipInfo, file: zipfile.ZipFile) -> None:
    name = entry.filename
    if MACROS.search(name):
        raise PaperFault("macros")
    if EMBEDDED.search(name):
        raise PaperFault("embedded", word=name.rpartition("/")[2])
    if not name.endswith((".xml", ".rels")):
        return
    if entry.file_size > MOST_XML:
        raise PaperFault("too_large")
    text = file.read(name)
    if b"\0" in text[:4] or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.decode("utf-16", "replace").encode()
    if DECLARES.search(text):
        raise PaperFault("no_word")
    if name == "[Content_Types].xml" and MACROS.search(text.decode("utf-8", "replace")):
        raise PaperFault("macros")
    if name.endswith(".rels"):
        _check_relations(text)
    else:
        _check_fields(text.decode("utf-8", "replace"))


def _check_relations(text: bytes) -> None:
    for found in OUTSIDE.findall(text):
        target = TARGET.search(found)
        raise PaperFault("outside", word=target[1].decode("utf-8", "replace")[:60] if target else "")
    if EMBEDDED.search(text.decode("utf-8", "replace")):
        raise PaperFault("embedded", word="altChunk")


def _check_fields(text: str) -> None:
    told = " ".join(a or b for a, b in INSTRUCTION.findall(text))
    found = FETCHES.search(told) if told else None
    if found:
        raise PaperFault("field", word=found[1])
