"""What pages and papers read of the programme."""

from ..reading import ProgrammeFault
from .drafts import Understood, all_kept, draft, drafts, table_of, understood, understood_draft
from .frame import Below, Line, Overview, Proof, RoomPage, Row, coverage, overview, room
from .lights import Lit, lights, of_task, whole
from .standing import entries, from_file, in_force, place_in_file, planned, programme

__all__ = [
    "Below",
    "Line",
    "Lit",
    "Overview",
    "ProgrammeFault",
    "Proof",
    "RoomPage",
    "Row",
    "Understood",
    "all_kept",
    "coverage",
    "draft",
    "drafts",
    "entries",
    "from_file",
    "in_force",
    "lights",
    "of_task",
    "overview",
    "place_in_file",
    "planned",
    "programme",
    "room",
    "table_of",
    "understood",
    "understood_draft",
    "whole",
]
