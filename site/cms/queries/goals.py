"""What was reached for the town's goals: measures, ideas and numbers, put together from where they are kept."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import F, Sum

from cms.models import GoalPage, Indicator, Measure, open_to_all
from cms.queries.figures import with_figures
from ideas.models import Goal, Idea, IdeaTally
from ideas.queries.cards import card, for_cards

PATHS, PATHS_SECONDS = "cms:goal_paths", 300
SHOWN = 3
MOST_DONE = 20


@dataclass(frozen=True)
class Standing:
    """One goal in the overview; ``percent`` is the mean of its measures that were not stopped, None without any."""

    goal: Goal
    page: GoalPage | None
    ideas: int
    ideas_done: int
    measures: int
    measures_done: int
    percent: int | None

    @property
    def url(self) -> str:
        """Return where more is to be read: its page, or its ideas."""
        return self.page.get_absolute_url() if self.page else ideas_url(self.goal)


@dataclass(frozen=True)
class Reached:
    """What stands on the page of one goal beside an editor's words."""

    measures: list[Measure]
    done: list[Measure]
    ideas: int
    cards: list[dict[str, object]]
    ideas_done: list[Idea]
    indicators: list[Indicator]
    ideas_url: str


def ideas_url(goal: Goal) -> str:
    """Return the address of the ideas that serve a goal."""
    return f"/ideen/?ziel={goal.slug}"


def standings() -> list[Standing]:
    """Return all goals in the town's order; four statements, however many ideas there are."""
    pages = {page.goal_id: page for page in open_to_all(GoalPage.objects.defer("body").order_by())}
    measures = defaultdict(list)
    for measure in Measure.objects.filter(is_public=True):
        measures[measure.goal_id].append(measure)
    ideas, done = counted()
    return [
        Standing(
            goal=goal,
            page=pages.get(goal.pk),
            ideas=ideas[goal.pk],
            ideas_done=done[goal.pk],
            measures=len(measures[goal.pk]),
            measures_done=sum(one.state == Measure.State.DONE for one in measures[goal.pk]),
            percent=mean(measures[goal.pk]),
        )
        for goal in Goal.objects.all()
    ]


def done_lately(limit: int = 6) -> list[tuple[Measure, str]]:
    """Return what was carried out last for any goal, each with its place on the page of the goal."""
    found = Measure.objects.filter(is_public=True, state=Measure.State.DONE).select_related("goal")
    newest = found.order_by(F("ends_on").desc(nulls_last=True), "-pk")[:limit]
    return [(one, f"{goal_address(one.goal)}#massnahme-{one.pk}") for one in newest]


def counted(goal: Goal | None = None) -> tuple[Counter[int], Counter[int]]:
    """Return by goal how many public ideas there are, and how many of them were carried out; from the tally."""
    rows = IdeaTally.objects.filter(campaign__is_public=True, **({"goal": goal.pk} if goal else {}))
    ideas, done = Counter[int](), Counter[int]()
    for goal_id, progress, number in rows.order_by().values_list("goal", "progress").annotate(sum=Sum("number")):
        ideas[goal_id] += number
        done[goal_id] += number if progress == Idea.Progress.DONE else 0
    return ideas, done


def mean(measures: Iterable[Measure]) -> int | None:
    """Return the mean progress of the measures that go on, in per cent."""
    going = [measure.percent for measure in measures if measure.state != Measure.State.STOPPED]
    return round(sum(going) / len(going)) if going else None


def reached(goal: Goal) -> Reached:
    """Return what the page of a goal shows by itself; six statements."""
    measures = list(Measure.objects.filter(goal=goal, is_public=True))
    ideas = Idea.objects.listed().filter(goal=goal)
    newest = for_cards(ideas).order_by("-published_at", "-pk")[:SHOWN]
    carried_out = ideas.filter(progress=Idea.Progress.DONE).order_by("-published_at", "-pk").only("title", "slug")
    return Reached(
        measures=[one for one in measures if one.state != Measure.State.DONE],
        done=[one for one in measures if one.state == Measure.State.DONE],
        ideas=counted(goal)[0][goal.pk],
        cards=[card(idea) for idea in newest],
        ideas_done=list(carried_out[:MOST_DONE]),
        indicators=with_figures(Indicator.objects.filter(goal=goal)),
        ideas_url=ideas_url(goal),
    )


def paths() -> dict[int, str]:
    """Return the addresses of the published pages of goals, by goal; remembered until a page changes."""
    found: dict[int, str] | None = caches["fast"].get(PATHS)
    if found is None:
        pages = open_to_all(GoalPage.objects.only("goal_id", "url_path").order_by())
        found = {page.goal_id: page.get_absolute_url() for page in pages}
        caches["fast"].set(PATHS, found, PATHS_SECONDS)
    return found


def goal_address(goal: Goal) -> str:
    """Return the address of the goal's page, or of its ideas while there is none."""
    return paths().get(goal.pk) or ideas_url(goal)


def forget_paths() -> None:
    """Read the addresses again."""
    caches["fast"].delete(PATHS)
