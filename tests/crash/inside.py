"""Runs one function on the installation that the environment names, and prints what it returns as JSON.

``python -m tests.crash.inside MODULE FUNCTION [ARGUMENTS AS JSON]``
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module


def main(module: str, function: str, arguments: str = "[]") -> None:
    """Set Django up and call it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    import django

    django.setup()
    print(json.dumps(getattr(import_module(module), function)(*json.loads(arguments)), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
