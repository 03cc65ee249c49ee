"""Splitting whole-through schools into one school a stage, before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .counts import Known, exact


def shares(pupils: Mapping[str, Known | None], weights: Mapping[str, Fraction]) -> dict[str, Fraction | None]:
    """What part of the undivided quantities each stage is given: pupils × weight over their sum.

    ``pupils``: by stage taught; ``weights``: what a pupil of the stage weighs (1 : 1.1 : 1.32). Stages
    without a weight (kindergarten, vocational) take no part. A school of one stage has the share 1
    even where its pupils are unknown; with several stages, one unknown makes all shares unknown; no
    pupil at all makes them unknown too. Known shares add up to 1.
    """
    taught = {stage: exact(count) for stage, count in pupils.items() if stage in weights}
    if len(taught) == 1:
        return dict.fromkeys(taught, Fraction(1))
    weighed = {stage: count * weights[stage] for stage, count in taught.items() if count is not None}
    whole = sum(weighed.values(), Fraction(0))
    if len(weighed) < len(taught) or whole == 0:
        return dict.fromkeys(taught)
    return {stage: weight / whole for stage, weight in weighed.items()}
