"""A counted budget in words people understand: what is in, what is not, and why."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.money import euro
from ideas.models import District, Idea

STEPS = {
    "": gettext_lazy("The count begins in a moment."),
    "reading": gettext_lazy("The baskets are being read."),
    "greedy": gettext_lazy("Counting: most baskets first."),
    "equal": gettext_lazy("Counting: equal shares. This takes longest."),
    "rest": gettext_lazy("What is left is being given out."),
    "reasons": gettext_lazy("The reasons are being written down."),
    "done": gettext_lazy("Counted."),
    "failed": gettext_lazy("The count failed. The people who look after this site find the reason in their log."),
    "superseded": gettext_lazy("Given up: the vote was sealed meanwhile and is counted anew."),
}
Why = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """What one method says about one project."""

    is_in: bool
    text: str


@dataclass(frozen=True)
class Line:
    """One project of a result; ``url`` is empty where nobody may read the idea."""

    number: int
    title: str
    url: str
    district: str
    cost: int
    votes: int
    codes: int
    paper: int
    greedy: Verdict
    equal: Verdict


@dataclass(frozen=True)
class Part:
    """A district: its cap, and what it gets by either method, in cents."""

    name: str
    cap: int | None
    greedy: int
    equal: int


@dataclass(frozen=True)
class Told:
    """A whole result for a page."""

    outcome: dict[str, Any]
    lines: list[Line]
    gone: list[Line]
    parts: list[Part]
    most: int
    lists: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def has_codes(self) -> bool:
        return any(line.codes for line in self.lines)

    @property
    def has_paper(self) -> bool:
        return any(line.paper for line in self.lines)


def tell(outcome: dict[str, Any]) -> Told:
    """Return a result in words; titles are those of today, and only where everybody may read them."""
    numbers = [int(number) for number in outcome["projects"]]
    ideas = Idea.objects.select_related("campaign").in_bulk(numbers)
    names = dict(District.objects.values_list("pk", "name"))
    lines = [_line(outcome, number, ideas.get(number), names) for number in numbers]
    lines.sort(key=lambda line: (-line.votes, line.cost, line.number))
    there = [line for line in lines if "gone" not in outcome["projects"][str(line.number)]]
    by_number = {line.number: line for line in lines}
    equal = [*outcome["equal"]["chosen"], *outcome["equal"]["rest"]]
    chosen = {"greedy": outcome["greedy"]["chosen"], "equal": equal}
    return Told(
        outcome,
        there,
        [line for line in lines if line not in there],
        _parts(outcome, names),
        max((line.votes for line in there), default=0),
        {method: [by_number[number] for number in found] for method, found in chosen.items()},
    )


def _line(outcome: dict[str, Any], number: int, idea: Idea | None, names: dict[int, str]) -> Line:
    row = outcome["projects"][str(number)]
    is_shown = idea is not None and idea.state in Idea.READABLE
    return Line(
        number=number,
        title=idea.title if idea and is_shown else _("A project that is no longer public"),
        url=idea.get_absolute_url() if idea and is_shown else "",
        district=names.get(row["district"], "–"),
        cost=row["cost"],
        votes=row.get("votes", 0),
        codes=row.get("codes", 0),
        paper=row.get("paper", 0),
        greedy=verdict(greedy_words, outcome, number),
        equal=verdict(equal_words, outcome, number, "equal"),
    )


def verdict(
    words: Callable[[Why, dict[str, Any]], str], outcome: dict[str, Any], number: int, method: str = "greedy"
) -> Verdict:
    """Return what a method says about a project."""
    why = outcome[method]["why"].get(str(number))
    if why is None:
        return Verdict(is_in=False, text=_("Its idea was no longer public when the vote was counted."))
    row = outcome["projects"][str(number)]
    return Verdict(is_in=why["code"] in ("in", "rest"), text=words(why, row))


def greedy_words(why: Why, row: dict[str, Any]) -> str:
    """Return why a project is in or not where most baskets come first."""
    votes = baskets(row["votes"])
    if why["code"] == "nobody":
        return _("It was in no basket.")
    values = {"votes": votes, "place": why["place"], "cost": euro(row["cost"]), "left": euro(why.get("left", 0))}
    if why["code"] == "in":
        return _("Place %(place)d with %(votes)s; the money lasted.") % values
    if why["code"] == "cap":
        return _("Place %(place)d with %(votes)s, but its district had only %(left)s left.") % values
    return _("Place %(place)d with %(votes)s. When its turn came, %(left)s were left; it costs %(cost)s.") % values


def equal_words(why: Why, row: dict[str, Any]) -> str:
    """Return why a project is in or not where everybody has an equal share."""
    values = {
        "people": people(row["votes"]),
        "each": euro(why.get("each", 0), exact=True),
        "had": euro(why.get("had", 0)),
        "left": euro(why.get("left", 0)),
        "cost": euro(row["cost"]),
    }
    sentences = {
        "nobody": _("It was in no basket."),
        "in": _("%(people)s paid for it from their shares, %(each)s each at most."),
        "rest": _("%(people)s had %(had)s left together, too little. But the rest of the money was enough for it."),
        "cap": _("%(people)s wanted it, but its district had only %(left)s left."),
        "money": _(
            "%(people)s had %(had)s left together; it costs %(cost)s. The rest of the money was not enough either."
        ),
    }
    return sentences[why["code"]] % values


def baskets(number: int) -> str:
    """Return a number of baskets in words."""
    return ngettext("%(number)d basket", "%(number)d baskets", number) % {"number": number}


def people(number: int) -> str:
    """Return a number of people in words."""
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def _parts(outcome: dict[str, Any], names: dict[int, str]) -> list[Part]:
    """Return what each district gets."""
    caps = {int(district): most for district, most in outcome["rules"]["caps"].items()}
    rows = {int(number): row for number, row in outcome["projects"].items()}
    equal = [*outcome["equal"]["chosen"], *outcome["equal"]["rest"]]
    found = {row["district"] for row in rows.values()} | caps.keys()

    def spent(chosen: list[int], district: int | None) -> int:
        return sum(rows[number]["cost"] for number in chosen if rows[number]["district"] == district)

    parts = [
        Part(
            names.get(district, "") if district is not None else "",
            caps.get(district) if district is not None else None,
            spent(outcome["greedy"]["chosen"], district),
            spent(equal, district),
        )
        for district in found
    ]
    return sorted(parts, key=lambda part: (not part.name, part.name))
