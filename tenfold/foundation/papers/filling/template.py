"""Filling: the template's text is a sandboxed language, the data are plain and are never read as a template."""

from __future__ import annotations

import io
import re
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from . import charts, notes
from .parts import Package

MARK_CHART = "\ue102{}\ue103"
LEFT_OVER = ("{{", "{%", "}}", "%}", "｛｛", "｛%", "｛％")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BRACES = re.compile("([{}｛%](?=[{}｛%％]))")
"""Two braces in a row in the data are set apart, so that none is taken for a tag that was not understood."""
SHOWN = 80


class Fault(Exception):
    """What is wrong with a template: ``code``, the paragraph in which it stands, and a word of it."""

    def __init__(self, code: str, paragraph: str = "", word: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = {"paragraph": paragraph[:SHOWN], "word": word[:SHOWN]}


class Template(DocxTemplate):
    """A template that remembers the text of the part that it fills, one paragraph a line."""

    source = ""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> Any:
        """Fill a part."""
        self.source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        return super().render_xml_part(src_xml, part, context, jinja_env)


def fill(template: bytes, data: dict[str, Any]) -> bytes:
    """The paper: values, notes and charts in their places. Raises :class:`Fault`."""
    drawn: list[dict[str, Any]] = []
    values = _prepared(data, drawn)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals = {"range": environment.globals["range"]}
    document = Template(io.BytesIO(template))
    try:
        document.render(values, environment, autoescape=True)
    except TemplateError as fault:
        raise _told(fault, document.source) from fault
    except (TypeError, ValueError, KeyError, AttributeError, ZeroDivisionError, OverflowError) as fault:
        raise Fault("cannot", _paragraph(document.source, _line(fault))) from fault
    out = io.BytesIO()
    document.save(out)
    package = Package.read(out.getvalue())
    _check_left_over(package)
    notes.place(package)
    charts.place(package, drawn)
    return package.written()


def _prepared(value: Any, drawn: list[dict[str, Any]]) -> Any:
    """The data with each chart as a mark that is replaced in the end."""
    if isinstance(value, dict):
        if charts.KEY in value:
            drawn.append(value)
            return MARK_CHART.format(len(drawn) - 1)
        return {key: _prepared(each, drawn) for key, each in value.items()}
    if isinstance(value, list):
        return [_prepared(each, drawn) for each in value]
    return BRACES.sub(r"\1 ", UNPRINTABLE.sub("", value)) if isinstance(value, str) else value


def _told(fault: TemplateError, source: str) -> Fault:
    line = fault.lineno if isinstance(fault, TemplateSyntaxError) else _line(fault)
    paragraph = _paragraph(source, line)
    if isinstance(fault, SecurityError):
        return Fault("unsafe", paragraph)
    if isinstance(fault, UndefinedError):
        word = re.search(r"'([^']*)' is undefined|no attribute '([^']*)'|no element (\S+)", str(fault))
        return Fault("unknown", paragraph, next((w for w in word.groups() if w), "") if word else "")
    return Fault("syntax", paragraph)


def _line(fault: BaseException) -> int:
    """The line of the template at which it went wrong: the last frame that is the template's."""
    found, frame = 0, fault.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == "<template>":
            found = frame.tb_lineno
        frame = frame.tb_next
    return found


def _paragraph(source: str, line: int) -> str:
    """The text of a paragraph, as one reads it in Word."""
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    return re.sub(r"<[^>]+>", "", text).strip()


def _check_left_over(package: Package) -> None:
    """Braces that stay were not understood: full-width ones, or a tag cut in two."""
    for name in package.texts():
        for paragraph in package.tree(name).iter(notes.tag("p")):
            text = "".join(t.text or "" for t in paragraph.iter(notes.tag("t")))
            text = re.sub("\ue100.*?\ue101", "", text)
            if any(mark in text for mark in LEFT_OVER):
                raise Fault("left_over", text)
