"""Reports and their chapters, the series in them, and the ideas about a chapter – only what is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length

from cms.models import ChapterIndicator, ChapterPage, Indicator, ReportIndexPage, ReportPage, open_to_all
from cms.queries.figures import with_figures
from cms.queries.goals import ideas_url
from ideas.models import Idea, IdeaLink
from ideas.queries.cards import card, for_cards

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

SHOWN = 3
CHAPTER = IdeaLink.Kind.CHAPTER.value


@dataclass(frozen=True)
class Around:
    """A chapter among the others of its report; ``number`` counts from 1, 0 while it is a draft."""

    chapters: list[ChapterPage]
    number: int
    before: ChapterPage | None
    after: ChapterPage | None


@dataclass(frozen=True)
class About:
    """Ideas about a chapter: cards of those linked with it, then the newest on its goal or topic."""

    cards: list[dict[str, object]]
    goal_url: str
    topic_url: str


def public_reports() -> "PageQuerySet[ReportPage]":
    """Return the published reports, the newest first."""
    return open_to_all(ReportPage.objects.defer("body")).order_by("-year", "-first_published_at", "-pk")


def public_chapters() -> "PageQuerySet[ChapterPage]":
    """Return the published chapters of published reports, in the editors' order."""
    above = Left(OuterRef("path"), Length(OuterRef("path")) - ChapterPage.steplen)
    found = open_to_all(ChapterPage.objects.all()).filter(Exists(ReportPage.objects.filter(live=True, path=above)))
    return found.order_by("path")


def chapters_of(report: ReportPage) -> list[ChapterPage]:
    """Return the chapters of a report."""
    return list(public_chapters().child_of(report).defer("body"))


def reports_above(chapters: Iterable[ChapterPage]) -> dict[int, ReportPage]:
    """Return the report of each chapter, by the chapter's id; one statement."""
    found = {chapter.pk: chapter.path[: -chapter.steplen] for chapter in chapters}
    above = {one.path: one for one in ReportPage.objects.filter(path__in=found.values()).defer("body")}
    return {number: above[path] for number, path in found.items() if path in above}


def around(chapter: ChapterPage) -> Around:
    """Return the chapters of the same report, and which stand before and after this one."""
    chapters = chapters_of(chapter.report)
    place = next((number for number, one in enumerate(chapters) if one.pk == chapter.pk), None)
    if place is None:
        return Around(chapters, 0, None, None)
    before = chapters[place - 1] if place else None
    return Around(chapters, place + 1, before, chapters[place + 1] if place + 1 < len(chapters) else None)


def open_index() -> ReportIndexPage | None:
    """Return the list of reports when everybody can open it."""
    return next(iter(open_to_all(ReportIndexPage.objects.order_by())[:1]), None)


def series_of(chapter: ChapterPage, *, everything: bool = False) -> list[ChapterIndicator]:
    """Return the series of a chapter in its order; ``everything`` is for previews."""
    rows = list(chapter.series.all())
    found = {one.pk: one for one in with_figures(named(rows), everything=everything)}
    for row in rows:
        if row.indicator_id in found:
            row.indicator = found[row.indicator_id]
    return [row for row in rows if row.indicator_id in found]


def named(rows: Iterable[ChapterIndicator]) -> "QuerySet[Indicator]":
    """Return the series that these rows name."""
    return Indicator.objects.filter(pk__in=[row.indicator_id for row in rows])


def ideas_about(chapter: ChapterPage) -> About:
    """Return what people have proposed on a chapter's subject; at most two statements."""
    linked = IdeaLink.objects.filter(kind=CHAPTER, object_id=chapter.pk).values("idea")
    found = list(newest(Q(pk__in=linked), SHOWN))
    rest = Q(goal=chapter.goal_id) if chapter.goal_id else Q()
    rest |= Q(topic=chapter.topic_id) if chapter.topic_id else Q()
    if rest and len(found) < SHOWN:
        found += newest(rest & ~Q(pk__in=[idea.pk for idea in found]), SHOWN - len(found))
    return About(
        cards=[card(idea) for idea in found],
        goal_url=ideas_url(chapter.goal) if chapter.goal else "",
        topic_url=f"/ideen/?thema={chapter.topic.slug}" if chapter.topic else "",
    )


def newest(wanted: Q, most: int) -> "QuerySet[Idea]":
    """Return the newest public ideas."""
    return for_cards(Idea.objects.listed().filter(wanted)).order_by(F("published_at").desc(nulls_last=True), "-pk")[
        :most
    ]
