"""The real counties and towns that the invented schools stand in: names and codes from ``places.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Town:
    """A town or street: its centre (GCJ-02), the kilometres around it inside the county, the codes of its offices."""

    code: str
    name: str
    latitude: float
    longitude: float
    reach: float
    seat: bool
    offices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """A county with its towns, its share of the city's people, and its pupils by stage in the newest year."""

    code: str
    name: str
    office: str
    urban: bool
    share: float
    pupils: Mapping[str, int]
    towns: tuple[Town, ...]


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))


def city() -> tuple[str, str]:
    """Code and name of the city."""
    return _read()["city"]["code"], _read()["city"]["name"]


@cache
def counties() -> dict[str, Place]:
    """The counties by code, in the order of their codes."""
    return {row["code"]: _county(row) for row in _read()["county"]}


def _county(row: dict[str, Any]) -> Place:
    towns = tuple(_town(town, row["office"]) for town in row["towns"])
    return Place(row["code"], row["name"], row["office"], row["urban"], row["share"], row["pupils"], towns)


def _town(row: dict[str, Any], office: str) -> Town:
    number = row.get("offices", 1)
    words = [""] if number == 1 else [f"第{'一二三'[index]}" for index in range(number)]
    offices = tuple(
        (f"{row['code']}{index + 1:02}", f"{row['name']}{word}{office}") for index, word in enumerate(words)
    )
    latitude, longitude = row["at"]
    return Town(row["code"], row["name"], latitude, longitude, row["reach"], row.get("seat", False), offices)
