"""The kinds of import that the packages declare, with all that reading one needs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import override

from tenfold.foundation.declare import Reader, house
from tenfold.foundation.declare.imports import ImportContext, ImportHandler

from .mappings import FieldMapping, read_mapping
from .models import Batch
from .vocabulary import Vocabulary

LANGUAGES = ("zh-hans", "en")


class UnknownKind(KeyError):
    """No package declares that kind of import."""


def reader_of(kind: str) -> Reader:
    """The declared reader; raises :class:`UnknownKind`."""
    if kind not in house().readers:
        raise UnknownKind(kind)
    return house().readers[kind]


@lru_cache(maxsize=16)
def _vocabulary(reader: Reader) -> Vocabulary:
    titles: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            for field in reader.fields:
                titles.setdefault(field.code, []).append(str(field.title))
    return Vocabulary(reader.fields, titles)


def vocabulary_of(kind: str) -> Vocabulary:
    """The words by which the fields of a kind are known, in every language of the house."""
    return _vocabulary(reader_of(kind))


def handler_class(kind: str) -> Any:
    """The class of the kind's handler."""
    return import_string(reader_of(kind).handler)


def guarded(kind: str) -> frozenset[str]:
    """The addresses of a kind whose cells tell of children: masked wherever a row is shown, not kept once written."""
    return getattr(handler_class(kind), "guarded", frozenset())


def masked(kind: str) -> frozenset[str]:
    """The addresses of a kind whose cells are masked beside the cell of another figure."""
    return getattr(handler_class(kind), "masked", frozenset())


def handler_for(batch: Batch) -> ImportHandler:
    """A fresh handler for an import."""
    context = ImportContext(batch.pk, batch.period, batch.organisation.code)
    handler: ImportHandler = handler_class(batch.kind)(context)
    return handler


def mapping_of(batch: Batch) -> FieldMapping | None:
    """The mapping file that came with it."""
    return read_mapping(batch.mapping, vocabulary_of(batch.kind), batch.kind) if batch.mapping else None


def title_of(kind: str, address: str) -> str:
    """An address in words: 小学 专任教师, 一年级 班数."""
    from .wording import address_title

    match = vocabulary_of(kind).at(address)
    return address_title(match) if match else address
