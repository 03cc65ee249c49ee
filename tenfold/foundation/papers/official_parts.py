"""The parts of a template beside its text: page, grid of characters, fonts, feet with page numbers."""

from __future__ import annotations

import io
import zipfile
from math import floor
from xml.sax.saxutils import quoteattr

from .rules import PaperRules

MM = 56.6929
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
PARTS = {"styles": "styles", "settings": "settings", "fontTable": "fontTable", "footer1": "footer", "footer2": "footer"}


def packed(body: str, r: PaperRules) -> bytes:
    """A Word file with this text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _parts(body, r).items():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, HEAD + text)
    return out.getvalue()


def _parts(body: str, r: PaperRules) -> dict[str, str]:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>' for name, kind in PARTS.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATION}/{kind}" Target="{name}.xml"/>'
        for number, (name, kind) in enumerate(PARTS.items(), 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{OFFICE}.document.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}{_section(r)}</w:body></w:document>",
        "word/styles.xml": _styles(r),
        "word/settings.xml": f'<w:settings {SPACES}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/fontTable.xml": _fonts(r),
        "word/footer1.xml": _foot(r, "right"),
        "word/footer2.xml": _foot(r, "left"),
    }  # fmt: skip


def _section(r: PaperRules) -> str:
    """The page: margins as the standard has them, and the grid of its lines."""
    p = r.page
    pitch = int((p["height"] - p["top"] - p["bottom"]) * MM / p["lines"])
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{round(p["width"] * MM)}" w:h="{round(p["height"] * MM)}"/>'
        f'<w:pgMar w:top="{round(p["top"] * MM)}" w:right="{round(p["right"] * MM)}" '
        f'w:bottom="{round(p["bottom"] * MM)}" w:left="{round(p["left"] * MM)}" w:header="851" '
        f'w:footer="{round(max(p["bottom"] - 11, 8) * MM)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{pitch}"/></w:sectPr>'
    )


def _styles(r: PaperRules) -> str:
    half = int(r.sizes["body"] * 2)
    return (
        f"<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
        f"w:eastAsia={quoteattr(r.fonts['body'][0])}/>"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        f'<w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr><w:rPr>'
        f'<w:spacing w:val="{_closer(r)}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>'
    )


def _closer(r: PaperRules) -> int:
    """By how much characters stand closer so that the line holds as many as the standard asks: a grid of characters
    is read differently by Word, WPS and LibreOffice, spacing is not.
    """
    room = (r.page["width"] - r.page["left"] - r.page["right"]) * MM
    return floor(room / r.page["characters"] - r.sizes["body"] * 20)


def _fonts(r: PaperRules) -> str:
    """What a machine may take where a font of the standard is missing."""
    told = "".join(
        f"<w:font w:name={quoteattr(names[0])}><w:altName w:val={quoteattr(names[1])}/></w:font>"
        for names in r.fonts.values()
    )
    return f"<w:fonts {SPACES}>{told}</w:fonts>"


def _foot(r: PaperRules, side: str) -> str:
    """The page number between two dashes, one character from the outer edge."""
    half = int(r.sizes["small"] * 2)
    face = (
        f"<w:rPr><w:rFonts w:ascii={quoteattr(r.fonts['number'][0])} w:hAnsi={quoteattr(r.fonts['number'][0])} "
        f'w:eastAsia={quoteattr(r.fonts["number"][0])}/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
    )
    return (
        f'<w:ftr {SPACES}><w:p><w:pPr><w:snapToGrid w:val="0"/><w:ind w:{side}Chars="100" w:{side}="280"/>'
        f'<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{face}<w:t xml:space="preserve">— </w:t></w:r><w:r>{face}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{face}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>{face}<w:fldChar '
        f'w:fldCharType="separate"/></w:r><w:r>{face}<w:t>1</w:t></w:r><w:r>{face}<w:fldChar '
        f'w:fldCharType="end"/></w:r>'
        f'<w:r>{face}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )
