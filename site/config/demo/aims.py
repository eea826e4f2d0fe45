"""The town's goals: a page for each, with measures and numbers."""

from datetime import timedelta
from typing import Any

from cms.models import GoalIndexPage, GoalPage, Indicator, IndicatorValue, Measure
from config.demo import body
from config.demo.clock import ago, today, with_days
from config.demo.pages import add_page, german_start, missing, stream
from config.demo.pictures import editors_picture
from config.demo.texts import Entry, read
from ideas.models import Goal


def make_goals() -> None:
    """Publish what belongs to the goals, unless it is there."""
    for place, entry in enumerate(read("goals")["measures"]):
        add_measure(entry, place)
    for place, entry in enumerate(read("goals")["indicators"]):
        add_indicator(entry, place)
    make_pages()


def make_pages() -> None:
    """Publish the list and a page for each goal."""
    start, words = german_start(), read("pages")["aims"]
    if missing(GoalIndexPage, "ziele", start):
        page = GoalIndexPage(title=words["title"], slug="ziele", lead=with_days(words["lead"]), show_in_menus=True)
        page.picture = editors_picture(words["picture"])
        page.body = stream(page, "body", body.blocks(words["body"]))
        add_page(start, page, at=ago(120))
    index = GoalIndexPage.objects.get()
    for entry in read("town")["goals"]:
        if missing(GoalPage, entry["slug"], index):
            page = GoalPage(title=entry["name"], slug=entry["slug"], lead=entry["line"])
            page.goal = Goal.objects.get(slug=entry["slug"])
            page.body = stream(page, "body", body.blocks(entry["text"]))
            add_page(index, page, at=ago(119))
            index.refresh_from_db()


def add_measure(entry: Entry, place: int) -> None:
    """Write down one measure."""
    begins, ends = (today() + timedelta(days=day) for day in entry["days"])
    fields: dict[str, Any] = {
        name: entry.get(name, "") for name in ("text", "office", "state", "percent", "why_stopped")
    }
    goal = Goal.objects.get(slug=entry["goal"])
    Measure.objects.get_or_create(
        title=entry["title"], defaults={**fields, "goal": goal, "begins_on": begins, "ends_on": ends, "position": place}
    )


def add_indicator(entry: Entry, place: int) -> None:
    """Write down one series."""
    fields = {name: entry[name] for name in ("name", "unit", "source", "better")}
    fields |= {"method": entry.get("method", ""), "decimals": entry.get("decimals", 0), "position": place}
    goal = Goal.objects.get(slug=entry["goal"])
    made, is_new = Indicator.objects.get_or_create(slug=entry["slug"], defaults={**fields, "goal": goal})
    if is_new:
        IndicatorValue.objects.bulk_create(
            IndicatorValue(indicator=made, year=year, value=str(value), breaks=bool(rest), note=rest[1] if rest else "")
            for year, value, *rest in entry["values"]
        )
