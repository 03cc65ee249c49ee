"""The programme in the store: what is aimed at, who owes it, what was done, what was shown when."""

from .periods import Explanation, FrozenLight, FrozenPeriod
from .plan import Change, Level, Measure, PlaceTarget, Programme, Rule, Target
from .tables import DraftState, TableDraft
from .tasks import Assignment, Load, Material, MaterialState, Meeting, Origin, Part, Step, StepKind, Task

__all__ = [
    "Assignment",
    "Change",
    "DraftState",
    "Explanation",
    "FrozenLight",
    "FrozenPeriod",
    "Level",
    "Load",
    "Material",
    "MaterialState",
    "Measure",
    "Meeting",
    "Origin",
    "Part",
    "PlaceTarget",
    "Programme",
    "Rule",
    "Step",
    "StepKind",
    "TableDraft",
    "Target",
    "Task",
]
