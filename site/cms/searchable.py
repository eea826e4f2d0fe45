"""How plain pages plug into search."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.models import PlainPage, open_to_all
from search.registry import Builder, Doc, register


@register
class PageSearch(Builder):
    """Plain pages that are published and open to everybody."""

    kind = "page"
    label, label_plural = _("Page"), _("Pages")
    icon, order = "document", 50

    def visible_to(self, user: object) -> QuerySet:
        return open_to_all(PlainPage.objects.all())

    def document(self, page: Any) -> Doc:
        words = page.body.stream_block.get_searchable_content(page.body)
        return Doc(
            title=page.title,
            body="\n".join([page.lead, *(str(text) for text in words if text)]),
            published_at=page.first_published_at,
        )
