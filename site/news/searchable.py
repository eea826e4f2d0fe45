"""How articles plug into search."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from cms import papers
from ideas.models import District, Topic
from news import queries
from search.registry import Attachment, Builder, Doc, register


@register
class NewsSearch(Builder):
    """Articles that are published and open to everybody."""

    kind = "news"
    label, label_plural = _("Article"), _("News")
    icon, order = "news", 40

    def visible_to(self, user: object) -> QuerySet:
        return queries.public()

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("topic", "district", "campaign")

    def attachments(self, objects: Sequence[Model]) -> dict[int, list[Attachment]]:
        return papers.offered(objects)

    def document(self, article: Any) -> Doc:
        campaign = article.campaign if article.campaign and article.campaign.is_public else None
        return Doc(
            title=article.title,
            body=f"{article.teaser}\n{queries.body_text(article)}",
            campaign=campaign.slug if campaign else "",
            category=article.topic.slug if article.topic else "",
            district=article.district.slug if article.district else "",
            published_at=article.first_published_at,
        )

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        model = {"category": Topic, "district": District}.get(facet)
        return dict(model._default_manager.filter(slug__in=values).values_list("slug", "name")) if model else {}
