"""Papers of the programme: their figures are the pages', a changed template is respected, nobody reads of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django.utils.module_loading import import_string

from tenfold.engines.programme import services as programme
from tenfold.engines.programme.models import Assignment, FrozenPeriod
from tenfold.foundation.access.queries import context_of_post
from tenfold.foundation.acts import Refused
from tenfold.foundation.calendar import Period, today
from tenfold.foundation.declare import house
from tenfold.foundation.files import queries as files
from tenfold.foundation.jobs.worker import carry_out, claim
from tenfold.foundation.papers import pdf, queries, services
from tenfold.foundation.papers.models import Paper, Template
from tenfold.foundation.papers.tests.making import changed, rows_of, text_of
from tenfold.foundation.scope import acting, as_system
from tests.support.cast import SmallCounty

from .test_periods import OnDay, on_day
from .test_plan import applied

__all__ = ["on_day"]
WORD = "word/document.xml"
SAID = "两所学校协议待盖章。"
QUARTER = Period.parse("2023Q4", "quarter")
KINDS = "weekly monthly quarterly half_year annual letter own".split()


@pytest.fixture(autouse=True)
def without_office(monkeypatch: Any) -> Callable[[], str]:
    """No LibreOffice but where a test asks for it: it takes seconds. Yields where it is."""
    found = pdf.office
    monkeypatch.setattr(pdf, "office", lambda: "")
    return found


@pytest.fixture
def county(counted_county: SmallCounty, on_day: OnDay) -> SmallCounty:
    """The fourth quarter is frozen, with what county A said of a light of its own."""
    on_day("2023-12-29")
    applied(counted_county)
    with as_system("tests"):
        programme.keep_periods()
        quarter = FrozenPeriod.objects.get(period="2023Q4")
        owed = Assignment.objects.get(task__number="1.1.1", organisation=counted_county.county_a)
    with acting(context_of_post(counted_county.county_officer_a.pk)):
        programme.explain(quarter, owed, SAID)
    on_day("2024-01-02")
    with as_system("tests"):
        programme.keep_periods()
    return counted_county


def written(person: Any, code: str, place: Any, period: Period | None = None) -> bytes:
    """A paper as somebody gets it."""
    kind = house().papers[f"programme.{code}"]
    with acting(context_of_post(person.pk)):
        template = queries.in_use(kind.code, place)
        return services.written(kind, place, period or Period.of(today(), kind.period), template)


def made(client: Client, place: Any, code: str, period: str) -> Paper:
    """Asked for on the page, made by a worker."""
    asked = client.post("/papers/make", {"place": place.code, "kind": f"programme.{code}", "period": period})
    assert asked.status_code == 302, asked.content.decode()[:500]
    job = claim()
    assert job is not None
    carry_out(job)
    with as_system("tests"):
        return Paper.objects.latest("pk")


@pytest.mark.django_db
def test_the_figures_of_the_quarterly_bulletin_are_those_of_the_page(
    county: SmallCounty, client_as: Callable[..., Client]
) -> None:
    client = client_as(county.city_officer)
    paper = made(client, county.city, "quarterly", "2023Q4")
    word = b"".join(client.get(f"/papers/{paper.pk}/word").streaming_content)  # type: ignore[attr-defined]
    page = client.get(f"/periods/2023Q4/?place={county.city.code}").content.decode()
    lead = re.sub(r"<[^>]+>|\s", "", page[page.index("tf-lead") :])
    heads, *_rows, total = rows_of(word, "办结率")
    counts = dict(zip(heads, total, strict=True))
    for name in ("任务", "已经逾期", "需要关注", "已办结"):
        assert f"{counts[name]}项" in lead, (name, counts, lead[:300])
    assert int(counts["已经逾期"]) > 0
    assert SAID in text_of(word)
    assert SAID in page
    assert "2023年12月31日定格" in text_of(word)
    assert "柳塘县" in text_of(word)


@pytest.mark.django_db
@pytest.mark.parametrize("code", KINDS)
def test_every_paper_is_made_and_its_sample_has_its_names(county: SmallCounty, code: str) -> None:
    kind = house().papers[f"programme.{code}"]
    place = county.county_a if code == "letter" else county.city
    assert "%(" not in text_of(written(county.city_officer, code, place))
    with acting(context_of_post(county.city_officer.pk)), translation.override("zh-hans"):
        data = import_string(kind.build)(place, Period.of(today(), kind.period))
        told = import_string(kind.sample)()
    assert set(data) == set(told)
    assert all(set(data[name][0]) <= set(told[name][0]) for name in data if isinstance(data[name], list) and data[name]
               and isinstance(data[name][0], dict))  # fmt: skip


@pytest.mark.django_db
def test_a_template_edited_in_word_is_respected_and_a_bad_one_told(
    county: SmallCounty, client_as: Callable[..., Client]
) -> None:
    client, place = client_as(county.city_officer), county.city
    address = f"/papers/templates/programme.quarterly/?place={place.code}"
    own = client.get(f"/papers/templates/programme.quarterly/word?place={place.code}").content

    def send(word: bytes) -> Any:
        return client.post(address, {"file": SimpleUploadedFile("季度通报.docx", word)})

    mine = changed(own, WORD, "一、总体情况", "一、全市总体推进情况")
    assert send(mine).status_code == 302
    assert "一、全市总体推进情况" in text_of(written(county.city_officer, "quarterly", place, QUARTER))
    assert "一、全市总体推进情况" in text_of(written(county.county_officer_a, "quarterly", county.county_a, QUARTER))
    bad = send(changed(own, WORD, "{{ 总体情况 }}", "{{ 总体概况 }}"))
    assert bad.status_code == 422
    assert "总体概况" in bad.content.decode()
    assert send(changed(own, WORD, "一、总体情况", "{{ ''.__class__ }}")).status_code == 422
    assert send(b"no word").status_code == 422
    assert send(written(county.city_officer, "quarterly", place, QUARTER)).status_code == 422
    assert client.post(address).status_code == 422
    with as_system("tests"):
        assert Template.objects.count() == 1
    assert client.post("/papers/templates/programme.quarterly/back", {"place": place.code}).status_code == 302
    assert "一、总体情况" in text_of(written(county.city_officer, "quarterly", place, QUARTER))
    assert client_as(county.head_a).get(address).status_code == 403
    assert client_as(county.county_admin_a).get(address).status_code == 404


@pytest.mark.django_db
def test_nobody_reads_of_others_shortcomings(county: SmallCounty, client_as: Callable[..., Client]) -> None:
    paper = made(client_as(county.city_officer), county.city, "quarterly", "2023Q4")
    for person in (county.head_a, county.county_officer_b, county.township_head_a):
        client = client_as(person)
        assert client.get(f"/papers/{paper.pk}/").status_code == 404
        assert client.get(f"/papers/{paper.pk}/word").status_code == 404
    told = text_of(written(county.head_a, "own", county.primary_a))
    assert county.primary_a.name in told
    others = (county.county_b, county.junior_a, county.whole_a, county.primary_b, county.city_run)
    assert not [place.name for place in others if place.name in told]
    head = client_as(county.head_a)
    for code, place in (("quarterly", county.primary_a), ("letter", county.county_a), ("own", county.county_a)):
        asked = head.post("/papers/make", {"kind": f"programme.{code}", "place": place.code, "period": "2023Q4"})
        assert asked.status_code in (404, 422)
    with acting(context_of_post(county.county_admin_a.pk)), pytest.raises(services.PaperFault):
        services.ask(house().papers["programme.letter"], county.county_a, Period.of(today(), "month"))
    with acting(context_of_post(county.teacher_a.pk)), pytest.raises(Refused):
        services.ask(house().papers["programme.own"], county.primary_a, Period.of(today(), "half_year"))


@pytest.mark.django_db
def test_foolish_asking_is_answered_in_words(county: SmallCounty, client_as: Callable[..., Client]) -> None:
    client = client_as(county.city_officer)
    good = {"kind": "programme.weekly", "place": county.city.code, "period": "2024W01"}
    for wrong in ({"kind": "x"}, {"period": "2024W99"}, {"period": "2031W01"}, {"period": ""}, {"period": "2023Q4"}):
        answer = client.post("/papers/make", {**good, **wrong})
        assert answer.status_code == 422
        assert "tf-fault" in answer.content.decode() or "tf-message" in answer.content.decode()
    old = made(client, county.city, "weekly", "2022W01")
    assert "方案尚未开始" in client.get(f"/papers/{old.pk}/").content.decode()
    assert client.get(f"/papers/{old.pk}/word").status_code == 404


@pytest.mark.django_db
def test_what_was_edited_is_kept_beside_what_was_made(county: SmallCounty, client_as: Callable[..., Client]) -> None:
    client = client_as(county.head_a)
    paper = made(client, county.primary_a, "own", "2023H2")
    mine = changed(_content(paper), WORD, "工作总结", "工作情况报告")
    sent = client.post(f"/papers/{paper.pk}/edited", {"file": SimpleUploadedFile("改.docx", mine)})
    assert sent.status_code == 302
    with as_system("tests"):
        new = Paper.objects.latest("pk")
    assert new.edited
    assert "工作情况报告" in text_of(_content(new))
    assert client.post(f"/papers/{paper.pk}/edited", {"file": SimpleUploadedFile("改.docx", b"x")}).status_code == 422
    assert client.get(f"/papers/{paper.pk}/word").status_code == 200


def _content(paper: Paper) -> bytes:
    with as_system("tests"):
        word = Paper.objects.select_related("word").get(pk=paper.pk).word
    assert word is not None
    with files.opened(word) as stream:
        return stream.read()


@pytest.mark.django_db
@pytest.mark.skipif(not pdf.office(), reason="LibreOffice (soffice) is not installed")
def test_the_quarterly_bulletin_opens_in_libreoffice(
    county: SmallCounty, without_office: Callable[[], str], monkeypatch: Any
) -> None:
    monkeypatch.setattr(pdf, "office", without_office)
    word = written(county.city_officer, "quarterly", county.city, QUARTER)
    assert pdf.as_pdf(word).startswith(b"%PDF-")


@pytest.mark.django_db
def test_without_libreoffice_a_line_says_so(county: SmallCounty, client_as: Callable[..., Client]) -> None:
    client = client_as(county.city_officer)
    paper = made(client, county.city, "weekly", "2024W01")
    page = client.get(f"/papers/{paper.pk}/").content.decode()
    assert "没有安装LibreOffice" in page
    assert client.get(f"/papers/{paper.pk}/pdf").status_code == 404
