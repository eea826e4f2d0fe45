"""The newest ideas for feed readers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.models import Idea
from ideas.queries.coauthors import coauthor_names, listed

LENGTH = 30


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the newest public ideas as Atom."""
    made = Atom1Feed(
        title=_("New ideas"),
        link=settings.SITE_URL + reverse("ideas:ideas"),
        description=_("What citizens propose"),
        feed_url=settings.SITE_URL + request.path,
        language=settings.LANGUAGE_CODE,
    )
    rows = Idea.objects.listed().select_related("author", "campaign", "topic").order_by("-published_at", "-pk")
    newest = list(rows[:LENGTH])
    others = coauthor_names(newest)
    for idea in newest:
        made.add_item(
            title=idea.title,
            link=settings.SITE_URL + idea.get_absolute_url(),
            description=idea.teaser,
            unique_id=settings.SITE_URL + reverse("ideas:idea_short", args=[idea.pk]),
            author_name=listed([idea.author.display_name if idea.author else unsigned(idea), *others.get(idea.pk, [])]),
            pubdate=idea.published_at,
            updateddate=idea.published_at,
            categories=[idea.topic.name] if idea.topic else [],
        )
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    return response


def unsigned(idea: Idea) -> str:
    """Return what stands where a name would."""
    return _("handed in another way") if idea.channel else _("Former member")
