"""The arithmetic of the balanced standard for compulsory schooling, exact in rationals.

优质均衡: 《县域义务教育优质均衡发展督导评估办法》 教督〔2017〕6号; the spread (差异系数) after 教督〔2012〕3号.
Numbers go in, numbers come out: no Django, no clock, no file. Unknown is ``None`` and is never
taken for zero. Thresholds, limits and readings come from a :class:`Standard`, which a file of
``standards/`` describes.
"""

from .assess import Assessment, Missing, Row, Stage, all_of, assess, with_repair
from .classes import BANDS, ClassSize, band_of, classes_above, classify
from .conditions import Conditions, Rooms, Size, near, rooms, size
from .counts import School, StageCounts, exact
from .demands import PARTS, Demand
from .entries import StandardFault
from .items import Clause, Failing, Found
from .least import Need, full, least, stepped, together
from .retention import retention
from .rule import Item, Part, Verdict, in_scope, judge, parts
from .shortfall import Shortfall, shortfall, shortfalls
from .split import shares
from .spread import Spread, spreads
from .standard import Reading, Resource, Standard, parse

__all__ = [
    "BANDS",
    "PARTS",
    "Assessment",
    "ClassSize",
    "Clause",
    "Conditions",
    "Demand",
    "Failing",
    "Found",
    "Item",
    "Missing",
    "Need",
    "Part",
    "Reading",
    "Resource",
    "Rooms",
    "Row",
    "School",
    "Shortfall",
    "Size",
    "Spread",
    "Stage",
    "StageCounts",
    "Standard",
    "StandardFault",
    "Verdict",
    "all_of",
    "assess",
    "band_of",
    "classes_above",
    "classify",
    "exact",
    "full",
    "in_scope",
    "judge",
    "least",
    "near",
    "parse",
    "parts",
    "retention",
    "rooms",
    "shares",
    "shortfall",
    "shortfalls",
    "size",
    "spreads",
    "stepped",
    "together",
    "with_repair",
]
