"""What can be asked of the news."""

from typing import TYPE_CHECKING

from django.db.models import Q

from cms.models import open_to_all
from cms.models.pages import ENGLISH
from ideas.models import Goal, Idea, IdeaLink
from ideas.queries.cards import card, for_cards
from news.models import ArticleIdea, NewsArticlePage

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

Card = dict[str, object]
WORDS_A_MINUTE = 200


def public() -> "PageQuerySet[NewsArticlePage]":
    """Return the articles that everybody may read."""
    return open_to_all(NewsArticlePage.objects.all())


def told() -> "PageQuerySet[NewsArticlePage]":
    """Return the public articles as lists tell them: each once, by its German page; an English one stands behind it."""
    found: PageQuerySet[NewsArticlePage] = public().exclude(url_path__startswith=ENGLISH)
    return found


def newest() -> "PageQuerySet[NewsArticlePage]":
    """Return the public articles, newest first, with all that a list shows."""
    return (
        told()
        .select_related("topic", "district", "picture")
        .prefetch_related("picture__renditions")
        .defer("body")
        .order_by("-date", "-pk")
    )


def about_goal(goal: Goal) -> "PageQuerySet[NewsArticlePage]":
    """Return the public articles that report on public ideas which serve a goal, newest first."""
    ideas = Idea.objects.listed().filter(goal=goal).values("pk")
    named = ArticleIdea.objects.filter(idea__in=ideas).values("page")
    linked = IdeaLink.objects.filter(kind=IdeaLink.Kind.NEWS, idea__in=ideas).values("object_id")
    return newest().filter(Q(pk__in=named) | Q(pk__in=linked))


def ideas_of(article: NewsArticlePage) -> list[Card]:
    """Return the cards of the public ideas that an article reports on, in the editor's order, then those linked with it."""
    named = [link.idea_id for link in article.idea_links.all()]
    linked = IdeaLink.objects.filter(kind=IdeaLink.Kind.NEWS, object_id=article.pk).values_list("idea_id", flat=True)
    ids = list(dict.fromkeys([*named, *linked]))
    found = {idea.pk: card(idea) for idea in for_cards(Idea.objects.listed().filter(pk__in=ids))} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def body_text(article: NewsArticlePage) -> str:
    """Return the words of an article's body."""
    return " ".join(str(words) for words in article.body.stream_block.get_searchable_content(article.body) if words)


def reading_minutes(article: NewsArticlePage) -> int:
    """Return how long most people take to read the article, at least a minute."""
    return max(1, round(len(f"{article.teaser} {body_text(article)}".split()) / WORDS_A_MINUTE))
