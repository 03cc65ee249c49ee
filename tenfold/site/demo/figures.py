"""What the invented schools report: one annual return a school and school year, every figure seeded."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from random import Random

from tenfold.foundation.holdings.words import BANDS, GRADES

from .generator import County, Row, School

YEARS = (2021, 2022, 2023)
"""The school years of the demonstration, by the year in which they begin."""

COHORTS = {2013: 1.06, 2014: 1.08, 2015: 1.04, 2016: 1.0, 2017: 0.98, 2018: 0.99, 2019: 1.0, 2020: 1.03, 2021: 1.04,
           2022: 1.06, 2023: 1.02}  # fmt: skip
"""How large the years that enter school are, one beside the other."""

THRESHOLDS = {
    "teaching": {"primary": 4.5, "junior": 5.8},
    "sports": {"primary": 7.5, "junior": 10.2},
    "equipment": {"primary": 2000.0, "junior": 2500.0},
    "rooms": {"primary": 2.3, "junior": 2.4},
}
"""What the invented figures are scattered about; the standard itself stands in standards/."""

FAVOUR = {"urban": 0.97, "town": 1.08, "rural": 1.3}
PUPILS_PER_TEACHER = {"kindergarten": 11.0, "primary": 15.6, "junior": 11.6, "senior": 13.2, "vocational": 17.0,
                      "special": 3.2}  # fmt: skip
FULL_CLASS = {"kindergarten": 32, "primary": 45, "junior": 50, "senior": 52, "vocational": 48, "special": 10}
CROWDED = 4
"""How many pupils more sit in a class of the county's seat."""
SILENT = 4
"""How many schools have not yet sent the newest return."""


def code_of(year: int) -> str:
    """2023 → 2023-24."""
    return f"{year}-{(year + 1) % 100:02}"


def returns(county: County, year: int) -> list[Row]:
    """The returns of a school year, school by school; in the newest a few schools are still missing."""
    silent: set[str] = set()
    if year == YEARS[-1]:
        dice = Random(f"{county.seed}|silent")
        points = [school.code for school in county.schools if school.kind == "point"]
        silent = set(dice.sample(points, SILENT))
    return [school_return(county, school, year) for school in county.schools if school.code not in silent]


def school_return(county: County, school: School, year: int) -> Row:
    """One school's return by address; what the school left blank is absent."""
    dice = Random(f"{county.seed}|{school.code}|{year}")
    row: Row = {
        "school_code": school.code,
        "name": school.name,
        "boarding": "yes" if school.boarding else "no",
        "built_by_2010": "yes" if school.built.year <= 2010 else "no",
        "built_by_2016": "yes" if school.built.year <= 2016 else "no",
        "dense_centre": "yes" if school.locale == "111" and school.entry.get("primary", 0) > 260 else "no",
    }
    pupils = {stage: _pupils_and_classes(county, school, year, stage, row) for stage in school.entry}
    for stage, number in pupils.items():
        _of_stage(school, stage, number, row, dice)
    _teachers(county, school, year, pupils, row)
    _holdings(county, school, year, pupils, row)
    if "junior" in school.entry:
        _retention(county, school, year, row, dice)
    for address in _blank(school, row, dice):
        del row[address]
    return row


def _entered(county: County, school: School, stage: str, cohort: int) -> float:
    dice = Random(f"{county.seed}|{school.code}|{stage}|{cohort}")
    return school.entry[stage] * COHORTS.get(cohort, 1.0) * dice.gauss(1, 0.06)


def _pupils_and_classes(county: County, school: School, year: int, stage: str, row: Row) -> int:
    """Cohorts move up year by year, losing or gaining a few; returns the pupils of the stage."""
    bands = dict.fromkeys(BANDS, 0)
    first, total = GRADES[stage][0], 0
    for grade in GRADES[stage]:
        taught = not school.grades or grade in school.grades
        kept = 1 - 0.006 * (grade - first)
        number = max(round(_entered(county, school, stage, year - grade + first) * kept), 1) if taught else 0
        full = FULL_CLASS[stage] + (CROWDED if school.group == "urban" else 0)
        classes = max(round(number / full), 1) if number else 0
        for index in range(classes):
            bands[_band(number // classes + (index < number % classes))] += 1
        place = f"{stage}.{grade}"
        row[f"pupils.{place}"] = number
        row[f"pupils_female.{place}"] = round(number * 0.47)
        row[f"classes.{place}"] = classes
        total += number
    row.update({f"classes_{band}.{stage}": number for band, number in bands.items()})
    return total


def _band(size: int) -> str:
    if size <= 25:
        return "le25"
    if size >= 66:
        return "ge66"
    low = (size - 1) // 5 * 5 + 1
    return f"{low}_{low + 4}"


def _of_stage(school: School, stage: str, pupils: int, row: Row, dice: Random) -> None:
    row[f"pupils_boarding.{stage}"] = round(pupils * dice.uniform(0.35, 0.8)) if school.boarding else 0
    migrants = {"urban": (0.08, 0.26), "town": (0.02, 0.08), "rural": (0.0, 0.01)}[school.group]
    row[f"pupils_migrant.{stage}"] = round(pupils * dice.uniform(*migrants))
    row[f"pupils_disabled.{stage}"] = pupils if stage == "special" else round(pupils * dice.uniform(0, 0.006))
    if stage in ("primary", "junior") and school.sector == "public":
        row[f"pupils_in_zone.{stage}"] = round(pupils * dice.uniform(0.96, 1.0))


def _teachers(county: County, school: School, year: int, pupils: dict[str, int], row: Row) -> None:
    """Teachers follow the pupils slowly; degrees, backbone and subjects get better from year to year."""
    steady = Random(f"{county.seed}|{school.code}|teachers")
    favour = {"urban": 0.98, "town": 1.03, "rural": 1.12}[school.group] * steady.gauss(1, 0.05)
    better = 1 + 0.03 * (year - YEARS[0])
    for stage, number in pupils.items():
        held = max(round(number / PUPILS_PER_TEACHER[stage] * favour), 1 if school.kind == "point" else 4)
        degrees = {
            "primary": (0.36, 0.55, 0.02), "kindergarten": (0.62, 0.25, 0.0), "special": (0.4, 0.5, 0.03),
        }.get(stage, (0.16, 0.74, 0.05))  # fmt: skip
        specialist, bachelor, postgraduate = (int(held * part * steady.uniform(0.85, 1.0)) for part in degrees)
        row[f"teachers.{stage}"] = held
        row[f"teachers_specialist.{stage}"] = specialist
        row[f"teachers_bachelor.{stage}"] = min(bachelor + (year - YEARS[0]), held - specialist - postgraduate)
        row[f"teachers_postgraduate.{stage}"] = postgraduate
        row[f"teachers_backbone.{stage}"] = min(round(number / 100 * steady.uniform(0.75, 1.75) * better), held)
        for subject, share in (("pe", 0.42), ("music", 0.27), ("art", 0.27)):
            row[f"teachers_{subject}.{stage}"] = min(round(number / 100 * share * steady.uniform(0.8, 1.5)), held)
        row[f"teachers_arts.{stage}"] = 0
        row[f"teachers_english.{stage}"] = min(round(held * steady.uniform(0.06, 0.14)), held)
        row[f"teachers_science.{stage}"] = min(round(held * steady.uniform(0.04, 0.09)), held)
        row[f"teachers_psych.{stage}"] = int(number > 300) + int(number > 1500)
        row[f"teachers_certified.{stage}"] = held - int(steady.random() < 0.12)
        row[f"teachers_360h.{stage}"] = held - round(held * max(steady.gauss(0.02, 0.02), 0) / better)
        if stage in ("primary", "junior"):
            eligible = round(held * steady.uniform(0.4, 0.65))
            moved = round(eligible * steady.uniform(0.05, 0.16) * better)
            row[f"teachers_eligible.{stage}"] = eligible
            row[f"teachers_moved.{stage}"] = moved
            row[f"teachers_moved_backbone.{stage}"] = round(moved * steady.uniform(0.1, 0.35))
            row[f"shared_pe_arts.{stage}"] = 1 if 50 <= number < 100 and school.group == "rural" else 0


def _holdings(county: County, school: School, year: int, pupils: dict[str, int], row: Row) -> None:
    """Rooms, grounds, equipment and money: built once, so that a growing school gets poorer per pupil."""
    steady = Random(f"{county.seed}|{school.code}|holdings")
    usual = {stage: school.entry[stage] * len(school.grades or GRADES[stage]) for stage in pupils}
    all_pupils = sum(pupils.values())
    better = 1 + 0.04 * (year - YEARS[0])
    favour = FAVOUR[school.group]

    def built(what: str) -> float:
        """The usual pupils times what the standard asks for each, scattered."""
        asked = sum(n * THRESHOLDS[what].get(s, THRESHOLDS[what]["junior"]) for s, n in usual.items())
        return asked * favour * max(steady.gauss(1.06, 0.16), 0.6)

    teaching = round(built("teaching") + 60)
    indoor = round(teaching * steady.uniform(0.02, 0.08)) if all_pupils > 400 else 0
    rooms = max(ceil(sum(pupils.values()) / 600), 1) if all_pupils > 60 else 0
    row["area_teaching"] = Decimal(teaching)
    row["area_indoor_sports"] = Decimal(indoor)
    row["area_sports"] = Decimal(round(built("sports")))
    row["equipment_value"] = Decimal(round(built("equipment") * better, -2))
    row["network_rooms"] = max(round(built("rooms") / 100 * better), 1)
    for kind in ("music", "art"):
        row[f"{kind}_rooms"] = rooms
        row[f"{kind}_area"] = Decimal(round(rooms * steady.uniform(70, 110)))
    row["books"] = round(all_pupils * steady.uniform(18, 34))
    row["computers"] = round(all_pupils * steady.uniform(0.08, 0.16) * better)
    funds = round(all_pupils * steady.uniform(720, 980) * better) + 50_000
    row["funds_budget"] = Decimal(funds)
    row["funds_spent"] = Decimal(round(funds * steady.uniform(0.94, 1.0)))
    row["training_spent"] = Decimal(round(funds * steady.uniform(0.04, 0.07)))


def _retention(county: County, school: School, year: int, row: Row, dice: Random) -> None:
    intake = round(_entered(county, school, "junior", year - 3))
    into, out = dice.randint(0, 4), dice.randint(0, 6)
    row["intake_g7.junior"] = intake
    row["transfers_in.junior"] = into
    row["transfers_out.junior"] = out
    row["deaths.junior"] = 0
    row["graduates_g9.junior"] = max(intake + into - out - dice.randint(0, max(intake // 60, 1)), 0)


def _blank(school: School, row: Row, dice: Random) -> list[str]:
    """What a school left blank: a figure here and there, as happens."""
    wanted = ("equipment_value", "area_sports", "music_area", "teachers_backbone.primary", "teachers_360h.junior")
    return [address for address in wanted if address in row and dice.random() < 0.03]
