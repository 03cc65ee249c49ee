"""A masked field is opened: one field of one person, with a purpose, and it stands in the audit before it is shown."""

from __future__ import annotations

from django.db import transaction

from tenfold.foundation.acts import Refused
from tenfold.foundation.audit.services import looked
from tenfold.foundation.scope import require

from ..models import Guardianship, Person, Pupil
from ..queries import subject_of
from ..rights import OPEN_FIELDS
from ..words import FIELD_TITLES

LONGEST = 120
"""Characters of a purpose that somebody writes."""


def open_field(record: Pupil | Guardianship | Person, field: str, purpose: str) -> str:
    """The value of one guarded field. Raises ``Refused`` without the right, ValueError without field or purpose."""
    if not require().may(OPEN_FIELDS):
        raise Refused("people.open_field")
    if field not in FIELD_TITLES[type(record).__name__.lower()] or not purpose.strip():
        raise ValueError(field)
    with transaction.atomic():
        looked(f"{subject_of(record)}.{field}", purpose.strip()[:LONGEST])
    value: str = getattr(record, field)
    return value
