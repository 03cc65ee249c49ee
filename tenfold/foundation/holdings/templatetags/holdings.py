"""Words of coded values, and periods as people say them."""

from __future__ import annotations

from django import template

from tenfold.foundation.calendar import BadPeriod, Period
from tenfold.foundation.holdings.queries import words_of

register = template.Library()


@register.filter
def school_type(code: str) -> str:
    """办学类型."""
    return words_of("school_type", code)


@register.filter
def locale_word(code: str) -> str:
    """城乡分类."""
    return words_of("locale", code)


@register.filter
def period_title(code: str) -> str:
    """2023学年."""
    try:
        return Period.parse(code).title
    except BadPeriod:
        return code
