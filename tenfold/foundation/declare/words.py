"""Words that have no arithmetic of their own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .facts import Fact
    from .indicators import Indicator


@dataclass(frozen=True)
class Right:
    """Something a person may do. ``code`` is ``package.verb_object``; roles.toml says who holds it."""

    code: str
    title: StrOrPromise

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class MenuItem:
    """A line of the rail. ``group``: top, rooms, work, more. Shown to those who hold ``right``."""

    title: StrOrPromise
    url: str
    right: Right
    group: str = "work"
    order: int = 50
    numeral: str = ""


@dataclass(frozen=True)
class Owed:
    """One thing that somebody owes, as the desk shows it."""

    title: str
    why: str
    url: str
    action: str
    minutes: int
    due: date | None = None
    filled: str = ""
    asked_by: str = ""


@dataclass(frozen=True)
class Duty:
    """What somebody owes: ``query`` takes the access context and yields :class:`Owed`."""

    code: str
    title: StrOrPromise
    query: Callable[..., Iterable[Owed]]


@dataclass(frozen=True)
class Panel:
    """A box on another's page. ``query`` takes (context, subject, period) and returns the template's data or None."""

    code: str
    slot: str
    right: Right
    query: Callable[..., Any]
    template: str
    order: int = 50
    queries: int = 3


@dataclass(frozen=True)
class Hit:
    """Something that was found: its title, where it is opened, and what it is or where it stands."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Finder:
    """What may be searched for. ``query`` takes (context, text, limit) and yields :class:`Hit`, the best first,
    within the scope of the context; at most two queries.
    """

    code: str
    title: StrOrPromise
    right: Right
    query: Callable[..., Iterable[Hit]]
    order: int = 50


@dataclass(frozen=True)
class Field:
    """A column that a kind of import understands.

    ``kind``: text, code, integer, decimal, money (yuan), area (m²), yes_no, date, choice.
    ``level``: S school, T by stage, G by stage and grade (DOMAIN.md 3c-bis).
    ``synonyms``: other headings, Chinese or English. ``choices``: value → accepted words.
    """

    code: str
    title: StrOrPromise
    kind: str = "text"
    level: str = "S"
    unit: StrOrPromise = ""
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: StrOrPromise = ""


@dataclass(frozen=True)
class Reader:
    """A kind of import. ``handler`` is the dotted path of a class with the importer's protocol."""

    code: str
    title: StrOrPromise
    fields: tuple[Field, ...]
    handler: str
    right: Right
    needs_period: bool = False


@dataclass(frozen=True)
class PaperKind:
    """An official paper (公文) that a package can write.

    ``build``: dotted path of ``f(place, period)`` that yields its plain data (JSON) in the scope of whoever asks.
    ``template``: dotted path of ``f()`` that draws the Word template which ships; ``sample``: of ``f()`` with data
    for a trial print, which also tells the names that a template may use. ``period``: the kind of period of which it
    tells. ``levels``: the kinds of places that it is made for, none for all. ``from_above``: it tells of a place and is
    made by the one above (a letter). ``right``: what one must hold to make it and to see it.
    """

    code: str
    title: StrOrPromise
    build: str
    template: str
    sample: str
    right: Right
    period: str = "quarter"
    levels: tuple[str, ...] = ()
    order: int = 50
    from_above: bool = False


@dataclass(frozen=True)
class JobKind:
    """Long work, enqueued by name. ``run`` is the dotted path of ``f(run, **arguments)``.

    ``every`` seconds repeats it. It acts for whoever asked, unless ``system`` (or ``every``) says that it is
    the house's own work and reaches everywhere. ``attempts`` counts failures, not hand-overs.
    """

    name: str
    run: str
    title: StrOrPromise
    every: int | None = None
    system: bool = False
    attempts: int = 3


CHANNELS = ("email", "dingtalk", "wecom", "sms")
"""The ways to a person outside the house. In the house itself a notice always arrives."""


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice that a package sends through ``notices.services.tell``.

    ``optional``: a person may switch its outside channels off. ``receipt``: whoever gets it signs for it (签收).
    ``urgent``: it waits neither for the morning nor for a digest. ``gathered``: many of them may come in a day; outside
    they go with the daily summary alone. ``channels``: where it goes besides the house.
    """

    code: str
    title: StrOrPromise
    optional: bool = True
    receipt: bool = False
    urgent: bool = False
    gathered: bool = False
    channels: tuple[str, ...] = ("email", "dingtalk", "wecom")


@dataclass(frozen=True)
class Command:
    """A command of the command line: ``run`` is the dotted path of a function or a Typer app."""

    name: str
    run: str
    group: bool = False


@dataclass(frozen=True)
class Asked:
    """For whom a Criterion is asked: ``key`` is the asker's, ``place`` the organisation (id, path, code, kind),
    ``parameters`` what the task says.
    """

    key: int
    place: int
    path: str
    code: str
    kind: str
    parameters: Mapping[str, Any]
    begins: date
    due: date | None


@dataclass(frozen=True)
class Answer:
    """How far a Criterion is reached at one place, from records.

    ``reached`` None: no record tells it. ``value`` of ``wanted`` in ``unit`` (with ``decimals``), ``start`` what stood
    when the task began, ``course`` (day, value) of earlier records, ``on`` the day of the record that reached it.
    ``figure``: the arguments of a figure that opens (indicator, period, split; or link). ``waits``: in words, what is
    awaited next and from whom. ``source``: the record behind it, as (title, link).
    """

    reached: bool | None
    value: Fraction | None = None
    wanted: Fraction | None = None
    start: Fraction | None = None
    course: tuple[tuple[date, Fraction], ...] = ()
    on: date | None = None
    unit: str = ""
    decimals: int = 0
    figure: Mapping[str, Any] = field(default_factory=dict)
    waits: str = ""
    source: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Criterion:
    """What may decide a task (完成标准), from records alone.

    ``query`` takes the askings of this criterion, many at once, and the day, and yields an :class:`Answer` by key;
    it runs in the scope of whoever asks. ``parameters``: (name, needed) of what a task must or may say. ``check``
    takes them and returns in words what is wrong, '' for nothing. ``told``: the criterion in words, of parameters.
    ``stamp`` changes whenever a record changes that the query reads (at most one query).
    ``person``: a person says it and another confirms (Material). ``reads``: the columns that may decide it, each as
    ``package.Model.field``; beside them it reads facts and nothing else, and none may be a trace of use, a file or a
    position.
    """

    code: str
    title: StrOrPromise
    query: Callable[[Sequence[Asked], date], Mapping[int, Answer]]
    told: Callable[[Mapping[str, Any]], str]
    stamp: Callable[[], Hashable]
    parameters: tuple[tuple[str, bool], ...] = ()
    check: Callable[[Mapping[str, Any]], str] | None = None
    person: bool = False
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """One thing that a person has in hand: its key, what it is, a note (where, by when), where it is opened."""

    key: str
    title: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Handover:
    """What passes from a person to her successor (工作交接). ``columns``: those that say whose a thing is, each as
    ``package.Model.field``. ``held`` takes a person's id and yields what she has in hand within the scope; ``hand``
    takes (person, successor, keys) and hands those over, or raises ValueError with words for the one who asks.
    ``order``: posts come first, since what belongs to a post follows it.
    """

    code: str
    title: StrOrPromise
    columns: tuple[str, ...]
    held: Callable[[int], Iterable[Held]]
    hand: Callable[[int, int, Iterable[str]], int]
    order: int = 50


@dataclass(frozen=True)
class Room:
    """A lasting line of work: the menu word, the official title to the character, its numeral."""

    code: str
    menu: StrOrPromise
    title: StrOrPromise
    numeral: str


@dataclass(frozen=True)
class Manifest:
    """All that a package brings to the house."""

    name: str
    title: StrOrPromise
    rights: tuple[Right, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    facts: tuple[Fact, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    readers: tuple[Reader, ...] = ()
    duties: tuple[Duty, ...] = ()
    panels: tuple[Panel, ...] = ()
    finders: tuple[Finder, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    handovers: tuple[Handover, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    jobs: tuple[JobKind, ...] = ()
    commands: tuple[Command, ...] = ()
    room: Room | None = None
    urls: str = ""
    acts: tuple[tuple[str, StrOrPromise], ...] = ()
    """What the audit tells of in words: (name of a service, or of an entry; what was done)."""
    tables: tuple[str, ...] = field(default=())
