"""Search and ideas follow the articles."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms import tree
from ideas.actions import recount_links
from news.models import ArticleIdea, NewsArticlePage
from search.actions import touch


@tree.page_changed(NewsArticlePage)
def article_changed(page_id: int) -> None:
    """Index the article anew, or forget it."""
    touch("news", page_id)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Index the articles below a page that was moved, closed or opened."""
    ids = list(NewsArticlePage.objects.filter(path__startswith=path).values_list("pk", flat=True))
    if ids:
        touch("news", *ids)


@receiver([post_save, post_delete], sender=ArticleIdea, dispatch_uid="news.idea_named")
def idea_named(instance: ArticleIdea, **kwargs: Any) -> None:
    """Let an idea know how many articles name it; its page asks for them only then."""
    recount_links(instance.idea_id)
