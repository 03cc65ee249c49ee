"""Forms in which a measure, a target or a task of the programme is altered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenfold.engines.indicators.queries import split_words
from tenfold.foundation.declare import house
from tenfold.foundation.holdings.words import STAGES

from .models import Level, Rule
from .reading_measures import criterion_fault
from .tables.leaders import leaders
from .tables.numerals import numbered

AT = (("least", _("at least")), ("most", _("at most")))
MATERIAL, INDICATOR, KEPT = "programme.material", "programme.indicator", "kept"


def indicator_choices() -> list[tuple[str, str]]:
    """Every indicator of the house; one that is told by stage alone, a stage each."""
    found = []
    for code, one in house().indicators.items():
        if one.only_by == "stage":
            found += [(f"{code} stage={stage}", f"{one.title}（{title}）") for stage, title in STAGES]
        else:
            found.append((code, str(one.title)))
    return sorted(found, key=lambda choice: choice[1])


def _choices(held: str) -> list[tuple[str, str]]:
    """The choices with what stands now: a split of its own is told in words, what is no longer counted is said."""
    found = indicator_choices()
    if held and held not in dict(found):
        code, _blank, split = held.partition(" ")
        one = house().indicators.get(code)
        told = f"{one.title}（{''.join(split_words(split))}）" if one else str(_("%s (no longer counted)")) % held
        found.insert(0, (held, told))
    return found


def _days(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class EntryForm(forms.Form):
    """What all have in common: on what paper the alteration rests."""

    source = forms.CharField(
        label=_("On what it rests"), required=False, max_length=200, help_text=_("A document, a meeting, a decision.")
    )

    def __init__(
        self, sent: Any = None, *, entry: Mapping[str, Any] | None = None, actions: Iterable[tuple[int, str]] = ()
    ) -> None:
        super().__init__(sent, initial=self.shown(entry) if entry else None)
        self.entry, self.actions = entry, list(actions)
        self.prepare()
        self.order_fields([name for name in self.fields if name != "source"])

    def prepare(self) -> None:
        """Choices that the house knows."""

    def shown(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """The entry as the fields show it."""
        return dict(entry)

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a field its choices."""
        field: Any = self.fields[name]
        field.choices = list(choices)


class MeasureForm(EntryForm):
    """举措: its name and the lowest level that it reaches; its action, where it is new."""

    action = forms.ChoiceField(label=_("Action"))
    name = forms.CharField(label=_("Measure"), max_length=300)
    lowest = forms.ChoiceField(
        label=_("Lowest level that it reaches"), choices=Level.choices, initial=Level.COUNTY,
        help_text=_("What lies below is not reached by its tasks and targets."),
    )  # fmt: skip

    def prepare(self) -> None:
        """The actions."""
        self.choose("action", self.actions)
        if self.entry:
            del self.fields["action"]


class TargetForm(EntryForm):
    """目标: an indicator, a value, a day, and how it is shared out."""

    counted = forms.ChoiceField(label=_("Indicator of effect"))
    at = forms.ChoiceField(label=_("Direction"), choices=AT)
    value = forms.DecimalField(label=_("Value for the whole"), max_digits=14, decimal_places=4)
    by = _days(_("To be reached by"), required=True)
    rule = forms.ChoiceField(label=_("How it is shared out"), choices=Rule.choices)
    level = forms.ChoiceField(label=_("Down to"), choices=Level.choices, initial=Level.COUNTY)

    def prepare(self) -> None:
        """The indicators; one that is no longer counted is said to be so."""
        self.choose("counted", _choices(self.shown(self.entry)["counted"] if self.entry else ""))

    def shown(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Indicator and split are one choice."""
        return {**entry, "counted": f"{entry['indicator']} {entry['split']}".strip()}


class TaskForm(EntryForm):
    """任务: who owes it, by when, and what decides it."""

    name = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    lead = forms.CharField(label=_("Leading unit"), required=False, max_length=300)
    responsible = forms.CharField(label=_("Responsible unit"), required=False, max_length=500)
    supporting = forms.CharField(label=_("Supporting unit"), required=False, max_length=500)
    leader = forms.CharField(label=_("Leader in charge"), required=False, max_length=60)
    begins = _days(_("Begins"), required=False)
    due = _days(_("Due"), required=False)
    due_text = forms.CharField(
        label=_("Term in words"),
        required=False,
        max_length=60,
        help_text=_("Where no single day is meant: 长期, 每季度末."),
    )
    decides = forms.ChoiceField(label=_("What counts as done"))
    what = forms.CharField(label=_("Material to be handed in"), required=False, max_length=200)
    counted = forms.ChoiceField(label=_("Indicator to be reached"), required=False)
    at = forms.ChoiceField(label=_("Direction"), choices=AT, required=False)
    value = forms.DecimalField(label=_("Value to be reached"), required=False, max_digits=14, decimal_places=4)
    after = forms.CharField(
        label=_("Waits for tasks"), required=False, max_length=200, help_text=_("Their numbers, parted by 、.")
    )

    def prepare(self) -> None:
        """The criteria in words; one that this form cannot alter may be kept."""
        criteria = house().criteria
        choices = [(code, criteria[code].title) for code in (MATERIAL, INDICATOR)]
        held = self.entry["criterion"] if self.entry else {}
        if held and held["code"] not in dict(choices):
            declared = criteria.get(held["code"])
            choices.insert(0, (KEPT, declared.told(held) if declared else held["code"]))
        self.choose("decides", choices)
        own = self.shown(self.entry)["counted"] if self.entry else ""
        self.choose("counted", [("", "—"), *_choices(own)])

    def shown(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Lists in a row, the criterion in its parts."""
        criterion = entry["criterion"]
        code = criterion["code"]
        return {
            **entry, **{part: "、".join(entry[part]) for part in ("lead", "responsible", "supporting", "after")},
            "decides": code if code in (MATERIAL, INDICATOR) else KEPT, "what": criterion.get("what", ""),
            "counted": f"{criterion.get('indicator', '')} {criterion.get('split', '')}".strip(),
            "at": criterion.get("at", "least"), "value": criterion.get("value"),
        }  # fmt: skip

    def clean_name(self) -> str:
        """On one line, without a number before it."""
        return numbered("".join(self.cleaned_data["name"].split("\n")).strip()).rest

    def clean_leader(self) -> str:
        """Names, as task tables hold them."""
        found = leaders(self.cleaned_data["leader"])
        if found.doubt:
            raise forms.ValidationError(found.doubt)
        return "、".join(found.names)

    def clean_after(self) -> list[str]:
        """Numbers."""
        return [part for part in self.cleaned_data["after"].replace(",", "、").replace("，", "、").split("、") if part]

    def clean(self) -> dict[str, Any]:
        """Somebody owes it, it has a term, and its criterion is whole."""
        data: dict[str, Any] = self.cleaned_data
        if not any(data.get(part, "").strip() for part in ("lead", "responsible", "supporting")):
            self.add_error("responsible", str(_("Name a unit that owes it.")))
        if not data.get("due") and not data.get("due_text"):
            self.add_error("due", str(_("Name a day, or say the term in words.")))
        criterion = self.criterion(data)
        if wrong := criterion_fault(criterion):
            self.add_error("decides", wrong)
        return {**data, "criterion": criterion}

    def criterion(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The criterion of what was chosen."""
        if data.get("decides") == KEPT and self.entry:
            return dict(self.entry["criterion"])
        if data.get("decides") != INDICATOR:
            return {"code": MATERIAL, **({"what": data["what"]} if data.get("what") else {})}
        code, _blank, split = (data.get("counted") or "").partition(" ")
        value = data.get("value")
        more = {"split": split} if split else {}
        at = {"at": data["at"]} if data.get("at") else {}
        return {"code": INDICATOR, "indicator": code, "value": _number(value), **more, **at}


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
