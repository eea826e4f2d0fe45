"""The feed; the pages themselves are Wagtail's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from news.feeds import news_feed


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the Atom feed."""
    made = news_feed(request.path)
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=60"
    return answer
