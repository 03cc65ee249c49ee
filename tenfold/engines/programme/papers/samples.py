"""Invented data for a trial print of each paper: the names that a template may use, every one filled."""

from __future__ import annotations

from typing import Any

from tenfold.foundation.papers.data import bars, noted

from . import notes

COUNTS = {
    "all": "12", "count_done": "4", "share": "33.3%", "count_on_track": "5", "count_attention": "2", "count_late": "1",
    "count_unknown": "0", "change": "−1",
}  # fmt: skip
TASK = {
    "code": "2.1.1.1", "task": "样例任务", "unit": "样例单位", "due": "2023年9月30日", "days": "16",
    "reason": "逾期16天",
    "said": "样例说明", "state": "已经逾期",
}  # fmt: skip
LISTS: dict[str, list[Any]] = {
    "actions": [{"name": "样例行动", **COUNTS}, {"name": "合计", **COUNTS}],
    "counties": [{"name": "样例县", **COUNTS}],
    "late": [TASK], "attention": [TASK], "done": [TASK], "coming": [TASK],
    "decisions": [{"name": "样例会议", "task": "样例事项", "unit": "样例单位", "due": "长期", "state": "正常推进"}],
    "targets": [{"indicator": "样例指标", "before": "70.0%", "value": "72.0%", "wanted": "75%"}],
    "problems": ["样例单位1项任务逾期16天。"], "plans": ["样例单位于12月31日前完成样例任务。"],
}  # fmt: skip


def _sample(*names: str) -> dict[str, Any]:
    return {
        "head": "样例市教育局", "organ": "样例市教育局", "number": "〔2023〕    号", "day": "2023年10月16日",
        "title": "样例标题", "subtitle": "样例副标题",
        "period": "2023年第3季度", "last_period": "2023年第2季度", "place": "样例市", "since": "2023年7月1日",
        "until": "2023年9月30日", "opening": noted("样例句。", notes.meaning("all")), "comparison": "样例句。",
        "heads": notes.heads(), "note": "样例说明。", "copies": "抄送：各有关单位。",
        "issue": "2023年第1期", "chart": bars("样例图", "", [("样例", 1), ("无数据", None)]),
        **{name: _of(name) for name in names},
    }  # fmt: skip


def _of(name: str) -> Any:
    return LISTS.get(name, "样例单位：" if name == "to" else "样例句。")


def sheet() -> dict[str, Any]:
    """周报."""
    return _sample("actions", "late", "more", "attention", "coming")


def bulletin() -> dict[str, Any]:
    """月调度通报."""
    return _sample("frozen", "actions", "counties", "late", "more", "attention", "done", "coming", "decisions")


def quarterly() -> dict[str, Any]:
    """季通报."""
    return bulletin() | _sample("targets")


def report() -> dict[str, Any]:
    """半年总结、年度总结."""
    names = "frozen targets actions counties done late more problems plans decisions"
    return _sample(*names.split())


def letter() -> dict[str, Any]:
    """致县区函."""
    return _sample("to", "actions", "late", "attention", "targets", "coming")


def own() -> dict[str, Any]:
    """A unit's own report."""
    return _sample("to", "actions", "targets", "done", "problems", "plans")
