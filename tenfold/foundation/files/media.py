"""What kind of file it is, by what it begins with and, for office files, by its name. Nobody's word is taken for it."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
OLD_OFFICE = {"xls": "application/vnd.ms-excel", "doc": "application/msword", "wps": "application/vnd.ms-works"}
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""What a browser may show in its place; everything else is only handed over to be saved."""


def media_type(start: bytes, name: str) -> str:
    """The media type of a file that begins so and bears this name."""
    for mark, kind in STARTS:
        if start.startswith(mark):
            return kind
    ending = name.rpartition(".")[2].lower()
    if start.startswith(b"PK\x03\x04"):
        return OFFICE.get(ending, UNKNOWN)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return OLD_OFFICE.get(ending, UNKNOWN)
    return "text/csv" if ending == "csv" and b"\0" not in start else UNKNOWN
