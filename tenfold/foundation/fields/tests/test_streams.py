"""Sealed streams: what was written comes back from any place, and no byte can be changed, left out or moved."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tenfold.foundation.fields import Unreadable, streams
from tenfold.foundation.fields.streams import Opened, Sealer

SIZE = 48


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", SIZE)


def sealed(data, pieces=(), bound="b"):
    target, at = io.BytesIO(), 0
    sealer = Sealer(target, "secret", "k1")
    for size in pieces:
        sealer.write(data[at : at + size])
        at += size
    sealer.write(data[at:])
    sealer.finish(bound)
    return target.getvalue()


def read(raw, bound="b", secret="secret"):
    return Opened(io.BytesIO(raw), lambda name: secret, bound).read()


DATA = st.binary(max_size=5 * SIZE)


@given(DATA, st.lists(st.integers(0, 2 * SIZE), max_size=6), st.integers(0, 6 * SIZE), st.integers(0, 3 * SIZE))
@example(b"", [], 0, 9)
@example(b"x" * SIZE, [], 0, SIZE)
@example(b"x" * 2 * SIZE, [SIZE], SIZE, 1)
def test_what_was_written_comes_back_from_any_place(data, pieces, at, size):
    raw = sealed(data, pieces)
    assert read(raw) == data
    stream = io.BufferedReader(Opened(io.BytesIO(raw), lambda name: "secret", "b"), 16)
    assert stream.seek(0, io.SEEK_END) == len(data)
    stream.seek(at)
    assert stream.read(size) == data[at : at + size]


@given(DATA, st.data())
def test_a_changed_byte_is_refused(data, draw):
    raw = bytearray(sealed(data))
    place = draw.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= draw.draw(st.integers(1, 255))
    with pytest.raises(Unreadable):
        read(bytes(raw))


@given(DATA, st.data())
def test_what_was_cut_off_or_added_is_refused_at_once(data, draw):
    raw = sealed(data)
    cut = raw[: draw.draw(st.integers(0, len(raw) - 1))]
    for broken in (cut, raw + draw.draw(st.binary(min_size=1, max_size=2 * SIZE))):
        with pytest.raises(Unreadable):
            Opened(io.BytesIO(broken), lambda name: "secret", "b")


def test_chunks_keep_their_order_their_stream_and_what_they_are_bound_to():
    raw = sealed(bytes(range(4 * SIZE)))
    line = raw.index(b"\n") + 1
    full = SIZE + 16
    swapped = raw[:line] + raw[line + full : line + 2 * full] + raw[line : line + full] + raw[line + 2 * full :]
    other = sealed(bytes(range(4 * SIZE)))
    for broken in (swapped, raw[:line] + other[line:], raw[:line] + raw[line + full :]):
        with pytest.raises(Unreadable):
            read(broken)
    with pytest.raises(Unreadable):
        read(raw, bound="other")
    with pytest.raises(Unreadable):
        read(raw, secret="other")


OTHER_CIPHER = b"tenfold sealed 1 des k " + b"0" * 32 + b" 9\n"


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"tenfold sealed 1 \n", OTHER_CIPHER])
def test_what_is_no_sealed_file_is_refused(raw):
    with pytest.raises(Unreadable):
        read(raw)
