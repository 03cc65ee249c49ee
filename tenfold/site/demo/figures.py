"""What the invented schools report: one annual return a school and school year, every figure seeded."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from math import ceil
from random import Random

from tenfold.foundation.holdings.words import BANDS, GRADES

from . import growth, quality
from .generator import City
from .growth import NEWEST
from .words import CITY, Row, School

PUPILS_PER_TEACHER = {"kindergarten": 11.0, "primary": 15.9, "junior": 11.6, "senior": 13.4, "vocational": 17.5,
                      "special": 3.2}  # fmt: skip
BUSY = {"urban": 1.1, "town": 1.02, "rural": 0.88}
"""Pupils per teacher beside the usual."""
FULL_CLASS = {"kindergarten": 32, "primary": 45, "junior": 50, "senior": 52, "vocational": 48, "special": 10}
CROWDED = 8
"""How many pupils more sit in a crowded class."""
LATE = 4
"""How many teaching points of a county have not yet sent the newest return; their file waits with faults."""
LATE_IN = "421223"
HOLES = ("area_sports", "equipment_value")
MUSIC, ART = (97, 112), (91, 105)


def code_of(year: int) -> str:
    """2023 → 2023-24."""
    return f"{year}-{(year + 1) % 100:02}"


class Figures:
    """The returns of a city, school by school."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.means = quality.means(city.seed, city.schools)
        self.newest = city.plan.years[-1]
        for place in city.places:
            for skew in quality.PROFILES[place.code].skews:
                self._skew(place.code, skew)

    def returns(self, county: str, year: int) -> list[Row]:
        """The returns of a county (or of the city's own schools) in a school year; in the newest some are missing."""
        silent = self.silent | self.late if year == self.newest else set()
        return [self.school_return(s, year) for s in self.city.of(county, year) if s.code not in silent]

    @cached_property
    def late(self) -> set[str]:
        """Those whose newest return waits with faults: small teaching points of one county."""
        points = [s.code for s in self.city.of(LATE_IN, self.newest) if s.kind == "point" and self.total(s) < 50]
        return set(sorted(points)[:LATE])

    @cached_property
    def silent(self) -> set[str]:
        """Those that sent no newest return."""
        found: set[str] = set()
        for place in self.city.places:
            asked = [s.code for s in self.city.of(place.code, self.newest) if s.school_type in ("211", "311")]
            dice = Random(f"{self.city.seed}|{place.code}|silent")
            found |= set(dice.sample(asked, min(quality.PROFILES[place.code].silent, len(asked))))
        return found

    @cached_property
    def holes(self) -> set[str]:
        """Those that left the columns blank which the standard asks for."""
        found: set[str] = set()
        for place in self.city.places:
            asked = [s.code for s in self.city.of(place.code, self.newest) if s.code in self.means]
            asked = [code for code in asked if code not in self.silent and not self.means[code].short]
            dice = Random(f"{self.city.seed}|{place.code}|holes")
            found |= set(dice.sample(asked, min(quality.PROFILES[place.code].holes, len(asked))))
        return found

    def pupils(self, school: School, year: int) -> dict[str, dict[int, int]]:
        """Pupils by stage and grade: cohorts move up year by year."""
        return {stage: {g: self._grade(school, stage, g, year) for g in GRADES[stage]} for stage in school.entry}

    def total(self, school: School) -> int:
        """All its pupils of the newest year."""
        return sum(sum(by_grade.values()) for by_grade in self.pupils(school, NEWEST).values())

    def _grade(self, school: School, stage: str, grade: int, year: int) -> int:
        if school.grades and grade not in school.grades:
            return 0
        entered = year - grade + GRADES[stage][0]
        luck = growth.chance(f"{self.city.seed}|{school.code}|{stage}|{entered}")
        return max(round(school.entry[stage] * growth.present(stage, grade, year, school.drift) * luck), 1)

    def _skew(self, county: str, skew: quality.Skew) -> None:
        """Give every fifth school of a county so much more of an item that its spread comes to what is wanted."""
        parts = []
        for school in self.city.schools:
            if school.county != county or not school.stands(NEWEST) or skew.stage not in school.entry:
                continue
            pupils = {stage: sum(grades.values()) for stage, grades in self.pupils(school, NEWEST).items()}
            if school.kind == "point" and pupils["primary"] < 50:
                continue
            divided = {stage: number for stage, number in pupils.items() if stage in quality.WEIGHTS}
            whole = quality.undivided(skew.item, divided) * self.means[school.code].ratios[skew.item]
            weighed = sum(quality.WEIGHTS[stage] * number for stage, number in divided.items())
            part = whole * quality.WEIGHTS[skew.stage] * pupils[skew.stage] / weighed
            parts.append((school.code, part, float(pupils[skew.stage])))
        chosen = {code for code, _x, _p in sorted(parts, key=lambda part: part[2])[2::5]}
        factor = quality.skewed(parts, chosen, skew.spread) if chosen else 1.0
        for code in chosen:
            held = self.means[code]
            self.means[code] = replace(held, plenty={**held.plenty, skew.item: factor})

    def school_return(self, school: School, year: int) -> Row:
        """One school's return by address; what the school left blank is absent."""
        return _Return(self, school, year).row


class _Return:
    """One school's return of one year."""

    def __init__(self, figures: Figures, school: School, year: int) -> None:
        self.figures, self.school, self.year = figures, school, year
        seed = f"{figures.city.seed}|{school.code}"
        self.dice, self.steady = Random(f"{seed}|{year}"), Random(f"{seed}|steady")
        self.before = NEWEST - year
        self.profile = quality.PROFILES[school.county]
        self.means = figures.means.get(school.code)
        self.crowded = self.steady.random() < self.profile.crowded and school.locale[:2] in ("11", "12")
        built = school.built.year
        self.row: Row = {
            "school_code": school.code,
            "name": school.name_in(year),
            "boarding": "yes" if school.boarding else "no",
            "built_by_2010": "yes" if built <= 2010 else "no",
            "built_by_2016": "yes" if built <= 2016 else "no",
            "dense_centre": "yes" if school.locale == "111" and self.steady.random() < 0.2 else "no",
        }
        by_grade = figures.pupils(school, year)
        self.pupils = {stage: sum(grades.values()) for stage, grades in by_grade.items()}
        self.classes = {stage: self._classes(stage, grades) for stage, grades in by_grade.items()}
        for stage, number in self.pupils.items():
            self._children(stage, number)
            self._teachers(stage, number)
        self._rooms()
        self._money()
        if "junior" in school.entry:
            self._retention()
        self._blank()

    def _classes(self, stage: str, grades: dict[int, int]) -> int:
        bands = dict.fromkeys(BANDS, 0)
        full = FULL_CLASS[stage] + (CROWDED if self.crowded else 0)
        every = 0
        for grade, number in grades.items():
            classes = ceil(number / full)
            for index in range(classes):
                bands[_band(number // classes + (index < number % classes))] += 1
            self.row[f"pupils.{stage}.{grade}"] = number
            self.row[f"pupils_female.{stage}.{grade}"] = round(number * 0.468)
            self.row[f"classes.{stage}.{grade}"] = classes
            every += classes
        self.row.update({f"classes_{band}.{stage}": number for band, number in bands.items()})
        return every

    def _children(self, stage: str, pupils: int) -> None:
        row, dice, school = self.row, self.steady, self.school
        row[f"pupils_boarding.{stage}"] = round(pupils * dice.uniform(0.35, 0.8)) if school.boarding else 0
        migrants = {"urban": (0.08, 0.24), "town": (0.02, 0.08), "rural": (0.0, 0.01)}[school.group]
        row[f"pupils_migrant.{stage}"] = round(pupils * dice.uniform(*migrants))
        row[f"pupils_disabled.{stage}"] = pupils if stage == "special" else round(pupils * dice.uniform(0, 0.006))
        if stage in ("primary", "junior") and school.sector == "public":
            row[f"pupils_in_zone.{stage}"] = pupils if stage == "primary" else round(pupils * dice.uniform(0.965, 1.0))

    def _teachers(self, stage: str, pupils: int) -> None:
        """Teachers follow the pupils; degrees, backbone and subjects get better from year to year."""
        row, dice, held = self.row, self.steady, self._held(stage, pupils)
        qualified, backbone, artists = self._judged(stage, pupils, held)
        held = max(held, qualified, artists)
        row[f"teachers.{stage}"] = held
        postgraduate = round(held * (0.01 if stage == "primary" else 0.04))
        if stage in ("primary", "kindergarten"):
            specialist = round((qualified - postgraduate) * dice.uniform(0.35, 0.5)) if qualified > postgraduate else 0
            bachelor = max(qualified - specialist - postgraduate, 0)
        else:
            bachelor = max(qualified - postgraduate, 0)
            specialist = max(round((held - bachelor - postgraduate) * 0.95), 0)
        row[f"teachers_specialist.{stage}"] = specialist
        row[f"teachers_bachelor.{stage}"] = bachelor
        row[f"teachers_postgraduate.{stage}"] = min(postgraduate, held - bachelor - specialist)
        row[f"teachers_backbone.{stage}"] = min(backbone, held)
        music, art = round(artists * 0.28), round(artists * 0.27)
        row[f"teachers_pe.{stage}"] = artists - music - art
        row[f"teachers_music.{stage}"] = music
        row[f"teachers_art.{stage}"] = art
        row[f"teachers_arts.{stage}"] = 0
        row[f"teachers_english.{stage}"] = min(round(held * dice.uniform(0.06, 0.14)), held)
        row[f"teachers_science.{stage}"] = min(round(held * dice.uniform(0.04, 0.09)), held)
        row[f"teachers_psych.{stage}"] = int(pupils > 300) + int(pupils > 1500)
        row[f"teachers_certified.{stage}"] = held - int(self.profile.short > 0.2 and dice.random() < 0.1)
        hours = 1.0 if dice.random() < 0.6 else self.profile.hours
        row[f"teachers_360h.{stage}"] = held - round(held * (1 - hours) + 0.004 * held * self.before)
        self._rotation(stage, held)
        if stage in ("primary", "junior"):
            row[f"shared_pe_arts.{stage}"] = 1 if 50 <= pupils < 100 and self.school.group == "rural" else 0

    def _held(self, stage: str, pupils: int) -> int:
        usual = PUPILS_PER_TEACHER[stage] * BUSY[self.school.group] * self.steady.gauss(1, 0.04)
        return max(ceil(pupils / usual), 1 if self.school.kind == "point" else 3)

    def _judged(self, stage: str, pupils: int, held: int) -> tuple[int, int, int]:
        """Teachers above the required degree, backbone, of PE and arts: as the standard would find them."""
        if self.means is None or stage not in ("primary", "junior"):
            return round(held * 0.85), round(pupils / 100 * self.steady.uniform(0.6, 1.4)), round(held * 0.06)
        found = [
            quality.heads(quality.ASKED[item][stage], self.means.ratio(item, self.before), pupils)
            for item in quality.PEOPLE
        ]
        return min(found[0], held), found[1], found[2]

    def _rotation(self, stage: str, held: int) -> None:
        row, dice = self.row, self.dice
        eligible = round(held * self.steady.uniform(0.4, 0.65))
        moved = round(eligible * self.profile.moved * dice.uniform(0.7, 1.4) * 0.97**self.before)
        row[f"teachers_eligible.{stage}"] = eligible
        row[f"teachers_moved.{stage}"] = min(moved, eligible)
        row[f"teachers_moved_backbone.{stage}"] = round(min(moved, eligible) * dice.uniform(0.18, 0.36))

    def _rooms(self) -> None:
        """Rooms, grounds and equipment: built once, so that a growing school gets poorer per pupil."""
        row, dice = self.row, self.steady
        usual = {s: sum(g.values()) for s, g in self.figures.pupils(self.school, NEWEST).items()}
        teaching = ceil(self._built("teaching", usual))
        indoor = round(teaching * dice.uniform(0.02, 0.08)) if sum(usual.values()) > 400 else 0
        row["area_teaching"] = Decimal(teaching + indoor)
        row["area_indoor_sports"] = Decimal(indoor)
        row["area_sports"] = Decimal(ceil(self._built("sports", usual)))
        row["equipment_value"] = Decimal(ceil(self._built("equipment", usual) / 100) * 100)
        row["network_rooms"] = max(ceil(self._built("rooms", usual) / 100 - 1e-9), 1)
        taught = sum(n for s, n in self.classes.items() if s in ("primary", "junior"))
        needed = ceil(taught / 12) if taught else ceil(sum(self.classes.values()) / 18)
        few = self.school.kind == "point" or (self.profile.short > 0.2 and dice.random() < self.profile.short / 3)
        for kind, sizes in (("music", MUSIC), ("art", ART)):
            rooms = max(needed - int(few), 0)
            row[f"{kind}_rooms"] = rooms
            row[f"{kind}_area"] = Decimal(round(rooms * dice.uniform(*sizes)))

    def _built(self, item: str, usual: dict[str, int]) -> float:
        """What the school has of an undivided item."""
        if self.means is not None:
            return quality.undivided(item, usual) * self.means.ratio(item, self.before)
        asked = quality.ASKED[item]["primary" if "kindergarten" in usual else "junior"]
        return sum(usual.values()) * asked * self.steady.uniform(0.9, 1.3) * quality.GROWTH[item] ** self.before

    def _money(self) -> None:
        row, dice, pupils = self.row, self.steady, sum(self.pupils.values())
        better = 0.96**self.before
        row["books"] = round(pupils * dice.uniform(18, 34))
        row["computers"] = round(pupils * dice.uniform(0.08, 0.16) * better)
        # Schools under a hundred pupils are funded as a hundred.
        funds = round(max(pupils, 100) * dice.uniform(720, 980) * better * (7.5 if "special" in self.pupils else 1))
        row["funds_budget"] = Decimal(funds)
        row["funds_spent"] = Decimal(round(funds * self.dice.uniform(0.94, 1.0)))
        row["training_spent"] = Decimal(round(funds * self.profile.training * self.dice.uniform(0.92, 1.1)))

    def _retention(self) -> None:
        row, dice = self.row, self.dice
        intake = round(self.figures._grade(self.school, "junior", GRADES["junior"][0], self.year - 3))
        into, out = dice.randint(0, 4), dice.randint(0, 6)
        kept = round(intake * min(dice.gauss(self.profile.kept, 0.006), 1.0))
        row["intake_g7.junior"] = intake
        row["transfers_in.junior"] = into
        row["transfers_out.junior"] = out
        row["deaths.junior"] = 0
        row["graduates_g9.junior"] = max(kept + into - out, 0)

    def _blank(self) -> None:
        """What a school left blank: a figure of no weight here and there, and in one county those that weigh."""
        wanted = [a for a in ("books", "computers", "music_area", "funds_spent") if self.dice.random() < 0.01]
        if self.year == self.figures.newest and self.school.code in self.figures.holes:
            wanted += HOLES if self.dice.random() < 0.5 else HOLES[:1]
        for address in wanted:
            self.row.pop(address, None)


def _band(size: int) -> str:
    if size <= 25:
        return "le25"
    if size >= 66:
        return "ge66"
    low = (size - 1) // 5 * 5 + 1
    return f"{low}_{low + 4}"


def files(city: City) -> tuple[tuple[str, str], ...]:
    """Who sends a file each year: the city for its own schools, then the counties."""
    own = (CITY,) if any(s.parent == CITY[0] for s in city.schools) else ()
    return (*own, *((place.code, place.name) for place in city.places))
