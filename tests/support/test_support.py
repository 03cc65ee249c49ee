"""What the passes of the tests rest on: the cluster, the list of what is missing, the last lines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import cluster, database

HERE = Path(__file__).resolve().parent


@pytest.mark.slow
def test_a_cluster_ends_with_its_command(tmp_path):
    told = tmp_path / "address"
    script = f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(os.environ['DATABASE_URL'])"
    with cluster.cluster() as folder:
        import psycopg

        with psycopg.connect(host=str(folder), user="tenfold", dbname="postgres") as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert not folder.exists()
    assert cluster.run([sys.executable, "-c", script]) == 0
    assert "host=/" in told.read_text()
    assert not Path(told.read_text().rpartition("host=")[2]).exists()


@pytest.mark.slow
def test_a_failed_command_fails(tmp_path):
    assert cluster.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_is_not_root_is_told_what_is_missing(tmp_path):
    for tool in ("sh", "id", "ls", "grep"):
        (tmp_path / tool).symlink_to(Path("/bin") / tool if Path("/bin", tool).exists() else Path("/usr/bin") / tool)
    tmp_path.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-s"], input=(HERE / "system.sh").read_text(), text=True, capture_output=True,
        env={"PATH": str(tmp_path)}, user="nobody", cwd="/",
    )  # fmt: skip
    assert done.returncode == 1
    assert "chromium" in done.stderr
    assert "fonts-noto-cjk" in done.stderr
    assert "apt-get install" in done.stderr


def test_what_is_skipped_for_want_of_data_stands_in_the_last_lines(tmp_path):
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.support.fixtures"]\n')
    (tmp_path / "test_x.py").write_text("def test_x(real_data):\n    real_data('schools/none.csv')\n")
    told = tmp_path / "not-run"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", HERE.parents[1] / "pyproject.toml",
         "--rootdir", tmp_path, tmp_path / "test_x.py"],
        cwd=tmp_path, text=True, capture_output=True,
        env={**os.environ, "TENFOLD_REAL_DATA": "/nowhere", "TENFOLD_TEST_NOT_RUN": str(told)},
    )  # fmt: skip
    assert "not run: the real data are not here" in done.stdout, done.stdout + done.stderr
    assert told.read_text() == "test_x.py::test_x  (schools/none.csv)\n"


@pytest.mark.django_db
def test_a_file_of_other_migrations_is_not_taken(monkeypatch, tmp_path):
    first = database._cached()
    if first is None:
        return
    changed = tmp_path / "tenfold" / "foundation" / "x" / "migrations"
    changed.mkdir(parents=True)
    (changed / "0001_initial.py").write_text("operations = []")
    monkeypatch.setattr(database, "CACHE", tmp_path / "var" / "test-cache")
    assert database._cached().name != first.name


@pytest.mark.store
def test_an_installation_has_its_own_keys_and_database(installation):
    made = installation.told("init")
    assert [row["role"] for row in made] == ["sysadmin", "secadmin", "auditadmin"]
    assert (installation.folder / "secret.key").stat().st_mode & 0o077 == 0
    assert installation.run("init", code=1).stderr.count("\n") == 1
    assert installation.told("audit", "verify")["broken"] in ("", None)
