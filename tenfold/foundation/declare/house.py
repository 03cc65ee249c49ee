"""The assembled house: everything that was declared, by code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .facts import Fact
from .indicators import Indicator
from .words import (
    CHANNELS,
    Command,
    Criterion,
    Duty,
    Finder,
    Handover,
    JobKind,
    Manifest,
    MenuItem,
    NoticeKind,
    Panel,
    PaperKind,
    Reader,
    Right,
    Room,
)


class HouseFault(Exception):
    """A manifest that cannot stand: a code twice, an unknown fact, a missing right. Names the file."""


@dataclass
class House:
    """What the manifests declared. Built once at start by ``tenfold.site.house``."""

    manifests: dict[str, Manifest] = field(default_factory=dict)
    rights: dict[str, Right] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    readers: dict[str, Reader] = field(default_factory=dict)
    duties: dict[str, Duty] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)
    finders: dict[str, Finder] = field(default_factory=dict)
    criteria: dict[str, Criterion] = field(default_factory=dict)
    handovers: dict[str, Handover] = field(default_factory=dict)
    notices: dict[str, NoticeKind] = field(default_factory=dict)
    papers: dict[str, PaperKind] = field(default_factory=dict)
    jobs: dict[str, JobKind] = field(default_factory=dict)
    commands: dict[str, Command] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    menu: list[MenuItem] = field(default_factory=list)

    def add(self, manifest: Manifest, file: str) -> None:
        """Take a manifest in; raises :class:`HouseFault` naming ``file`` where a code stands twice."""
        self._put(self.manifests, manifest.name, manifest, file, "package")
        several = "rights facts indicators readers duties panels finders criteria handovers notices papers"
        for kind in several.split():
            for item in getattr(manifest, kind):
                self._put(getattr(self, kind), item.code, item, file, kind)
                self.owner[f"{kind}:{item.code}"] = manifest.name
        for job in manifest.jobs:
            self._put(self.jobs, job.name, job, file, "jobs")
        for command in manifest.commands:
            self._put(self.commands, command.name, command, file, "commands")
        if manifest.room:
            self._put(self.rooms, manifest.room.code, manifest.room, file, "rooms")
        self.menu.extend(manifest.menu)

    def check(self, files: dict[str, str]) -> None:
        """Indicators rest on declared facts; menu items, readers, panels, finders and papers on declared rights."""
        for code, indicator in self.indicators.items():
            file = files[self.owner[f"indicators:{code}"]]
            for fact, column in columns_of(indicator):
                if fact not in self.facts:
                    raise HouseFault(f"{file}: indicator {code} rests on the unknown fact {fact}")
                if all(c.name != column for c in self.facts[fact].columns):
                    raise HouseFault(f"{file}: indicator {code} rests on {fact}.{column}, which is not declared")
        for code, kind in self.notices.items():
            if unknown := set(kind.channels) - set(CHANNELS):
                raise HouseFault(
                    f"{files[self.owner[f'notices:{code}']]}: notice {code} names the channel {unknown.pop()}"
                )
        known = {*self.rights, "public", "signed_in"}
        for name, manifest in self.manifests.items():
            named: tuple[MenuItem | Reader | Panel | Finder | PaperKind, ...] = (
                *manifest.menu, *manifest.readers, *manifest.panels, *manifest.finders, *manifest.papers,
            )  # fmt: skip
            for item in named:
                if item.right.code not in known:
                    raise HouseFault(f"{files[name]}: the right {item.right.code} is not declared")

    @staticmethod
    def _put(where: dict[str, Any], code: str, item: Any, file: str, kind: str) -> None:
        if code in where:
            raise HouseFault(f"{file}: {kind} {code} is declared twice")
        where[code] = item

    def indicators_of(self, package: str) -> list[Indicator]:
        """The indicators that a package declares, in its order."""
        return [i for code, i in self.indicators.items() if self.owner[f"indicators:{code}"] == package]

    def panels_of(self, slot: str) -> list[Panel]:
        """The panels declared for a slot, in their order."""
        return sorted((p for p in self.panels.values() if p.slot == slot), key=lambda p: p.order)


def columns_of(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The (fact, column) pairs that an indicator rests on."""
    found: dict[tuple[str, str], None] = {}
    pending: list[Any] = [indicator.value]
    while pending:
        part = pending.pop(0)
        if hasattr(part, "columns"):
            found.update(dict.fromkeys(part.columns()))
        elif part is not None and hasattr(part, "__dataclass_fields__"):
            pending.extend(getattr(part, name) for name in part.__dataclass_fields__)
    return tuple(found)


_house: House | None = None


def install(new: House | None) -> None:
    """Set the assembled house (``tenfold.site.house`` at start; tests may set another for a while)."""
    global _house
    _house = new


def house() -> House:
    """The assembled house."""
    if _house is None:
        raise RuntimeError("the house is assembled when Django starts")
    return _house
