"""The named files of the npm packages."""

from __future__ import annotations

import pytest

from tenfold.foundation.ui import assets


def test_source_maps_are_left_out_and_nothing_else():
    assert assets.without_maps("a{}\n/*# sourceMappingURL=a.css.map */") == "a{}\n"
    assert assets.without_maps("f()\n//# sourceMappingURL=f.js.map\n") == "f()\n\n"
    assert assets.without_maps('x="sourceMappingURL"') == 'x="sourceMappingURL"'


def test_the_named_files_are_copied_and_no_other(tmp_path):
    source = tmp_path / "node_modules"
    for origin in (*assets.FILES, "other/x.js"):
        (source / origin).parent.mkdir(parents=True, exist_ok=True)
        (source / origin).write_text("x")
    assets.copy(source, tmp_path / "vendor")
    assert sorted(p.name for p in (tmp_path / "vendor").iterdir()) == sorted(assets.FILES.values())


def test_a_missing_package_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="tabler"):
        assets.copy(tmp_path, tmp_path / "vendor")
