"""Many indicators at many places at once: for whoever holds aims against values (the programme)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenfold.foundation.organisations.models import Kind
from tenfold.foundation.scope import require

from ..engine.definitions import ALL_LEVELS
from ..engine.splits import Split
from ..engine.values import Parts, Reader
from .lock import definition_of, opened, period_in
from .values import Value, made, nearest


@dataclass(frozen=True)
class Spot:
    """A place whose values are asked: the organisation's id, code, path, kind and name."""

    id: int
    code: str
    path: str
    kind: str
    name: str = ""


def at_places(
    wanted: Iterable[tuple[str, str]], spots: Sequence[Spot], period: str
) -> dict[tuple[str, str], dict[int, Value]]:
    """The values of (indicator, split) at many places, by the place's id; places out of scope are left out.

    Raises UnknownIndicator, UnknownPeriod. Reads each file once for all places of a level.
    """
    context = require()
    store, contents = opened()
    reader = Reader(store, contents, period_in(contents, period))
    levels: dict[str, list[Spot]] = {}
    for spot in spots:
        level = "school" if spot.kind in (Kind.SCHOOL, Kind.POINT) else spot.kind
        if level in ALL_LEVELS and context.reaches(spot.path):
            levels.setdefault(level, []).append(spot)
    found: dict[tuple[str, str], dict[int, Value]] = {}
    for code, split_text in dict.fromkeys(wanted):
        definition = definition_of(code)
        split = nearest(definition, Split.parse(split_text))
        values = found[code, split_text] = {}
        for level, here in levels.items():
            ids = [spot.id for spot in here]
            if level == "school":
                rows = {r.id: r.parts[code] for r in reader.schools_among([definition], "school", ids, split)}
            else:
                rows = reader.places([definition], level, ids, split)[code]
            for spot in here:
                parts = rows.get(spot.id, Parts())
                values[spot.id] = made(reader, definition, spot.code, spot.name, spot.id, level, split, parts)
    return found
