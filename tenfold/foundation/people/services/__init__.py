"""Every write about people: posts (任职), and pupils where the bureau keeps them (学籍)."""

from .posts import appoint, end_appointment
from .pupils import NoPupils, PupilEntry, enrol, let_in_guardian, let_in_pupil

__all__ = [
    "NoPupils",
    "PupilEntry",
    "appoint",
    "end_appointment",
    "enrol",
    "let_in_guardian",
    "let_in_pupil",
]
