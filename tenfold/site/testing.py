"""Settings of the tests: as in production, in a folder that ends with the session, with a fast hasher and a set day."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="tenfold-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("TENFOLD_") and name != "TENFOLD_REAL_DATA"]:
    if not _name.startswith("TENFOLD_TEST_"):
        del os.environ[_name]
os.environ["TENFOLD_VAR"] = _folder
os.environ["TENFOLD_TODAY"] = "2023-10-16"
os.environ["TENFOLD_PUPILS"] = "1"  # so that every page is walked; what is off is tried in an installation of its own
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the thread of the test

from .settings import *  # noqa: E402, F403
from .settings import CONTENT_SECURITY_POLICY, DATABASES, INSTALLED_APPS, TEMPLATES  # noqa: E402

__all__ = ["CONTENT_SECURITY_POLICY", "DATABASES", "INSTALLED_APPS", "TEMPLATES"]

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
else:
    _database["CONN_MAX_AGE"] = 0
    _database["TEST"] = {"NAME": f"test_{os.getpid()}", "TEMPLATE": os.environ.get("TENFOLD_TEST_TEMPLATE") or None}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
globals()["ACCOUNT_RATE_LIMITS"] = False  # no lock-out between the tests
