"""The issues that went out, as far as their articles may still be read."""

from django.db.models import QuerySet

from news.models import Issue

PAGE_SIZE = 20


def issues() -> QuerySet[Issue]:
    """Return the issues that have left the house, newest first."""
    gone = Issue.objects.filter(state__in=(Issue.State.SENDING, Issue.State.SENT), started_at__isnull=False)
    return gone.select_related("topic").order_by("-started_at", "-pk")


def page(number: int) -> tuple[list[Issue], bool]:
    """Return a page of the archive, and whether there is an older one."""
    first = (number - 1) * PAGE_SIZE
    found = list(issues()[first : first + PAGE_SIZE + 1])
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE
