"""The list of news: chosen by topic, district and year in the address, so that every choice can be kept and passed on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.core.exceptions import BadRequest
from django.utils.http import urlencode

from ideas.models import District, Topic
from news.models import NewsArticlePage
from news.queries import newest, told

PAGE_SIZE = 12
EARLIEST, LATEST = 1900, 2100
MOST_PAGES = 100_000
T = TypeVar("T", Topic, District)


@dataclass(frozen=True)
class Choice:
    """A link that chooses a value, or takes the choice back."""

    words: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Selection:
    """What an address asks for."""

    topic: Topic | None = None
    district: District | None = None
    year: int | None = None
    number: int = 1

    @property
    def url(self) -> str:
        """Return the address; the same choice always has the same."""
        asked = {
            "thema": self.topic.slug if self.topic else "",
            "stadtteil": self.district.slug if self.district else "",
            "jahr": self.year or "",
            "seite": self.number if self.number > 1 else "",
        }
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"/aktuelles/?{words}" if words else "/aktuelles/"

    @property
    def words(self) -> str:
        """Return in words what is chosen."""
        return ", ".join(str(one) for one in (self.topic, self.district, self.year) if one)

    @property
    def newer_url(self) -> str:
        """Return the address of the page before."""
        return replace(self, number=self.number - 1).url

    @property
    def older_url(self) -> str:
        """Return the address of the page after."""
        return replace(self, number=self.number + 1).url

    def choices(self, name: str, values: Iterable[Any]) -> list[Choice]:
        """Return links that choose one of some values for ``name``, before them one to all; nothing to choose: none."""
        links = [Choice(str(one), self.with_one(name, one), one == getattr(self, name)) for one in values]
        return links if len(links) > 1 or any(link.is_current for link in links) else []

    def with_one(self, name: str, value: object) -> str:
        """Return the address with another value, from its first page."""
        return replace(self, **{name: value, "number": 1}).url  # type: ignore[arg-type]

    @property
    def without_topic(self) -> str:
        """Return the address for all topics."""
        return self.with_one("topic", None)

    @property
    def without_district(self) -> str:
        """Return the address for all districts."""
        return self.with_one("district", None)

    @property
    def without_year(self) -> str:
        """Return the address for all years."""
        return self.with_one("year", None)


@dataclass(frozen=True)
class Listing:
    """One page of the list, and what else can be chosen."""

    chosen: Selection
    articles: list[NewsArticlePage]
    has_next: bool
    topics: list[Choice]
    districts: list[Choice]
    years: list[Choice]


def listing(asked: Mapping[str, str]) -> Listing | None:
    """Return the page that an address asks for; None beyond the end.

    Raises ``BadRequest`` for a topic, district, year or number that cannot be.
    """
    topics, districts = list(Topic.objects.all()), list(District.objects.all())
    chosen = Selection(
        named(asked, "thema", topics),
        named(asked, "stadtteil", districts),
        whole(asked, "jahr", EARLIEST, LATEST),
        whole(asked, "seite", 1, MOST_PAGES) or 1,
    )
    found = newest()
    for name, value in (("topic", chosen.topic), ("district", chosen.district), ("date__year", chosen.year)):
        found = found.filter(**{name: value}) if value else found
    first = (chosen.number - 1) * PAGE_SIZE
    articles = list(found[first : first + PAGE_SIZE + 1])
    if chosen.number > 1 and not articles:
        return None
    used = list(told().order_by().values_list("topic_id", "district_id", "date__year").distinct())
    return Listing(
        chosen,
        articles[:PAGE_SIZE],
        len(articles) > PAGE_SIZE,
        chosen.choices("topic", [one for one in topics if one == chosen.topic or one.pk in {row[0] for row in used}]),
        chosen.choices(
            "district", [one for one in districts if one == chosen.district or one.pk in {row[1] for row in used}]
        ),
        chosen.choices("year", sorted({row[2] for row in used} | ({chosen.year} - {None}), reverse=True)),
    )


def named(asked: Mapping[str, str], name: str, known: Iterable[T]) -> T | None:
    """Return the topic or district that the address names; raises ``BadRequest`` when there is none of that name."""
    slug = asked.get(name, "")
    found = next((one for one in known if one.slug == slug), None)
    if slug and found is None:
        raise BadRequest(name)
    return found


def whole(asked: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    """Return a whole number of the address; raises ``BadRequest`` for anything else."""
    typed = asked.get(name, "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and least <= int(typed[:9]) <= most):
        raise BadRequest(name)
    return int(typed[:9])
