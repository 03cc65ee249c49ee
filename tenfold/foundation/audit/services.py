"""Entries of the audit."""
from typing import Any


def record(action: str, *, subject: str = "", place: str = "", before: Any = None, after: Any = None, why: str = "", count: int | None = None) -> None:
    """Append an entry (placeholder until the model stands)."""
