"""The parts of a place by which a value may be asked: ``stage=primary``, ``stage=primary,locale=rural``."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tenfold.foundation.holdings.words import LOCALE_GROUPS, STAGES

from .definitions import SPLITS, STAGE_SPLITS, Definition

ORDER = ("stage", "locale", "sector")


class UnknownSplit(ValueError):
    """A split that cannot be read, or that an indicator does not have."""


def choices(name: str) -> list[tuple[str, str]]:
    """The values of a split with their words."""
    if name == "stage":
        return [(code, str(title)) for code, title in STAGES]
    if name == "locale":
        return [(code, str(title)) for code, title in LOCALE_GROUPS]
    return [("public", _("Public")), ("private", _("Private"))]


@dataclass(frozen=True)
class Split:
    """A part of a place; each empty text means: not divided so."""

    stage: str = ""
    locale: str = ""
    sector: str = ""

    @classmethod
    def parse(cls, text: str) -> Split:
        """Read ``stage=primary,locale=rural``; raises :class:`UnknownSplit`."""
        found: dict[str, str] = {}
        for word in (w.strip() for w in text.split(",") if w.strip()):
            name, _equals, value = word.partition("=")
            if name in found or name not in ORDER or value not in dict(choices(name)):
                raise UnknownSplit(_("“%(text)s” is no split. Write stage=primary.") % {"text": text[:40]})
            found[name] = value
        split = cls(**found)
        if split.names not in (*SPLITS, *STAGE_SPLITS):
            raise UnknownSplit(_("“%(text)s” is not counted. Split by stage and one more at most.") % {"text": text})
        return split

    @property
    def names(self) -> str:
        """By what is split: ``stage,locale``."""
        return ",".join(name for name in ORDER if getattr(self, name))

    @property
    def code(self) -> str:
        """As it is written."""
        return ",".join(f"{name}={getattr(self, name)}" for name in ORDER if getattr(self, name))

    @property
    def words(self) -> list[str]:
        """In the reader's words: 小学, 乡村."""
        return [dict(choices(name))[getattr(self, name)] for name in ORDER if getattr(self, name)]


def fitting(definition: Definition, split: Split) -> Split:
    """The split at which an indicator is told: its first stage where it has a meaning only by stage.

    Raises :class:`UnknownSplit` where the indicator is not divided so.
    """
    if definition.indicator.only_by == "stage" and not split.stage:
        split = Split("primary", split.locale, split.sector)
    if split.names not in definition.splits:
        raise UnknownSplit(_("%(code)s is not divided so.") % {"code": definition.code})
    return split
