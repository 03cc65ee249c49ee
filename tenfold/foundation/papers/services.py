"""Papers are asked for, made and given back; templates are sent, checked, and taken back."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from tenfold.foundation.acts import note, service
from tenfold.foundation.calendar import BadPeriod, Period, now, today
from tenfold.foundation.declare import PaperKind, house
from tenfold.foundation.files import services as files
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.jobs import enqueue
from tenfold.foundation.jobs.models import Job, State
from tenfold.foundation.organisations.models import Organisation
from tenfold.foundation.people.queries import own_name
from tenfold.foundation.scope import require

from . import checking, pdf, queries
from .faults import PaperFault
from .models import Paper, Template
from .queries import CHINESE
from .rendering import filled
from .rights import KEEP_TEMPLATES, MAKE_PAPERS

RUNNING = (State.WAITING, State.RUNNING)


def period_of(kind: PaperKind, text: str) -> Period:
    """The period that was asked for. Raises :class:`PaperFault` for what is none, or has not begun."""
    try:
        found = Period.parse(text, kind.period)
    except BadPeriod as fault:
        raise PaperFault("no_period") from fault
    if found.start > today():
        raise PaperFault("not_begun", word=found.title)
    return found


@service(right=MAKE_PAPERS)
def ask(kind: PaperKind, place: Organisation, period: Period) -> Paper:
    """Ask for a paper, made by a job; one that is being made already is returned. Raises :class:`PaperFault`."""
    if not queries.may_make(kind, place):
        raise PaperFault("not_for", word=place.name)
    same = Paper.objects.filter(kind=kind.code, about=place, period=period.code, word=None, fault="").first()
    if same is not None and running([same]):
        return same
    row = _row(kind, queries.issuer(kind, place), place, period.code)
    row.job = str(enqueue("papers.make", key=f"papers.make:{row.pk}", paper=row.pk).pk)
    row.save()
    return row


def running(rows: Iterable[Paper]) -> set[int]:
    """The keys of those on which a job works, or is to."""
    jobs = {row.job: row.pk for row in rows if row.job}
    found = Job.objects.filter(pk__in=jobs, state__in=RUNNING).values_list("pk", flat=True) if jobs else ()
    return {jobs[str(pk)] for pk in found}


def _row(kind: PaperKind, owner: Organisation, about: Organisation, period: str, **more: Any) -> Paper:
    context = require()
    row = Paper.objects.create(
        organisation=owner, about=about, kind=kind.code, period=period, who=context.person,
        who_name=own_name(), **more,
    )  # fmt: skip
    note(subject=f"paper:{row.pk}", place=about.path, after={"kind": kind.code, "period": period})
    return row


def written(kind: PaperKind, place: Organisation, period: Period, template: Template | None = None) -> bytes:
    """A paper as Word, from what stands now within the scope of whoever asks. Raises :class:`PaperFault`."""
    with translation.override(CHINESE):
        data = import_string(kind.build)(place, period)
    return filled(queries.content_of(template, kind), data)


def make(row: Paper, finish: Any = None) -> None:
    """Make a paper that was asked for; what hinders it is told on it."""
    kind = house().papers[row.kind]
    template = queries.in_use(row.kind, row.organisation)
    try:
        word = written(kind, row.about, row.span, template)
    except PaperFault as fault:
        _refuse(row, str(fault), finish)
        return
    try:
        printed, why = pdf.as_pdf(word), ""
    except PaperFault as fault:
        printed, why = b"", str(fault)
    _keep(row, template, word, printed, why, finish)


@service(right=MAKE_PAPERS)
def _keep(row: Paper, template: Template | None, word: bytes, printed: bytes, no_pdf: str, finish: Any) -> None:
    row.template, row.made_on, row.no_pdf = template, today(), no_pdf
    row.word = _stored(row, word, "docx")
    row.pdf = _stored(row, printed, "pdf") if printed else None
    row.save()
    note(subject=f"paper:{row.pk}", place=row.about.path, after={"word": row.word.digest})
    if finish:
        finish()


@service(right=MAKE_PAPERS)
def _refuse(row: Paper, why: str, finish: Any) -> None:
    row.fault = why[:400]
    row.save()
    note(subject=f"paper:{row.pk}", place=row.about.path, why=why)
    if finish:
        finish()


def _stored(row: Paper, content: bytes, ending: str) -> StoredFile:
    with translation.override(CHINESE):
        name = get_valid_filename(f"{row.about.name}{row.span.title}{row.title}") + f".{ending}"
    return files.keep(BytesIO(content), name=name, place=row.organisation)


def received(chunks: Iterable[bytes]) -> bytes:
    """A Word file that was sent, looked at before anything opens it. Raises :class:`PaperFault`."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > checking.MOST_SENT:
            raise PaperFault("too_large")
    checking.check(bytes(content))
    return bytes(content)


@service(right=MAKE_PAPERS)
def give_back(row: Paper, content: bytes) -> Paper:
    """Keep what somebody has edited in Word beside what was made; nothing of what was made is lost."""
    kind = house().papers[row.kind]
    new = _row(kind, row.organisation, row.about, row.period, edited=True, made_on=today(), template=row.template)
    new.word = _stored(new, content, "docx")
    new.no_pdf = _("An edited paper is turned into a PDF in Word.")
    new.save()
    return new


# --- templates ----------------------------------------------------------------------------------------


def tried(kind: PaperKind, content: bytes) -> bytes:
    """A trial print: the template filled with the sample, once with rows and once with none.

    Raises :class:`PaperFault`, which names what is wrong and the paragraph in which it stands.
    """
    if not checking.holds_tags(content):
        raise PaperFault("no_tags")
    data = queries.sample(kind)
    empty = {name: [] if isinstance(value, list) else value for name, value in data.items()}
    filled(content, empty)
    return filled(content, data)


@service(right=KEEP_TEMPLATES)
def send(kind: PaperKind, place: Organisation, content: bytes, name: str) -> Template:
    """Take a template up for a place and all below it; the one before is kept. Raises :class:`PaperFault`."""
    tried(kind, content)
    _end(kind, place)
    context = require()
    row = Template.objects.create(
        organisation=place, kind=kind.code, who=context.person, who_name=own_name(),
        file=files.keep(BytesIO(content), name=name, place=place),
    )  # fmt: skip
    note(subject=f"template:{row.pk}", place=place.path, after={"kind": kind.code, "digest": row.file.digest})
    return row


@service(right=KEEP_TEMPLATES)
def take_back(kind: PaperKind, place: Organisation) -> None:
    """Take the house's own template (or that of the place above) up again; what was sent is kept."""
    note(subject=f"template:{kind.code}", place=place.path, count=_end(kind, place))


@service(right=KEEP_TEMPLATES)
def take_up(row: Template) -> Template:
    """Take an earlier version up again, as a new one."""
    kind = house().papers[row.kind]
    content = queries.content_of(row, kind)
    tried(kind, content)
    _end(kind, row.organisation)
    context = require()
    new = Template.objects.create(
        organisation=row.organisation, kind=row.kind, file=row.file, who=context.person, who_name=own_name()
    )
    note(subject=f"template:{new.pk}", place=row.organisation.path, after={"kind": row.kind, "again": row.pk})
    return new


def _end(kind: PaperKind, place: Organisation) -> int:
    return Template.objects.filter(kind=kind.code, organisation=place, ended_at=None).update(ended_at=now())
