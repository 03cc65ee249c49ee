"""People: their posts, and, where the bureau keeps them, pupils with their enrolments and guardians."""

from .posts import Appointment, Person
from .pupils import ENDED, RUNNING, Enrolment, EnrolmentState, Guardianship, Pupil, Sex

__all__ = [
    "ENDED",
    "RUNNING",
    "Appointment",
    "Enrolment",
    "EnrolmentState",
    "Guardianship",
    "Person",
    "Pupil",
    "Sex",
]
