"""The feeds; the pages themselves are Wagtail's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ideas.models import Topic
from news.feeds import news_feed


@require_safe
def feed(request: HttpRequest, topic: str = "") -> HttpResponse:
    """Return the Atom feed of all news, or of one topic (404 for a topic that there is not)."""
    made = news_feed(request.path, get_object_or_404(Topic, slug=topic) if topic else None)
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=60"
    return answer
