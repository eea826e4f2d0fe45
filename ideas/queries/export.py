"""A campaign's ideas as a table, row by row; how many statements it takes does not depend on how many ideas there are."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ideas.models import Campaign, Idea, Intake
from ideas.queries.questions import questions_of
from ideas.questions import gone
from ideas.rules import Person, counts_shown

CHUNK = 1000
# Of the approved version; of the newest where none is.
OF_VERSION = ("title", "text", "place")
COLUMNS = (
    "pk", "slug", "state", "progress", "status__name", "title_shown", "text_shown", "topic__name", "goal__name",
    "district__name", "place_shown", "latitude", "longitude", "author__display_name", "channel", "created_at", "published_at",
    "support_count", "comment_count", "approved_version__tags", "latest_version__tags", "approved_version__answers",
    "latest_version__answers",
)  # fmt: skip


def table_of_ideas(campaign: Campaign, user: Person) -> Iterator[list[Any]]:
    """Yield the heading, then one row for each idea that ``user`` may see."""
    ideas = Idea.objects.visible_to(user).filter(campaign=campaign)
    asked = {question.key: question.label for question in questions_of(campaign)}
    keys = asked | _no_longer_asked(ideas, set(asked))
    yield [*headings(), *keys.values()]
    with_counts = counts_shown(campaign)
    shown = {f"{name}_shown": Coalesce(f"approved_version__{name}", f"latest_version__{name}") for name in OF_VERSION}
    for row in ideas.annotate(**shown).order_by("pk").values(*COLUMNS).iterator(chunk_size=CHUNK):
        yield _row(row, list(keys), with_counts=with_counts)


def _no_longer_asked(ideas: Any, asked: set[str]) -> dict[str, str]:
    """Return the questions that only old answers know: {key: heading}."""
    found: dict[str, str] = {}
    answered = ideas.exclude(latest_version__answers=[]).order_by("pk")
    for answers in answered.values_list("latest_version__answers", flat=True).iterator(chunk_size=CHUNK):
        for answer in answers or ():
            if answer.get("key") not in asked:
                found[str(answer.get("key"))] = gone(str(answer.get("label", "")))
    return found


def headings() -> list[str]:
    """Return the names of the columns before the campaign's own questions."""
    return [
        _("Number"),
        _("Title"),
        _("Text"),
        _("State"),
        pgettext("of an idea", "Status"),
        _("Topic"),
        _("Goal"),
        _("District"),
        _("Place"),
        _("Latitude"),
        _("Longitude"),
        _("Tags"),
        _("By"),
        _("Came in by"),
        pgettext("received", "Sent"),
        _("Published"),
        _("Supports"),
        _("Comments"),
        pgettext("in the net", "Address"),
    ]


def _row(row: dict[str, Any], keys: list[str], *, with_counts: bool) -> list[Any]:
    tags = row["approved_version__tags"] or row["latest_version__tags"] or []
    answers = row["approved_version__answers"] or row["latest_version__answers"] or []
    given = {answer.get("key"): _cell(answer) for answer in answers}
    return [
        row["pk"],
        row["title_shown"],
        row["text_shown"],
        str(Idea.State(row["state"]).label),
        row["status__name"] or str(Idea.Progress(row["progress"]).label),
        row["topic__name"],
        row["goal__name"],
        row["district__name"],
        row["place_shown"],
        row["latitude"],
        row["longitude"],
        ", ".join(tags),
        row["author__display_name"],
        str(Intake.Channel(row["channel"]).label) if row["channel"] else _("form"),
        row["created_at"],
        row["published_at"],
        row["support_count"] if with_counts else "",
        row["comment_count"],
        settings.SITE_URL + reverse("ideas:idea", args=[row["pk"], row["slug"]]),
        *(given.get(key) for key in keys),
    ]


def _cell(answer: dict[str, Any]) -> Any:
    """Return an answer for its cell: numbers as numbers, several answers with commas between."""
    value = answer.get("value")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else answer.get("shown", "")
