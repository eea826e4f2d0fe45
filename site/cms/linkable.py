"""What ideas can be linked with here: the town's goals, which now have pages, and its measures."""

from collections.abc import Iterable

from cms.models import ChapterPage, Measure, ProcessPage, open_to_all
from cms.queries.goals import ideas_url, paths
from cms.queries.reports import public_chapters, reports_above
from ideas.linkable import Linkable, Person, Target, register
from ideas.models import Goal, IdeaLink
from ideas.queries.linked import HEADINGS, LinkableGoal

Kind = IdeaLink.Kind


@register
class LinkableGoalPage(LinkableGoal):
    """Goals lead to their page, and to their ideas while there is none."""

    def target(self, goal: Goal) -> Target:
        return Target(self.kind, goal.pk, goal.name, paths().get(goal.pk) or ideas_url(goal))


@register
class LinkableMeasure(Linkable):
    """Measures that everybody may see; they lead to their line on the page of their goal."""

    kind, label = Kind.MEASURE.value, HEADINGS[Kind.MEASURE]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        found = Measure.objects.filter(is_public=True, title__icontains=words).select_related("goal")
        return [self.target(measure) for measure in found[:limit]]

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        found = Measure.objects.filter(is_public=True, pk__in=ids).select_related("goal")
        return {measure.pk: self.target(measure) for measure in found}

    def target(self, measure: Measure) -> Target:
        """Return a measure as the end of a link."""
        place = paths().get(measure.goal_id)
        url = f"{place}#massnahme-{measure.pk}" if place else ideas_url(measure.goal)
        return Target(self.kind, measure.pk, measure.title, url, str(measure.get_state_display()))


@register
class LinkableProcess(Linkable):
    """Core processes that everybody can open."""

    kind, label = Kind.PROCESS.value, HEADINGS[Kind.PROCESS]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        found = open_to_all(ProcessPage.objects.filter(title__icontains=words))
        return [self.target(page) for page in found.only("title", "url_path", "state")[:limit]]

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        found = open_to_all(ProcessPage.objects.filter(pk__in=ids))
        return {page.pk: self.target(page) for page in found.only("title", "url_path", "state")}

    def target(self, page: ProcessPage) -> Target:
        """Return a process as the end of a link."""
        return Target(self.kind, page.pk, page.title, page.get_absolute_url(), str(page.get_state_display()))


@register
class LinkableChapter(Linkable):
    """Chapters of reports that everybody can open."""

    kind, label = Kind.CHAPTER.value, HEADINGS[Kind.CHAPTER]

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        return list(
            self.targets(public_chapters().filter(title__icontains=words).order_by("-pk").defer("body")[:limit])
        )

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        return {one.object_id: one for one in self.targets(public_chapters().filter(pk__in=ids).defer("body"))}

    def targets(self, pages: Iterable[ChapterPage]) -> Iterable[Target]:
        """Yield chapters as ends of links; beside them the report they stand in."""
        found = list(pages)
        reports = reports_above(found)
        for page in found:
            yield Target(self.kind, page.pk, page.title, page.get_absolute_url(), reports[page.pk].title)
