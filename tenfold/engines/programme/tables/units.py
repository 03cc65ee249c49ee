"""责任单位 as offices write them: several in one cell, who leads and who supports told in words, groups kept whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tenfold.foundation.exchange.numbers import tidy

LEAD, RESPONSIBLE, SUPPORTING = "lead", "responsible", "supporting"


@dataclass(frozen=True)
class Unit:
    """One unit as it is written. ``part``: lead, responsible, supporting; '' where the text does not say."""

    text: str
    part: str = ""


_WORDS = (
    (LEAD, "牵头负责|牵头单位|牵头科室|牵头部门|牵头|主责单位|主责|主办|主要负责"),
    (SUPPORTING, "配合单位|协办单位|配合科室|配合部门|配合|协助|协办|协同|参与|参加"),
    (RESPONSIBLE, "责任单位|责任科室|责任部门|负责|承办|落实|实施"),
)
_ANY = "|".join(words for _part, words in _WORDS)
_BEFORE = re.compile(rf"^(?:由)?({_ANY})[:：]")
_AFTER = re.compile(rf"^(?:由)?(.+?)(?:等?(?:共同|具体|分别|分工)?)({_ANY})$")
_BRACKET = re.compile(rf"^(.+?)[（(]({_ANY})[)）]$")
_STOPS = "、，,；;\n/／"
_TAIL = re.compile(r"(?:等(?:相关)?(?:科室|单位|部门)?|按职责分工|分工|共同)$")


def units(text: str, known: Callable[[str], bool] = lambda name: False) -> tuple[Unit, ...]:
    """The units that a text names, in its order, each once. ``known``: whether a name is one unit or group,
    so that 各县、市、区 and a name broken over two lines stay whole.
    """
    found: list[Unit] = []
    for clause in _clauses(text, known):
        found += [unit for unit in clause if unit.text not in {each.text for each in found}]
    return tuple(found)


def _clauses(text: str, known: Callable[[str], bool]) -> list[list[Unit]]:
    """Units by clause. A word after the last of a clause (甲、乙牵头) is meant for all of it, a word before as well."""
    clauses = []
    part = ""
    for clause in _split(text, "，,；;。\n", known):
        if match := _BEFORE.match(clause):
            part = _part(match[1])
            clause = clause[match.end() :]
        names = _split(clause, _STOPS, known)
        last = _AFTER.match(names[-1]) if names and not known(names[-1]) and not _BRACKET.match(names[-1]) else None
        said = part
        if last and names:
            names[-1], said = last[1], _part(last[2])
        clauses.append([each for name in names for each in _named(name, said, known)])
    return clauses


def _named(name: str, part: str, known: Callable[[str], bool]) -> list[Unit]:
    if known(name):
        return [Unit(name, part)]
    if match := _BRACKET.match(name):
        return [Unit(match[1], _part(match[2]))]
    if (match := _AFTER.match(name)) and match[1]:
        name, part = match[1], _part(match[2])
    name = _TAIL.sub("", name).strip() or name
    words = name.split()
    if len(words) > 1 and all(len(word) > 1 for word in words):
        return [Unit(word, part) for word in words]
    plain = "".join(words)
    return [Unit(plain, part)] if re.search(r"\w", plain) else []


def _part(word: str) -> str:
    return next(part for part, words in _WORDS if word in words.split("|"))


def _split(text: str, stops: str, known: Callable[[str], bool]) -> list[str]:
    """A text parted at stops that stand outside brackets, known names kept whole."""
    pieces: list[str] = []
    held, depth = "", 0
    for sign in tidy_brackets(text):
        depth = max(depth + (sign in "（(") - (sign in "）)"), 0)
        if sign in stops and not depth:
            pieces.append(held)
            pieces.append(sign)
            held = ""
        else:
            held += sign
    pieces.append(held)
    return _rejoined(pieces, known)


def _rejoined(pieces: list[str], known: Callable[[str], bool]) -> list[str]:
    """Names among pieces and stops: those that are known only joined are joined again, the longest first."""
    found = []
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 9), at, -2):
            joined = "".join(pieces[at:end]).strip()
            whole = joined.replace("\n", "")
            if end == at + 1 or known(whole) or known(joined) or _known_with_word(whole, known):
                break
        name = whole if end > at + 1 else joined
        if name:
            found.append(name)
        at = end + 1
    return found


def _known_with_word(name: str, known: Callable[[str], bool]) -> bool:
    """Whether a name is known that a word of its part follows: 各县、市、区配合."""
    match = _AFTER.match(name)
    return bool(match and known(match[1]))


def tidy_brackets(text: str) -> str:
    """Full-width signs as half-width ones except brackets, which names carry; lines kept."""
    lines = [tidy(line) for line in text.split("\n")]
    return "\n".join(lines).replace("(", "（").replace(")", "）")
