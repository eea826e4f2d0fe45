"""News cards and lists, for the templates of every room."""

from django import template
from django.core.exceptions import BadRequest
from django.http import Http404
from django.template import Context
from django.utils.http import urlencode

from ideas.models import Campaign
from news import queries
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


@register.simple_tag(takes_context=True)
def news_listing(context: Context) -> queries.Listing:
    """Return the page of the list that the address asks for (``thema``, ``seite``); a wrong address is refused."""
    asked = context["request"].GET
    number = asked.get("seite", "1")
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= 100_000:
        raise BadRequest("seite")
    found = queries.listing(asked.get("thema", "").replace("\x00", ""), int(number))
    if found is None:
        raise Http404
    return found


@register.filter
def page_address(listing: queries.Listing, step: int) -> str:
    """Return the address of the page before (-1) or after (1)."""
    number = listing.number + int(step)
    asked = {"thema": listing.topic.slug if listing.topic else "", "seite": number if number > 1 else ""}
    return (
        "?" + urlencode({name: value for name, value in asked.items() if value})
        if any(asked.values())
        else "/aktuelles/"
    )


@register.filter
def ideas_of(article: NewsArticlePage) -> list[queries.Card]:
    """Return the public ideas that an article reports on."""
    return queries.ideas_of(article)


@register.filter
def reading_minutes(article: NewsArticlePage) -> int:
    """Return how many minutes most people take to read the article."""
    return queries.reading_minutes(article)
