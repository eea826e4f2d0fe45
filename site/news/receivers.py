"""Search follows the articles: written inside the transaction in which Wagtail saves them."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.tree import tree_changed
from news.models import NewsArticlePage
from search.actions import touch


@receiver([post_save, post_delete], sender=NewsArticlePage)
def article_changed(instance: NewsArticlePage, **_kwargs: object) -> None:
    """Index the article anew, or forget it."""
    touch("news", instance.pk)


@tree_changed
def articles_moved(page_path: str) -> None:
    """Index the articles below a page that was moved, closed or opened."""
    ids = list(NewsArticlePage.objects.filter(path__startswith=page_path).values_list("pk", flat=True))
    if ids:
        touch("news", *ids)
