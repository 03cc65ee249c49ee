"""How a paper looks and which names a template may use, as ``standards/rules/papers.toml`` has it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
CHART = "$chart"
"""What marks a chart in the data."""
WORD = re.compile(r"(?<![\w'])[a-z][a-z_]*(?![\w'(])")


@dataclass(frozen=True)
class PaperRules:
    """``names``: from the name in the code to the word in a template's braces."""

    document: str
    page: Mapping[str, int]
    fonts: Mapping[str, list[str]]
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    names: Mapping[str, str]
    sheet: Mapping[str, float]

    @property
    def small(self) -> PaperRules:
        """The same for a sheet of one page."""
        page = {key: int(self.sheet.get(key, value)) for key, value in self.page.items()}
        return replace(self, page=page, sizes={key: self.sheet.get(key, value) for key, value in self.sizes.items()})

    def named(self, data: Any) -> Any:
        """The data under the words that a template uses."""
        if isinstance(data, dict):
            if CHART in data:
                return data
            return {self.names.get(key, key): self.named(value) for key, value in data.items()}
        return [self.named(each) for each in data] if isinstance(data, list) else data

    def tagged(self, text: str) -> str:
        """A text whose tags use the names of the code, with the words of a template in their place."""
        return TAG.sub(lambda tag: WORD.sub(lambda word: self.names.get(word[0], word[0]), tag[0]), text)


def rules() -> PaperRules:
    """The rules as the file stands now."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "papers.toml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> PaperRules:
    data = tomllib.loads(path.read_text("utf-8"))
    named = ("document", "page", "fonts", "sizes", "colours", "names", "sheet")
    return PaperRules(*(data[name] for name in named))
