"""Search follows the articles."""

from cms import tree
from news.models import NewsArticlePage
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
