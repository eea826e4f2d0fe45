"""How articles and ideas find each other: an editor names ideas in an article, staff link an idea with an article."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ideas.linkable import Linkable, Person, Target, register
from ideas.queries.linked import from_search
from news.models import ArticleIdea
from news.queries import public
from theme import dates


@register
class LinkableArticle(Linkable):
    """Articles that everybody may read; a draft is named nowhere."""

    kind, label = "news", _("News")

    def find(self, user: Person, words: str, limit: int) -> list[Target]:
        return from_search(self.kind, user, words, limit)

    def get(self, user: Person, ids: Iterable[int]) -> dict[int, Target]:
        found = public().filter(pk__in=ids).defer("body")
        return {article.pk: self.target(article) for article in found}

    def target(self, article: Any) -> Target:
        """Return an article as the end of a link."""
        return Target(self.kind, article.pk, article.title, article.get_absolute_url(), dates.short_day(article.date))

    def naming(self, idea_id: int) -> list[int]:
        return list(ArticleIdea.objects.filter(idea=idea_id).order_by("-page_id").values_list("page_id", flat=True))
