"""Files: kept once, sealed, opened from any place, gone with their last record, swept where something broke off."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from django.db import transaction
from django.http import Http404

from tenfold.foundation.acts import permitted
from tenfold.foundation.fields import Unreadable
from tenfold.foundation.fields.keys import key_id
from tenfold.foundation.files import contents, queries, services
from tenfold.foundation.files.models import StoredFile
from tenfold.foundation.files.views import download
from tenfold.foundation.scope.models import OutOfScope

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TEXT = "佐证材料：东岭小学校舍照片".encode() * 20_000


@pytest.fixture(autouse=True)
def installation(settings: Any, tmp_path: Any) -> Any:
    settings.TENFOLD = {**settings.TENFOLD, "DATA_KEYS": ["old-key-of-the-test"], "VAR": tmp_path}
    return tmp_path


@pytest.fixture
def kept(small_county: Any, system: Any, django_capture_on_commit_callbacks: Any) -> Any:
    def keep(data: bytes = TEXT, name: str = "C:\\照片\\校舍.pdf") -> StoredFile:
        with django_capture_on_commit_callbacks(execute=True), permitted("service"), transaction.atomic():
            return services.keep(io.BytesIO(data), name=name, place=small_county.primary_a)

    return keep


def test_it_comes_back_and_is_unreadable_on_the_disk(kept: Any, installation: Any) -> None:
    file = kept()
    assert (file.name, file.size) == ("校舍.pdf", len(TEXT))
    assert file.digest == hashlib.sha256(TEXT).hexdigest()
    stored = [path for path in (installation / "files").iterdir() if path.is_file() and path.name != ".lock"]
    assert [path.name for path in stored] == [file.digest], "no part is left"
    assert "佐证".encode() not in stored[0].read_bytes()
    with queries.opened(file) as stream:
        assert stream.read() == TEXT
        stream.seek(150_001)
        assert stream.read(70_000) == TEXT[150_001:220_001]


def test_the_last_record_takes_the_contents_with_it(kept: Any, django_capture_on_commit_callbacks: Any) -> None:
    one, two = kept(), kept(name="b.pdf")
    for file, there in ((one, True), (two, False)):
        with django_capture_on_commit_callbacks(execute=True), permitted("service"):
            services.forget(file)
        assert contents.path_of(file.digest).exists() is there


def test_who_keeps_it_is_not_robbed_by_who_forgets_it(kept: Any, django_capture_on_commit_callbacks: Any) -> None:
    """The contents go while another transaction, not yet seen, keeps the same file."""
    one = kept()
    with permitted("service"), django_capture_on_commit_callbacks(execute=True):
        two = services.keep([TEXT], name="b", place=one.organisation)
        contents.remove(one.digest)
    assert contents.whole(two.digest)


def test_what_broke_off_is_swept_and_what_is_kept_stays(kept: Any) -> None:
    file = kept()
    arrived = services.arrive([b"left over"])
    contents.link(arrived)
    assert services.sweep() == 0, "it is fresh: somebody may be about to keep it"
    assert services.sweep(before=2**40) == 2
    assert contents.digests() == [file.digest]


def test_a_plain_file_of_an_older_installation_opens_and_is_sealed(kept: Any, installation: Any) -> None:
    file = kept()
    (installation / "uploads").mkdir()
    (installation / "uploads" / file.digest).write_bytes(TEXT)
    contents.path_of(file.digest).unlink()
    assert queries.opened(file).read() == TEXT
    assert services.sweep() == 1
    assert not list((installation / "uploads").iterdir())
    assert queries.opened(file).read() == TEXT


def test_rotation_covers_files_and_either_cipher_opens(kept: Any, settings: Any) -> None:
    file = kept()
    settings.TENFOLD = {**settings.TENFOLD, "CIPHER": "sm4gcm1", "DATA_KEYS": ["new", "old-key-of-the-test"]}
    assert contents.sealed_under() == {key_id("old-key-of-the-test"): 1}
    assert contents.reseal() == 1
    assert contents.reseal() == 0
    assert contents.sealed_under() == {key_id("new"): 1}
    assert contents.path_of(file.digest).read_bytes().startswith(b"tenfold sealed 1 sm4gcm1 ")
    assert queries.opened(file).read() == TEXT


def test_contents_put_under_another_name_do_not_open(kept: Any) -> None:
    one, two = kept(), kept(b"other", "b.pdf")
    contents.path_of(one.digest).replace(contents.path_of(two.digest))
    with pytest.raises(Unreadable):
        queries.opened(two)


def test_too_large_or_out_of_scope_is_refused(small_county: Any, as_person: Any, installation: Any) -> None:
    with as_person(small_county.head_a), permitted("service"):
        with pytest.raises(services.TooLarge):
            services.keep([b"x" * 600] * 2, name="a", place=small_county.primary_a, limit=1000)
        assert list((installation / "files").glob(".*.part")) == []
        with pytest.raises(OutOfScope):
            services.keep([b"x"], name="a", place=small_county.primary_b)
    with as_person(small_county.head_b):
        assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("data", "name", "kind", "inline"),
    [
        (b"%PDF-1.7 x", "a.pdf", "application/pdf", True),
        (b"<html><script>alert(1)</script>", "a.html", "application/octet-stream", False),
        (b"<svg onload=alert(1)>", "a.png", "application/octet-stream", False),
    ],
)
def test_a_browser_is_shown_pictures_and_papers_alone(
    kept: Any, data: bytes, name: str, kind: str, inline: bool
) -> None:
    answer = download(kept(data, name), shown=True)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Length"] == str(len(data))


def test_what_is_gone_is_not_found(kept: Any) -> None:
    file = kept()
    contents.remove(file.digest)
    for missing in (file, None):
        with pytest.raises(Http404):
            download(missing)
