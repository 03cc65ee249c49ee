"""Steering, in the environment of an installation with the demo; prints JSON.

``python benchmarks/steering.py change`` confirms one piece of Material and tells the lights before and after, and the
seconds until they are told; ``cascade`` shares ten targets out to counties, 中心学校 and schools.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from decimal import Decimal
from typing import Any

INDICATORS = (
    "teachers.backbone stage=primary", "teachers.bachelor", "digital.connected_schools", "holdings.pupils",
)  # fmt: skip


def change() -> dict[str, Any]:
    """A record changes: what the light was, what it is, and how soon."""
    from tenfold.engines.programme import queries, services
    from tenfold.engines.programme.models import Assignment, Material
    from tenfold.foundation.access.queries import context_of_post
    from tenfold.foundation.people.models import Appointment
    from tenfold.foundation.scope import acting, as_system

    with as_system("benchmarks"):
        row = queries.in_force()
        assert row is not None
        begun, used = time.perf_counter(), time.process_time()
        lights = queries.lights(row)
        cold, cold_cpu = time.perf_counter() - begun, time.process_time() - used
        waiting = {m.assignment_id: m for m in Material.objects.filter(state="submitted", organisation__kind="county")}
        lit = next(each for each in lights if each.assignment in waiting and each.state != "done")
        owed = Assignment.objects.get(pk=lit.assignment)
        leader = Appointment.objects.filter(organisation=row.organisation, role="bureau_leader").first()
        assert leader is not None
        material = Material.objects.select_related(
            "assignment__organisation", "assignment__task__programme__organisation", "assignment__task__organisation",
            "organisation",
        ).get(pk=waiting[owed.pk].pk)  # fmt: skip
    with acting(context_of_post(leader.person_id)):
        services.confirm(material)
        begun = time.perf_counter()
        now = next(each for each in queries.lights(row) if each.assignment == owed.pk)
    told = {"assignment": owed.pk, "before": lit.state, "after": now.state, "lights": len(lights)}
    return {
        **told,
        "cold": round(cold, 3),
        "cold_processor": round(cold_cpu, 3),
        "again": round(time.perf_counter() - begun, 3),
    }


def cascade() -> dict[str, Any]:
    """A programme of ten actions whose targets reach every school: seconds to apply it, and what it made."""
    from tenfold.engines.programme import queries, services
    from tenfold.engines.programme.models import Assignment, PlaceTarget
    from tenfold.engines.programme.planned import PlannedMeasure, PlannedTarget
    from tenfold.engines.programme.words import Counted
    from tenfold.foundation.scope import as_system

    with as_system("benchmarks"):
        found, row = queries.from_file("xianning-2023"), queries.in_force()
        assert row is not None
        assert found.ends is not None
        actions = []
        for n, action in enumerate(found.actions):
            code, _space, split = INDICATORS[n % len(INDICATORS)].partition(" ")
            rule = "pupils" if code == "holdings.pupils" else ("gap", "same")[n % 2]
            level = "county" if n >= 8 else "school"
            target = PlannedTarget(Counted(code, split), Decimal(80), found.ends, rule=rule, level=level)
            measure = PlannedMeasure(f"{action.number}.9.1", "到校目标", lowest="school", targets=(target,))
            actions.append(replace(action, measures=(*action.measures, measure)))
        plan = replace(found, code="cascade-2023", actions=tuple(actions))
        begun, used = time.perf_counter(), time.process_time()
        made = services.apply(plan, row.organisation, keep_unknown=True, reason="年度任务，主任同意")
        seconds, processor = time.perf_counter() - begun, time.process_time() - used
        targets = PlaceTarget.objects.filter(target__measure__programme=made).count()
        owed = Assignment.objects.filter(task__programme=made).count()
    return {"targets": targets, "assignments": owed, "seconds": round(seconds, 2), "processor": round(processor, 2)}


def main(what: str) -> None:
    """Do it, and print what came of it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenfold.site.settings")
    import django

    django.setup()
    print(json.dumps({"change": change, "cascade": cascade}[what]()))


if __name__ == "__main__":
    main(sys.argv[1])
