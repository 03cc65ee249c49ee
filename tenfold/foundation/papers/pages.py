"""What the pages of papers show."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tenfold.foundation.declare import PaperKind, house
from tenfold.foundation.jobs.models import Job
from tenfold.foundation.organisations import queries as organisations
from tenfold.foundation.organisations.models import Organisation

from . import pdf, queries, services
from .models import Paper
from .rights import KEEP_TEMPLATES, MAKE_PAPERS


def address(name: str, place: Organisation, *args: Any) -> str:
    """An address at a place."""
    return f"{reverse(f'papers:{name}', args=args)}?{urlencode({'place': place.code})}"


def template_address(kind: PaperKind, place: Organisation) -> str:
    """Where the template of a kind stands."""
    return address("template", place, kind.code)


def _trail(request: Any, place: Organisation) -> list[tuple[str, str]]:
    found = []
    for depth, card in enumerate(organisations.trail(place), 1):
        inside = request.access.reaches(place.path[: depth * organisations.STEP])
        found.append((card.name, f"{reverse('papers:list')}?place={card.code}" if inside else ""))
    return found


def list_page(request: Any, place: Organisation) -> dict[str, Any]:
    """What can be made about a place, and what was."""
    rows = queries.offered(place)
    running = services.running([row.paper for row in rows if row.paper])
    made = [row.paper for row in rows if row.paper and row.paper.word_id]
    return {
        "crumbs": [*_trail(request, place), (_("Bulletins and reports"), "")],
        "place": place,
        "rows": [(row, bool(row.paper and row.paper.pk in running)) for row in rows],
        "kinds": len({row.kind.code for row in rows}),
        "made": len(made),
        "earlier": queries.earlier(place, [row.paper for row in rows if row.paper]),
        "may_make": request.access.may(MAKE_PAPERS),
        "letters": [(each.name, address("list", each)) for each in queries.lettered(place)],
        "templates": address("templates", place) if request.access.may(KEEP_TEMPLATES) else "",
        "office": bool(pdf.office()),
    }


def paper_page(request: Any, row: Paper) -> dict[str, Any]:
    """One paper."""
    job = Job.objects.filter(pk=row.job).first() if row.job else None
    crumbs = [*_trail(request, row.about), (_("Bulletins and reports"), address("list", row.about)), (row.title, "")]
    return {
        "crumbs": crumbs, "paper": row, "job": job, "running": bool(job and job.state in services.RUNNING),
        "may_make": request.access.may(MAKE_PAPERS), "refused": "",
    }  # fmt: skip


def templates_page(request: Any, place: Organisation) -> dict[str, Any]:
    """The templates that hold at a place."""
    kinds = sorted(house().papers.values(), key=lambda each: each.order)
    held = queries.all_in_use(place)
    rows = [(kind, held.get(kind.code), template_address(kind, place)) for kind in kinds]
    crumbs = [*_trail(request, place), (_("Bulletins and reports"), address("list", place)), (_("Templates"), "")]
    return {"crumbs": crumbs, "place": place, "rows": rows, "changed": sum(row is not None for _k, row, _a in rows)}


def template_page(request: Any, kind: PaperKind, place: Organisation) -> dict[str, Any]:
    """One template."""
    held, names = queries.in_use(kind.code, place), queries.names_of(kind)
    crumbs = [
        *_trail(request, place),
        (_("Bulletins and reports"), address("list", place)),
        (_("Templates"), address("templates", place)),
        (str(kind.title), ""),
    ]
    return {
        "crumbs": crumbs, "kind": kind, "place": place, "held": held, "versions": queries.versions(kind.code, place),
        "names": [each for each in names if each[1]],
        "single": [name for name, inner in names if not inner], "own": bool(held and held.organisation_id == place.pk),
        "links": {name: address(name, place, kind.code) for name in ("template", "template_file", "trial")},
    }  # fmt: skip
