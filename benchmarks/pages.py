"""Queries of every page, in the environment of an installation with the demo: ``python benchmarks/pages.py NAME``.

Prints JSON: per address the status of a warm request and how many queries it sent. NAME is a sign-in name.
"""

from __future__ import annotations

import json
import os
import sys

PAGES = [
    "/", "/actions/", "/actions/coverage/", "/rooms/alliances/", "/rooms/teachers/", "/schools/", "/schools/{school}/",
    "/indicators/", "/indicators/{indicator}/", "/indicators/{indicator}/source", "/imports/", "/imports/{batch}/",
    "/imports/{open}/", "/mine/", "/overview/", "/standards/balanced-compulsory-2017/", "/people/", "/search/?q=xx",
]  # fmt: skip
"""Every kind of page there is; what stands in braces is looked up in the installation."""


def addresses() -> dict[str, str]:
    """Page → address."""
    from tenfold.foundation.exchange.models import Batch, State
    from tenfold.foundation.holdings.models import SchoolYear
    from tenfold.foundation.scope import as_system

    with as_system("benchmarks"):
        returns = Batch.objects.filter(kind="school-return").order_by("-pk")
        waiting = returns.filter(state=State.CHECKED)[0]
        years = SchoolYear.objects.filter(organisation__path__startswith=waiting.organisation.path)
        year = years.order_by("-period", "pk").select_related("organisation")[0]
        names = {
            "school": year.organisation.code,
            "indicator": "alliances.backbone_teachers",
            "batch": str(returns.filter(state=State.WRITTEN, organisation=waiting.organisation_id)[0].pk),
            "open": str(waiting.pk),
        }
    return {page: page.format(**names) for page in PAGES}


def main(name: str) -> None:
    """Ask each page twice, and count the second time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tenfold.foundation.access.models import Account
    from tenfold.foundation.acts import permitted

    client = Client(headers={"host": "127.0.0.1"})
    with permitted("sign-in"):
        client.force_login(Account.objects.get(username=name), backend=settings.AUTHENTICATION_BACKENDS[0])
    told = {}
    for page, address in addresses().items():
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        told[page] = {"address": address, "status": answer.status_code, "queries": len(seen)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
