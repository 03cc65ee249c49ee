"""Drawing the templates that ship: an official paper as GB/T 9704-2012 has it, with tags where data go.

Tags use the names of the code; in the file stand the words of ``standards/rules/papers.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from .official_parts import packed
from .rules import PaperRules, rules

MM = 56.6929
"""Twentieths of a point to a millimetre."""
HAIR = '<w:{0} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


class Official:
    """A template as it grows, from the top down."""

    def __init__(self, r: PaperRules | None = None) -> None:
        self.rules = r or rules()
        self._body: list[str] = []

    @classmethod
    def small(cls) -> Official:
        """A sheet of one page: narrow margins and small type."""
        return cls(rules().small)

    # --- what a page is made of -----------------------------------------------------------------------

    def red_head(self, head: str, under: str, *, high: bool = True) -> None:
        """The red head, the number (or issue and day) below it, the red rule. ``high``: of a document with a number."""
        above = int(self.rules.page["above_head"] * MM) if high else 0
        red = self.rules.colours["head"]
        self._p(head, font="title", size="head", align="center", before=above, colour=red, exact=False)
        rule = f'<w:pBdr><w:bottom w:val="single" w:sz="16" w:space="6" w:color="{red}"/></w:pBdr>'
        self._p(under, align="center", before=int(2 * 10 * MM) if high else 120, extra=rule)

    def title(self, *lines: str) -> None:
        """标题: 二号小标宋, two lines below the rule; each line for itself, so that no word is torn."""
        for number, text in enumerate(lines, 1):
            before, after = 1100 if number == 1 else 0, 400 if number == len(lines) else 0
            self._p(text, font="title", size="title", align="center", before=before, after=after, exact=False)

    def to(self, text: str) -> None:
        """主送机关, from the left edge."""
        self._p(text)

    def heading(self, text: str, level: int = 1) -> None:
        """一、 in 黑体, （一） in 楷体."""
        self._p(text, font="first" if level == 1 else "second", indent=2, keep=True)

    def body(self, text: str) -> None:
        """Body text: 三号仿宋, indented by two characters."""
        self._p(text, indent=2)

    def tag(self, text: str) -> None:
        """A tag in a paragraph of its own, which goes when it is filled: {%p for each in late %}."""
        self._p(text)

    def each(self, rows: str, text: str) -> None:
        """A paragraph for each row of a list."""
        self.tag(f"{{%p for each in {rows} %}}")
        self.body(text)
        self.tag("{%p endfor %}")

    def only_if(self, condition: str, full: str, empty: str = "") -> None:
        """A sentence where a condition holds, else another or none; nothing is left of a sentence that goes."""
        self.tag(f"{{%p if {condition} %}}")
        self.body(full)
        if empty:
            self.tag("{%p else %}")
            self.body(empty)
        self.tag("{%p endif %}")

    def table_if(self, rows: str, columns: Sequence[tuple[str, str, float]]) -> None:
        """A table where there are rows."""
        self.tag(f"{{%p if {rows} %}}")
        self.table(rows, columns)
        self.tag("{%p endif %}")

    def note(self, text: str) -> None:
        """A small line below a table or chart."""
        self._p(text, size="table", exact=False, after=120)

    def chart(self, name: str) -> None:
        """Where a chart stands."""
        self._p(f"{{{{ {name} }}}}", align="center", exact=False, before=120)

    def table(self, rows: str, columns: Sequence[tuple[str, str, float]]) -> None:
        """A table with black hairlines: (head, what stands in a row, share of the width)."""
        whole = sum(share for _h, _t, share in columns)
        room = self.rules.page["width"] - self.rules.page["left"] - self.rules.page["right"]
        widths = [int(room * MM * share / whole) for _h, _t, share in columns]
        heads = [
            self._cell(head, width, "first", "center") for (head, _t, _s), width in zip(columns, widths, strict=True)
        ]
        cells = [
            self._cell(text, width, "body", "left" if share > 1.5 else "center")
            for (_h, text, share), width in zip(columns, widths, strict=True)
        ]
        span = f'<w:gridSpan w:val="{len(columns)}"/>'
        begin = self._cell(f"{{%tr for each in {rows} %}}", sum(widths), "body", "left", span)
        end = self._cell("{%tr endfor %}", sum(widths), "body", "left", span)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        lines = "".join(HAIR.format(edge) for edge in EDGES)
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}'
            '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
            f'<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(heads)}</w:tr>"
            f"<w:tr>{begin}</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr><w:tr>{end}</w:tr></w:tbl>"
        )

    def signed(self, organ: str, day: str) -> None:
        """发文机关署名 and 成文日期, the day four characters from the right edge."""
        self._p(organ, align="right", right=4, before=560, keep=True)
        self._p(day, align="right", right=4)

    def colophon(self, copies: str, office: str) -> None:
        """版记: to whom copies go, who printed it and when."""
        line = '<w:pBdr><w:top w:val="single" w:sz="8" w:space="1" w:color="000000"/>{}</w:pBdr>'
        bottom = '<w:bottom w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
        self._p(copies, size="small", left=1, before=560, extra=line.format(""), exact=False)
        self._p(office, size="small", left=1, extra=line.format(bottom), exact=False)

    def content(self) -> bytes:
        """The template as a Word file."""
        return packed("".join(self._body), self.rules)

    # --- paragraphs -----------------------------------------------------------------------------------

    def _p(
        self, text: str, *, font: str = "body", size: str = "body", align: str = "", indent: int = 0, left: int = 0,
        right: int = 0, before: int = 0, after: int = 0, colour: str = "", extra: str = "", keep: bool = False,
        exact: bool = True,
    ) -> None:  # fmt: skip
        place = "".join(
            f' w:{name}Chars="{count * 100}" w:{name}="{int(count * self.rules.sizes[size] * 20)}"'
            for name, count in (("firstLine", indent), ("left", left), ("right", right))
            if count
        )
        spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>' if before or after else ""
        snap = "" if exact else '<w:snapToGrid w:val="0"/>'
        alignment = f'<w:jc w:val="{align}"/>' if align else ""
        indented = f"<w:ind{place}/>" if place else ""
        kept = "<w:keepNext/>" if keep else ""
        self._body.append(
            f"<w:p><w:pPr>{kept}{extra}{snap}{spacing}{indented}{alignment}</w:pPr>"
            f"{self._run(text, font, size, colour)}</w:p>"
        )

    def _run(self, text: str, font: str, size: str, colour: str = "") -> str:
        face = quoteattr(self.rules.fonts[font][0])
        half = int(self.rules.sizes[size] * 2)
        painted = f'<w:color w:val="{colour}"/>' if colour else ""
        return (
            f'<w:r><w:rPr><w:rFonts w:eastAsia={face} w:hint="eastAsia"/>{painted}<w:sz w:val="{half}"/>'
            f'<w:szCs w:val="{half}"/></w:rPr><w:t xml:space="preserve">{escape(self.rules.tagged(text))}</w:t></w:r>'
        )

    def _cell(self, text: str, width: int, font: str, align: str, span: str = "") -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:snapToGrid w:val="0"/><w:jc w:val="{align}"/></w:pPr>{self._run(text, font, "table")}</w:p></w:tc>'
        )
