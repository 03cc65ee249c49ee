"""The standard as data: what the file says, and faults that are named."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from fractions import Fraction

import pytest

from tenfold.pure.balance import StandardFault, parse

from .factories import FILE, standard

THRESHOLDS = {
    "highly_qualified_teachers": ("4.2", "5.3", "3.57", "4.505"),
    "backbone_teachers": ("1", "1", "0.85", "0.85"),
    "pe_arts_teachers": ("0.9", "0.9", "0.765", "0.765"),
    "teaching_area": ("4.5", "5.8", "3.825", "4.93"),
    "sports_area": ("7.5", "10.2", "6.375", "8.67"),
    "equipment": ("2000", "2500", "1700", "2125"),
    "network_rooms": ("2.3", "2.4", "1.955", "2.04"),
}
"""DOMAIN.md 3c (i): thresholds of primary and junior, and 85 % of each."""


def test_the_fourteen_thresholds_and_their_floors() -> None:
    found = {
        r.code: tuple(
            str(value)
            for value in (
                r.threshold["primary"],
                r.threshold["junior"],
                r.floor("primary", standard()),
                r.floor("junior", standard()),
            )
        )
        for r in standard().resources
    }
    assert found == {code: tuple(str(Fraction(v)) for v in values) for code, values in THRESHOLDS.items()}


def test_rule_limits_and_weights() -> None:
    s = standard()
    assert (s.document, s.effective) == ("教督〔2017〕6号", date(2017, 4, 19))
    assert (s.must_meet, s.floor) == (6, Fraction(17, 20))
    assert s.spread_limit == {"primary": Fraction(1, 2), "junior": Fraction(9, 20)}
    assert s.weights == {
        "primary": 1,
        "junior": Fraction(11, 10),
        "senior": Fraction(33, 25),
    }
    assert s.weights["senior"] / s.weights["junior"] == Fraction("1.2")
    assert s.class_limit == {"primary": 45, "junior": 50}
    assert (s.oversized, s.extreme, s.retention) == (56, 66, Fraction("0.95"))


def test_every_entry_says_how_sure_it_is_and_what_is_ours_is_marked() -> None:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tables = [data["standard"], *data["resource"], *data["readings"].values()]
    tables += [data[name] for name in ("rule", "spread", "split", "class_size", "retention", "application")]
    tables += [data["precondition"], *data["guarantee"], *data["quality"], *data["recognition"], *data["veto"]]
    for table in tables:
        assert table["sure"] in ("V", "K", "U")
        assert table.get("local", False) is (table["sure"] == "U")
    assert {"application", *(f"readings.{name}" for name in data["readings"])} == standard().local


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("must_meet = 6", "must_meet = 8", "must_meet = 8 of 7"),
        ("must_meet = 6", "", "rule.must_meet is missing"),
        ("floor = 0.85", 'floor = "85%"', "rule.floor should be a number"),
        ("floor = 0.85", "floor = 85", "rule.floor = 85 is no share"),
        ('code = "equipment"', 'code = "sports_area"', "sports_area stands twice"),
        ('["network_rooms"]', '["network_room"]', "network_room is not a field"),
        (
            "threshold = { primary = 2.3, junior = 2.4 }",
            "threshold = { primary = 2.3 }",
            "nothing of junior",
        ),
        ("threshold = { primary = 2.3, junior = 2.4 }", "", "resource network_rooms: threshold is missing"),
        ("primary = 4.2,", "primary = 0,", "resource highly_qualified_teachers: threshold.primary = 0"),
        ("music_area = 96", "", "guarantee music_art_rooms: music_area is missing"),
        ("music_area = 96", "music_area = -96", "guarantee music_art_rooms: music_area = -96 is no threshold"),
        ("backbone = 20", 'backbone = "a fifth"', "guarantee rotation: backbone should be a number"),
        ("backbone = 20", "backbone = 200", "guarantee rotation: backbone = 200 is no percentage"),
        ("built = 2010,", "", "guarantee school_size: relaxed.built is missing"),
        ('rule = "certified"', 'rule = "certifed"', 'guarantee certified: rule = "certifed" is none of'),
        ('code = "burden"', 'code = "planning"', "planning stands twice"),
        ("below = 0.15", "", "quality monitoring: at_least is missing"),
        ("at_least = 0.95", "", "retention.at_least is missing"),
        ("sports_area = 300,", "", "readings.least.price.sports_area is missing"),
        ("limit = { primary = 0.50", "limit = { primary = 0", "spread.limit.primary = 0"),
        ("[spread]", "[spreads]", "spread is missing"),
        (
            "weight = { primary = 1,",
            "weight = { primary = 0,",
            "split.weight.primary = 0",
        ),
        ("per = 1\n", 'per = "1"\n', "per should be int"),
        ("[rule]", "[rule", "Expected ']'"),
    ],
)
def test_a_fault_is_named(before: str, after: str, said: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(StandardFault, match=re.escape(said)):
        parse(text.replace(before, after, 1))


ITEMS = {"guarantee": 15, "quality": 9, "recognition": 1}


def test_all_thirty_two_items_are_there_in_their_order() -> None:
    s = standard()
    for part, count in ITEMS.items():
        assert [d.number for d in s.demands if d.part == part] == list(range(1, count + 1))
    assert len(s.resources) + sum(ITEMS.values()) == 32
    assert [d.number for d in s.demands if d.part == "veto"] == list(range(1, 8))


def test_the_numbers_of_the_demands() -> None:
    asked = {d.code: {k: str(v) for k, v in d.numbers.items()} for d in standard().demands if d.numbers}
    assert asked == {
        "music_art_rooms": {
            "classes": "12", "music_area": "96", "art_area": "90", "older.built": "2016", "older.music_area": "73",
            "older.art_area": "67", "small_rural.largest_class_below": "30", "small_rural.primary": "54",
            "small_rural.junior": "61",
        },
        "school_size": {
            "limit": "2000", "whole_through": "2500", "relaxed.built": "2010", "relaxed.migrants_above": "50",
            "relaxed.limit": "2400", "relaxed.whole_through": "3000",
        },
        "special_funds": {"at_least": "6000"},
        "trained_360h": {"at_least": "100"},
        "rotation": {"at_least": "10", "backbone": "20"},
        "certified": {"at_least": "100"},
        "near_enrolment": {"at_least.primary": "100", "at_least.junior": "95"},
        "senior_places": {"at_least": "50"},
        "left_behind_migrant": {"at_least": "85"},
        "disabled_enrolled": {"at_least": "95"},
        "training_funds": {"at_least": "5"},
        "monitoring": {"below": "3/20"},
        "recognition": {"at_least": "85"},
    }  # fmt: skip


def test_the_older_standard_is_a_file_too() -> None:
    older = parse(FILE.with_name("basic-balanced-2012.toml").read_text(encoding="utf-8"))
    assert (older.document, len(older.resources), older.composite, older.judges) == ("教督〔2012〕3号", 8, True, False)
    assert older.spread_limit == {"primary": Fraction("0.65"), "junior": Fraction("0.55")}
    assert all(f"resource.{r.code}" in older.local for r in older.resources)
