"""What pages and papers read of the programme."""

from ..reading import ProgrammeFault
from .frame import Below, Line, Overview, Proof, RoomPage, Row, coverage, overview, room
from .lights import Lit, lights, of_task, whole
from .standing import entries, from_file, in_force, planned, programme

__all__ = [
    "Below",
    "Line",
    "Lit",
    "Overview",
    "ProgrammeFault",
    "Proof",
    "RoomPage",
    "Row",
    "coverage",
    "entries",
    "from_file",
    "in_force",
    "lights",
    "of_task",
    "overview",
    "planned",
    "programme",
    "room",
    "whole",
]
