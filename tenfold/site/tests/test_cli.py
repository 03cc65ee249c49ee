"""A usage that is not understood is told in one line on standard error, and ends with 2."""

from __future__ import annotations

import pytest

from tenfold.site.cli import run


@pytest.mark.parametrize("arguments", [["serve", "--port"], ["serve", "--nowhere"], ["nonsense"]])
def test_a_fault_of_usage_is_one_line(arguments, capsys):
    assert run(arguments) == 2
    told = capsys.readouterr()
    assert not told.out
    assert len(told.err.strip().splitlines()) == 1
    assert arguments[-1].lstrip("-") in told.err


def test_help_is_help(capsys):
    assert run(["serve", "--help"]) == 0
    assert "--port" in capsys.readouterr().out
