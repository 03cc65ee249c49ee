"""The audit's page speaks in words: who, what and of what."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.utils.translation import override

from tenfold.foundation.acts import permitted
from tenfold.foundation.audit import queries, services, wording
from tenfold.foundation.declare import house
from tenfold.foundation.scope import as_system


def services_of(package: str) -> set[str]:
    """The services of a package of the foundation, as the audit names them."""
    place = f"tenfold.foundation.{package}.services"
    if find_spec(f"tenfold.foundation.{package}") is None or find_spec(place) is None:
        return set()
    root = import_module(place)
    modules = [root, *(module for module in vars(root).values() if getattr(module, "__name__", "").startswith(place))]
    marked = (getattr(found, "tenfold_service", None) for module in modules for found in vars(module).values())
    return {wording.short(mark[0]) for mark in marked if mark and mark[0].startswith(f"foundation.{package}.")}


@pytest.mark.parametrize("package", ["access", "organisations", "people", "exchange"])
def test_every_service_has_its_words(package):
    named = {f"{package}.{name}" for name, _title in house().manifests[package].acts}
    assert services_of(package) - named == set(), "give them words in the manifest: acts=((name, words), …)"


@pytest.mark.django_db
def test_an_entry_is_told_and_found_in_chinese():
    with as_system("command line"), permitted("service"), override("zh-hans"):
        services.record("foundation.exchange.writing._write", subject="import:12")
        services.record("foundation.people.appoint", subject="person:3")
        services.record("of.old", subject="thing:1")
        old, appointed, written = list(queries.entries())[:3]
        assert (wording.actor(written.actor), wording.act(written.action), wording.subject(written.subject)) == (
            ("系统：命令行", ""), "写入表格", ("数据导入", "12"),
        )  # fmt: skip
        assert (wording.act(old.action), wording.subject(old.subject)) == ("", ("", "thing:1"))
        assert [entry.pk for entry in queries.entries(action="写入表格")] == [written.pk]
        assert appointed.pk in {entry.pk for entry in queries.entries(action="appoint")}
        assert wording.actor("system:job:exchange.write")[0] == "系统：写入导入的表"
