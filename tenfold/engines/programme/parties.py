"""Who is meant by 各县市区, 市直学校, 基础教育科: the units of a task table found among the organisations.

The words that name many units at once are data (``standards/rules/parties.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tenfold.foundation.organisations.models import STEP, Kind, Organisation, under

LEVEL_OF = {
    Kind.CITY: "city", Kind.PROVINCE: "city", Kind.OFFICE: "city", Kind.COUNTY: "county", Kind.TOWNSHIP: "township",
    Kind.SCHOOL: "school", Kind.POINT: "school",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Words that name many units at once. ``under``: those directly below the programme's place alone; ``types``:
    beginnings of the school types that are meant, all where none is named.
    """

    code: str
    kind: str
    under: bool
    words: tuple[str, ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The organisations that a text means; none where it was not understood."""

    text: str
    organisations: tuple[Organisation, ...]
    group: str = ""


def groups() -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """The groups, and the words that may follow a place's name."""
    path = Path(settings.TENFOLD["STANDARDS"]) / "rules" / "parties.toml"
    return _groups(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _groups(path: Path, changed: int) -> tuple[tuple[Group, ...], tuple[str, ...]]:
    data = tomllib.loads(path.read_text("utf-8"))
    found = tuple(_group(row) for row in data["group"])
    return found, tuple(data["strip"])


def _group(row: dict[str, Any]) -> Group:
    spoken = tuple(normal(word) for word in row["words"])
    return Group(row["code"], row["kind"], row.get("under", False), spoken, tuple(row.get("types", ())))


def normal(text: str) -> str:
    """Without blanks, brackets of one kind."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


class Directory:
    """The open organisations below a place, by name; read once for many texts."""

    def __init__(self, place: Organisation) -> None:
        self.place = place
        everyone = list(Organisation.objects.filter(under(place.path)).order_by("path"))
        self.all = [each for each in everyone if each.closed_on is None]
        closed = sorted((each for each in everyone if each.closed_on), key=lambda each: each.closed_on)
        self.gone = {normal(each.name): each for each in closed}
        self.by_name: dict[str, list[Organisation]] = defaultdict(list)
        for each in self.all:
            self.by_name[normal(each.name)].append(each)
        self.groups, self.strip = groups()
        for each in self.all:
            bare = next((normal(each.name).removesuffix(w) for w in self.strip if normal(each.name).endswith(w)), "")
            if bare and bare not in self.by_name:
                self.by_name[bare] = [each]
        self.by_code = {each.code: each for each in self.all}
        self.offices = [(normal(each.name), each) for each in self.all if each.kind == Kind.OFFICE]
        self.found: dict[str, Found] = {}

    def find(self, text: str) -> Found:
        """The organisations meant by one text: a group, a name, a name with 教育局, the end of an office's name."""
        if text not in self.found:
            self.found[text] = self._find(text)
        return self.found[text]

    def _find(self, text: str) -> Found:
        wanted = normal(text)
        for group in self.groups:
            if wanted in group.words:
                return Found(text, tuple(self._members(group)), group.code)
        for name in (wanted, *(wanted.removesuffix(word) for word in self.strip if wanted.endswith(word))):
            if name in self.by_code:
                return Found(text, (self.by_code[name],))
            hits = self.by_name.get(name, [])
            if len(hits) == 1 or (hits and all(h.kind == Kind.OFFICE for h in hits)):
                return Found(text, (hits[0],))
            if name == normal(self.place.name):
                return Found(text, (self.place,))
        offices = [each for name, each in self.offices if wanted and name.endswith(wanted)]
        return Found(text, (offices[0],) if len(offices) == 1 else ())

    def known(self, text: str) -> bool:
        """Whether a text names a unit, or words that mean many."""
        found = self.find(text)
        return bool(found.organisations or found.group)

    def closed(self, text: str) -> Organisation | None:
        """The organisation of this name below the place that was closed, the last one where there were several."""
        wanted = normal(text)
        names = (wanted, *(wanted.removesuffix(word) for word in self.strip if wanted.endswith(word)))
        return next((self.gone[name] for name in names if name in self.gone), None)

    def find_all(self, texts: Iterable[str]) -> list[Found]:
        """The same for several texts."""
        return [self.find(text) for text in texts]

    def _members(self, group: Group) -> list[Organisation]:
        found = [each for each in self.all if each.kind == group.kind]
        if group.types:
            found = [each for each in found if each.school_type.startswith(group.types)]
        return [each for each in found if len(each.path) == len(self.place.path) + STEP] if group.under else found


def level_of(organisation: Organisation) -> str:
    """At which level an organisation answers: an office with the place it serves."""
    return LEVEL_OF.get(Kind(organisation.kind), "city")
