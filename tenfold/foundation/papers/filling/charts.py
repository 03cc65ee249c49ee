"""Charts: bars from zero, drawn by Word itself (a chart part), so that they stay sharp and can be altered there."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .notes import made, tag
from .parts import DOCUMENT, Package, parsed

MARK = re.compile("\ue102(\\d+)\ue103")
TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EMU = 36000
WIDTH, ROW, EDGE = 150, 8, 14
"""Millimetres: the width, a bar's share of the height, what stands above and below."""
KEY = "$chart"
"""What marks a chart in the data."""
INK, GREY = "3D78A8", "D2CEC5"
FACES = '<a:latin typeface="FangSong"/><a:ea typeface="FangSong"/>'


def place(package: Package, drawn: list[dict[str, Any]]) -> None:
    """Put each chart where its mark stands; one that the template left out is not drawn."""
    body, count = package.tree(DOCUMENT), 0
    for run in list(body.iter(tag("r"))):
        text = "".join(t.text or "" for t in run.iterchildren(tag("t")))
        found = MARK.search(text)
        if not found:
            continue
        chart, count = drawn[int(found[1])], count + 1
        name = f"word/charts/chartT{count}.xml"
        relation = package.add(name, _part(chart), TYPE, "chart")
        for each in list(run.iterchildren(tag("t"))):
            run.remove(each)
        run.append(made("drawing", _inline(chart, relation, count)))
    for each in body.iter(tag("t")):
        each.text = MARK.sub("", each.text or "")


def _height(chart: dict[str, Any]) -> int:
    return EDGE + int(chart.get("height", ROW)) * max(2, len(chart["rows"]))


def _inline(chart: dict[str, Any], relation: str, number: int) -> Any:
    title = quoteattr(f"{chart.get('title', '')}")
    return parsed(
        f'<wp:inline xmlns:wp="{WP}" xmlns:a="{A}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{WIDTH * EMU}" cy="{_height(chart) * EMU}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{7000 + number}" name="Chart {number}" descr={title}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline>".encode()
    )


def _part(chart: dict[str, Any]) -> bytes:
    """Horizontal bars, the first on top, each with its value; what is unknown has none."""
    rows = [(str(label), value) for label, value in chart["rows"]]
    title, unit = escape(str(chart.get("title", ""))), str(chart.get("unit", ""))
    form = quoteattr(f'General"{unit.replace(chr(34), "")}"') if unit else '"General"'
    labels = "".join(f'<c:pt idx="{i}"><c:v>{escape(label)}</c:v></c:pt>' for i, (label, _v) in enumerate(rows))
    values = "".join(
        f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, (_label, value) in enumerate(rows) if value is not None
    )
    count = f'<c:ptCount val="{len(rows)}"/>'
    words = f'<a:defRPr sz="1050" b="0">{FACES}</a:defRPr>'
    text = f'<c:txPr><a:bodyPr wrap="none"/><a:p><a:pPr>{words}</a:pPr><a:endParaRPr/></a:p></c:txPr>'
    none = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:roundedCorners val="0"/><c:chart>'
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{words}</a:pPr><a:r>"
        f'<a:rPr sz="1050" b="0">{FACES}</a:rPr><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>T!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{title}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode={form} sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{text}'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>T!$A$2:$A${len(rows) + 1}</c:f><c:strCache>{count}{labels}</c:strCache></c:strRef>"
        f"</c:cat><c:val><c:numRef><c:f>T!$B$2:$B${len(rows) + 1}</c:f><c:numCache><c:formatCode>General"
        f"</c:formatCode>{count}{values}</c:numCache></c:numRef></c:val></c:ser>"
        '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="{GREY}"/></a:solidFill></a:ln></c:spPr>{text}<c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="none"/>'
        f'<c:crossAx val="1"/></c:valAx>{none.replace("<c:spPr>", "<c:spPr><a:noFill/>")}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
    ).encode()
