"""Retention over the three years of junior secondary (初中三年巩固率)."""

from __future__ import annotations

from fractions import Fraction

from .counts import Known, exact


def retention(
    graduates: Known | None,
    transfers_in: Known | None,
    transfers_out: Known | None,
    intake: Known | None,
    deaths: Known | None,
) -> Fraction | None:
    """(graduates − transfers in + transfers out) ÷ (intake of three years ago − deaths).

    None where one of the five is unknown or nobody is left to retain. Judged for the county.
    """
    known = [exact(value) for value in (graduates, transfers_in, transfers_out, intake, deaths)]
    stayed, came, went, began, died = known
    if stayed is None or came is None or went is None or began is None or died is None or began <= died:
        return None
    return (stayed - came + went) / (began - died)
