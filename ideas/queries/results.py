"""What came in and what was decided in a campaign, in public numbers; counted at most once a minute."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea, OfficialAnswer
from ideas.queries.cards import card, for_cards
from ideas.queries.looks import own_chip, progress_chip
from ideas.queries.statuses import own_statuses
from ideas.queries.terms import known_terms
from ideas.rules import counts_shown

SECONDS = 60
MOST_DECIDED = 30
DECIDED = (Idea.Progress.PLANNED, Idea.Progress.DONE)


@dataclass(frozen=True)
class Bar:
    """One row of a table of numbers; ``length`` (0 to 100) is its bar beside the longest one."""

    label: str
    number: int
    share: int
    length: int
    chip: dict[str, str] | None = None
    text: str = ""


@dataclass(frozen=True)
class Figures:
    """The public numbers of a campaign. The total of supports is public even while those of each idea are hidden."""

    ideas: int
    people: int
    comments: int
    supports: int
    answered: int
    topics: list[Bar]
    districts: list[Bar]
    statuses: list[Bar]


def figures(campaign: Campaign) -> Figures:
    """Return the numbers of a campaign whose visibility the caller has checked."""
    found = _counted(campaign)
    terms = known_terms()
    topics = dict(terms["thema"].values())
    districts = dict(terms["stadtteil"].values())
    return Figures(
        ideas=found["ideas"],
        people=found["people"],
        comments=found["comments"],
        supports=found["supports"],
        answered=found["answered"],
        topics=_bars(found["topics"], topics, _("no topic")),
        districts=_bars(found["districts"], districts, _("no district")),
        statuses=_status_bars(campaign, found["statuses"]),
    )


def _counted(campaign: Campaign) -> dict[str, Any]:
    """Return what the database counts; the same for everybody, so it may be remembered."""
    key, cache = f"ideas:result:{campaign.pk}", caches["fast"]
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _count(campaign)
        cache.set(key, found, SECONDS)
    return found


def _count(campaign: Campaign) -> dict[str, Any]:
    ideas = Idea.objects.listed(campaign).order_by()
    rows = ideas.values_list("topic_id", "district_id", "progress", "status_id").annotate(
        n=Count("pk"), s=Sum("support_count"), c=Sum("comment_count")
    )
    topics, districts, statuses = Counter[Any](), Counter[Any](), Counter[Any]()
    total = supports = comments = 0
    for topic, district, progress, status, number, supported, commented in rows:
        topics[topic] += number
        districts[district] += number
        statuses[(status, progress)] += number
        total, supports, comments = total + number, supports + supported, comments + commented
    answers = OfficialAnswer.objects.filter(idea__campaign=campaign, idea__state=Idea.State.PUBLIC)
    people = ideas.aggregate(people=Count("author", distinct=True))["people"]
    answered = answers.order_by().aggregate(n=Count("idea", distinct=True))["n"]
    numbers = {"ideas": total, "supports": supports, "comments": comments, "people": people, "answered": answered}
    return {**numbers, "topics": dict(topics), "districts": dict(districts), "statuses": dict(statuses)}


def _bars(numbers: Mapping[Any, int], names: Mapping[Any, str], none: str) -> list[Bar]:
    """Return the rows, most first; what has no term comes last."""
    rows = [(names[pk], number) for pk, number in numbers.items() if pk in names]
    rows.sort(key=lambda row: (-row[1], row[0]))
    without = sum(number for pk, number in numbers.items() if pk not in names)
    return _measured([*rows, *([(none, without)] if without else [])])


def _measured(rows: Iterable[tuple[str, int]]) -> list[Bar]:
    known = list(rows)
    total, most = sum(number for _name, number in known), max((number for _name, number in known), default=0)
    return [Bar(name, number, round(100 * number / total), round(100 * number / most)) for name, number in known]


def _status_bars(campaign: Campaign, numbers: Mapping[tuple[int | None, str], int]) -> list[Bar]:
    """Return the rows by status, in the campaign's order: its own statuses, then the common words."""
    own = {status.pk: status for status in own_statuses(campaign)}
    rows = [
        (own_chip(one), one.text, sum(n for (pk, _p), n in numbers.items() if pk == one.pk)) for one in own.values()
    ]
    for progress in Idea.Progress.values:
        number = sum(n for (pk, word), n in numbers.items() if pk not in own and word == progress)
        if number:
            rows.append((progress_chip(progress), "", number))
    total, most = sum(numbers.values()), max((number for _c, _t, number in rows), default=0)
    return [
        Bar(chip["text"], number, round(100 * number / total), round(100 * number / most), chip, text)
        for chip, text, number in rows
        if total and most
    ]


def decided(campaign: Campaign) -> list[dict[str, object]]:
    """Return cards of what is or was carried out; in the order of supports only where these are public."""
    order = "-support_count" if counts_shown(campaign) else "-published_at"
    ideas = for_cards(Idea.objects.listed(campaign).filter(progress__in=DECIDED)).order_by(order, "-pk")
    return [card(idea) for idea in ideas[:MOST_DECIDED]]
