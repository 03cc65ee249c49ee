"""Opening a file."""

from __future__ import annotations

from typing import BinaryIO

from . import contents
from .models import StoredFile


def opened(file: StoredFile) -> BinaryIO:
    """The plain contents as a stream, readable from any place; nothing is written out, one chunk is held.

    Whoever has the record may open it: the scope has been asked when it was found. Raises FileNotFoundError where
    the contents are gone, ``fields.Unreadable`` where they were changed.
    """
    return contents.opened(file.digest)
