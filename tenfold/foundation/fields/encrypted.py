"""A text column that is encrypted at rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models

from .keys import opened, seal

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class EncryptedText(_Text):
    """Text kept under the data keys, bound to its table and column. Of class ``sensitive`` unless said otherwise.

    It can be asked for being null, and for nothing else: two sealed values of one text differ, so a look-up
    goes by a column of :func:`.keyed_hash`. The empty text stays empty. Reading raises :class:`.Unreadable`
    where a value was changed by hand, moved from elsewhere, or was never sealed.
    """

    tenfold_class = "sensitive"

    def deconstruct(self) -> Any:
        """Migrations name the field by its public place."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "tenfold.foundation.fields.EncryptedText", args, kwargs

    def bound(self) -> str:
        """What a value of this column is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_lookup(self, lookup_name: str) -> Any:
        """Only ``isnull``; Django tells whoever asks for more that it is unsupported."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal on the way to the database."""
        if value in (None, "") or hasattr(value, "as_sql"):
            return value
        return seal(str(value), self.bound())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Open on the way back."""
        return opened(value, self.bound()) if value else value


class EncryptedJSON(EncryptedText):
    """Plain data kept as sealed text: rows that somebody sent, which may hold anything. Null stays null."""

    def deconstruct(self) -> Any:
        """Migrations name the field by its public place."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "tenfold.foundation.fields.EncryptedJSON", args, kwargs

    def to_python(self, value: Any) -> Any:
        """Data are data already."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """No text is made of it before it is sealed."""
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal on the way to the database."""
        if value is None or hasattr(value, "as_sql"):
            return value
        return seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), self.bound())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Open on the way back."""
        return json.loads(opened(value, self.bound())) if value else None
