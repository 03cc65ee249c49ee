"""Masks hide at least half of what they show a part of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenfold.foundation.fields import mask


@pytest.mark.parametrize(
    ("value", "shown"),
    [("", ""), ("张", "*"), ("张三", "张*"), ("欧阳修远", "欧***"), ("13800001234", "13****34"),
     ("421200200001011234", "421****1234")],
)  # fmt: skip
def test_it_is_masked(value, shown):
    assert mask(value) == shown


@given(st.text(st.characters(exclude_characters="*"), min_size=1))
def test_at_least_half_is_never_shown(value):
    assert len(mask(value).replace("*", "")) <= len(value) / 2
