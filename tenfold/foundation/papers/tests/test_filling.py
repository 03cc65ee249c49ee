"""A template that an officer may edit is code: what it may do, and what it is told when it may not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenfold.foundation.papers import checking
from tenfold.foundation.papers.data import bars, noted
from tenfold.foundation.papers.faults import PaperFault
from tenfold.foundation.papers.filling.template import fill
from tenfold.foundation.papers.rendering import filled

from .making import changed, template, text_of

SMALL = {"memory": 400 * 2**20, "seconds": 1}
RELATIONS = "word/_rels/document.xml.rels"


def refusal(word: bytes, data: dict[str, object], **limits: int) -> PaperFault:
    """The fault by which it is refused."""
    with pytest.raises(PaperFault) as caught:
        filled(word, data, limits=limits or None)
    return caught.value


def test_values_notes_and_charts_come_into_the_paper():
    word = template("{{ title }}", "{%p for each in late %}", "{{ each.name }}", "{%p endfor %}", "{{ chart }}")
    data = {"title": noted("逾期6项", "已经逾期：时限已过。"), "late": [{"name": "甲"}, {"name": "乙"}],
            "chart": bars("图", "%", [("甲", 1), ("乙", None)])}  # fmt: skip
    paper = filled(word, data)
    assert text_of(paper).split("\n")[:3] == ["逾期6项", "甲", "乙"]
    parts = {**checked_parts(paper)}
    assert "已经逾期：时限已过。" in parts["word/footnotes.xml"]
    assert "word/charts/chartT1.xml" in parts


def checked_parts(word: bytes) -> dict[str, str]:
    """Its parts as text."""
    import io
    import zipfile

    checking.check(word)
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


@pytest.mark.parametrize(
    "tag",
    ["{{ ''.__class__ }}", "{{ 标题.__init__.__globals__ }}", "{% for a in ().__class__.__mro__ %}{% endfor %}"],
)  # fmt: skip
def test_what_reaches_into_the_interpreter_is_refused(tag):
    fault = refusal(template("一、总体情况", tag), {"title": "x"})
    assert fault.code == "unsafe"
    assert "所在段落" in str(fault) or "paragraph" in str(fault)


@pytest.mark.parametrize(
    "tag",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}纲举目张纲举目张{% endfor %}{% endfor %}",
        "{{ 'x' * 999999999 * 9 }}",
    ],
)  # fmt: skip
def test_what_takes_all_time_or_memory_is_stopped(tag):
    assert refusal(template(tag), {}, **SMALL).code in ("too_long", "too_large", "cannot")


def test_an_unknown_name_is_told_with_its_paragraph():
    fault = refusal(template("一、总体情况", "本期逾期{{ 逾期总数 }}项。"), {"title": "x"})
    assert (fault.code, fault.word) == ("unknown", "逾期总数")
    assert fault.paragraph == "本期逾期{{ 逾期总数 }}项。"


@pytest.mark.parametrize(
    ("text", "code"),
    [("{{ 标题", "left_over"), ("｛｛标题｝｝", "left_over"), ("{% if 标题 %}", "syntax"), ("{{ 标题 | }}", "syntax")],
)
def test_what_is_written_wrongly_is_told(text, code):
    assert refusal(template(text), {"title": "x"}).code in (code, "syntax")


def test_what_points_outside_or_runs_is_refused_before_it_is_opened():
    good = template("{{ title }}")
    link = '<Relationship Id="rX" Type="x" Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
    field = '<w:instrText>INCLUDETEXT "c:\\secret"</w:instrText></w:p>'
    bad = {
        "no_word": b"PK\x03\x04 no",
        "outside": changed(good, RELATIONS, "</Relationships>", link),
        "macros": changed(good, "word/vbaProject.bin", "", "x"),
        "embedded": changed(good, "word/embeddings/oleObject1.bin", "", "x"),
        "field": changed(good, "word/document.xml", "</w:p>", field),
    }
    for code, word in bad.items():
        with pytest.raises(PaperFault) as caught:
            checking.check(word)
        assert caught.value.code == code
    checking.check(good)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=40))
def test_a_value_comes_out_as_it_went_in_and_is_never_read_as_a_tag(text):
    made = text_of(fill(template("前{{ title }}后"), {"标题": text}))
    assert made.replace(" ", "") == f"前{text}后".replace(" ", "").replace(" ", " ")
