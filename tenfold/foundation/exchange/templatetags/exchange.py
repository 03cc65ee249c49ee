"""Small tags of the importer's pages."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def gap() -> str:
    """What stands between two sentences: a blank, and nothing in Chinese."""
    return "" if (get_language() or "").startswith("zh") else " "
