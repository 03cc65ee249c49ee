"""Found the county in which processes are killed: ``python -m tests.crash.prepare SCHOOLS`` in its environment."""

from __future__ import annotations

import os
import sys

SCHOOLS_FROM = 9900100001


def code_of(number: int) -> str:
    """The code of the school with a number, from 0."""
    return str(SCHOOLS_FROM + number)


def main(schools: int) -> None:
    """The small cast, and so many schools in county A, through the importer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    import django

    django.setup()
    from tenfold.foundation.exchange.tests.making import table, written
    from tenfold.foundation.scope import as_system
    from tests.support.cast import small_county

    small_county()
    heads = ["学校标识码", "学校名称", "办学类型", "办学主体"]
    rows = [[code_of(number), f"第{number + 1}小学", "211", "公办"] for number in range(schools)]
    with as_system("tests"):
        batch = written(table(*rows, heads=heads), "organisations", under="990100", period="")
    assert batch.counts["written"] == schools, (batch.problem, batch.counts)


if __name__ == "__main__":
    main(int(sys.argv[1]))
