"""Sort keys and initials of Chinese names: the two databases order Chinese differently."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def _syllable(character: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(character, style=Style.TONE3, errors="default")[0]


def sort_key(name: str) -> str:
    """Pinyin with tones, syllable by syllable; other characters as they are, in lower case."""
    return " ".join(_syllable(c) for c in name.lower())[:240]


def initials(name: str) -> str:
    """The first letters of its syllables, as people type them to search."""
    return "".join(_syllable(c)[:1] for c in name.lower() if c.isalnum())[:60]
