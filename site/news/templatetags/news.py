"""News cards and lists, for the templates of every room."""

from django import template
from django.http import Http404
from django.template import Context

from ideas.models import Campaign, Goal
from news import listing, queries
from news.models import NewsArticlePage

register = template.Library()


@register.inclusion_tag("news/parts/latest.html")
def latest_news(limit: int = 4) -> dict[str, object]:
    """Render the latest articles: the first one large, the others small."""
    return {"articles": list(queries.newest()[: int(limit)])}


@register.simple_tag
def campaign_news(chosen: Campaign | None, campaign: Campaign | str | None, limit: int) -> list[NewsArticlePage]:
    """Return the newest articles about the chosen campaign, else about the one whose page this is."""
    about = chosen or campaign
    return list(queries.newest().filter(campaign=about)[: int(limit or 0)]) if isinstance(about, Campaign) else []


@register.inclusion_tag("news/parts/about_goal.html")
def goal_news(goal: Goal, limit: int = 3) -> dict[str, object]:
    """Render the newest articles about ideas that serve a goal; nothing without any."""
    return {"articles": list(queries.about_goal(goal)[:limit])}


@register.simple_tag(takes_context=True)
def news_listing(context: Context) -> listing.Listing:
    """Return the page of the list that the address asks for; a wrong value is refused, a page beyond the end is missing."""
    found = listing.listing(context["request"].GET)
    if found is None:
        raise Http404
    return found


@register.filter
def ideas_of(article: NewsArticlePage) -> list[queries.Card]:
    """Return the public ideas that an article reports on."""
    return queries.ideas_of(article)


@register.filter
def reading_minutes(article: NewsArticlePage) -> int:
    """Return how many minutes most people take to read the article."""
    return queries.reading_minutes(article)
