"""Fields with a class, and columns encrypted at rest.

Every field of every model is public, internal, sensitive, child or wellbeing (个人信息保护法 art. 28
and 31; 未成年人保护法 art. 72); whoever shows, exports or counts it asks :func:`class_of`. What is
sensitive and above is kept in :class:`EncryptedText`, with the algorithm and the key named beside the value,
and is masked on pages.
"""

from .classes import CLASSES, class_of, classed, unclassed_fields
from .encrypted import EncryptedJSON, EncryptedText
from .keys import Unreadable, keyed_hash
from .masks import mask

__all__ = [
    "CLASSES",
    "EncryptedJSON",
    "EncryptedText",
    "Unreadable",
    "class_of",
    "classed",
    "keyed_hash",
    "mask",
    "unclassed_fields",
]
