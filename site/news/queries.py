"""What can be asked of the news."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from cms.models import open_to_all
from ideas.models import Idea, IdeaLink, Topic
from ideas.queries.cards import card, for_cards
from news.models import NewsArticlePage

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

Card = dict[str, object]
PAGE_SIZE = 12
WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Listing:
    """One page of the list of news."""

    articles: list[NewsArticlePage]
    topics: list[Topic]
    topic: Topic | None
    number: int
    has_next: bool


def public() -> "PageQuerySet[NewsArticlePage]":
    """Return the articles that everybody may read."""
    return open_to_all(NewsArticlePage.objects.all())


def newest() -> "PageQuerySet[NewsArticlePage]":
    """Return the public articles, newest first, with all that a list shows."""
    return (
        public()
        .select_related("topic", "district", "picture")
        .prefetch_related("picture__renditions")
        .defer("body")
        .order_by("-date", "-pk")
    )


def listing(topic_slug: str, number: int) -> Listing | None:
    """Return a page of the list, of one topic or all; nothing for an unknown topic or a page beyond the end."""
    topics = list(Topic.objects.filter(Exists(NewsArticlePage.objects.live().filter(topic=OuterRef("pk")))))
    topic = next((one for one in topics if one.slug == topic_slug), None)
    if topic_slug and topic is None:
        return None
    found = newest().filter(topic=topic) if topic else newest()
    first = (number - 1) * PAGE_SIZE
    articles = list(found[first : first + PAGE_SIZE + 1])
    if number > 1 and not articles:
        return None
    return Listing(articles[:PAGE_SIZE], topics, topic, number, len(articles) > PAGE_SIZE)


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
