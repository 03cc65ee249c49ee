"""5,000 people are told of one thing: queued within the caller's transaction, then sent, one message each.

Must reach: queued in under 5 s. The house reaches everybody by three channels, so that 15,000 rows go out; 500 of them
are sent to a gateway that answers at once.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tenfold.engines.notices.tests.fakes import SECRET, Fake, channels_file, served

ROOT = Path(__file__).resolve().parents[1]
QUEUED = 5.0

TELL = """
import json, resource, time, django
django.setup()
from datetime import date
from tenfold.engines.notices import dispatch
from tenfold.engines.notices.models import Sending
from tenfold.engines.notices.services import Posts, tell
from tenfold.foundation.acts import permitted, service
from tenfold.foundation.organisations.services import Draft, ensure_root, open_organisation
from tenfold.foundation.people.models import Appointment, Person
from tenfold.foundation.scope import as_system

def timed(run):
    begun, used = time.perf_counter(), time.process_time()
    run()
    return {"wall": round(time.perf_counter() - begun, 2), "processor": round(time.process_time() - used, 2)}

@service(right=None)
def told(number, posts):
    tell("notices.urgent", to=posts, title="停课通知", key=str(number), receipt=True)

def send(most):
    sent = 0
    while sent < most:
        batch = dispatch.claim_next()
        dispatch.send(batch)
        sent += 1

with as_system("benchmarks"), permitted("jobs"):
    since = date(2020, 9, 1)
    county = open_organisation(Draft("990100", "安禾县教育局", "county", ensure_root("990000", "清渠市教育局"), since))
    people = [Person(number=f"N{n}", name=f"第{n}人", phone=f"139{n:08}") for n in range(5000)]
    people = Person.objects.bulk_create(people, batch_size=500)
    posts = (Appointment(person=p, organisation=county, title="教师", role="teacher", since=since) for p in people)
    Appointment.objects.bulk_create(posts, batch_size=500)
    everybody = Posts([county.pk], ("teacher",))
    seconds = {"queued": timed(lambda: told(1, everybody)), "again": timed(lambda: told(1, everybody))}
    rows = Sending.objects.count()
    Sending.objects.exclude(channel="sms").delete()
    seconds["sent"] = timed(lambda: send(500))
    print(json.dumps({**seconds, "rows": rows, "left": Sending.objects.filter(state="waiting").count()}))
"""


def test_five_thousand_are_told(installation: Any, tmp_path: Path, capsys: Any) -> None:
    with served(Fake()) as gateway:
        file = tmp_path / "channels.toml"
        file.write_text(channels_file(gateway.address).partition("[groups")[0], "utf-8")
        words = {"TENFOLD_CHANNELS": str(file), "NOTICE_SECRET": SECRET}
        words["DJANGO_SETTINGS_MODULE"] = "tenfold.site.settings"
        done = subprocess.run(
            [sys.executable, "-c", TELL],
            env={**installation.environment, **words}, cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    told = json.loads(done.stdout)
    with capsys.disabled():
        print(f"\n{done.stdout}")
    assert told["rows"] == 15_000
    assert min(told["queued"].values()) < QUEUED
    assert len(gateway.sent) == 500
    assert told["left"] == 4_500
