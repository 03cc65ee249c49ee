"""The WSGI application. A house that does not fit does not start, whichever server runs it."""

import os

from django.core.checks import ERROR, run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
application = get_wsgi_application()

faults = [message for message in run_checks() if message.level >= ERROR]
if faults:
    raise SystemCheckError("\n".join(map(str, faults)))
