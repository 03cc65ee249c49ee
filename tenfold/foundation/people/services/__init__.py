"""Every write about people: posts (任职), and pupils where the bureau keeps them (学籍)."""

from .handovers import HandoverFault, hand_over, hand_posts
from .posts import appoint, end_appointment
from .pupils import NoPupils, PupilEntry, enrol, let_in_guardian, let_in_pupil

__all__ = [
    "HandoverFault",
    "NoPupils",
    "PupilEntry",
    "appoint",
    "end_appointment",
    "enrol",
    "hand_over",
    "hand_posts",
    "let_in_guardian",
    "let_in_pupil",
]
