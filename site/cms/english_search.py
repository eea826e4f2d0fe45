"""How pages in English plug into search: one kind, so that whoever reads English finds them first.

They are analysed as German texts are; what is asked in English is read the same way, so words still meet.
"""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import Variant, open_to_all
from cms.models.pages import ENGLISH
from cms.models.variants import words_of
from cms.queries.coverage import secret
from search.registry import Builder, Doc, register


@register
class EnglishSearch(Builder):
    """Pages in English: those of the English tree, and German ones that have an English version."""

    kind, language = "english", "en"
    label, label_plural = _("Page in English"), _("Pages in English")
    icon, order = "document", 55

    def visible_to(self, user: Any) -> QuerySet:
        written = Q(variants__level=Variant.Level.ENGLISH, variants__live=True)
        found = open_to_all(Page.objects.filter(Q(url_path__startswith=ENGLISH) | written))
        return found.exclude(pk__in=secret(user)).order_by()

    def prepare(self, queryset: Any) -> QuerySet:
        shown = Variant.objects.filter(level=Variant.Level.ENGLISH, live=True)
        found: QuerySet = queryset.specific().prefetch_related(Prefetch("variants", shown, to_attr="in_english"))
        return found

    def document(self, page: Any) -> Doc:
        """Return the English words; those that a version leaves out are the page's own."""
        for version in page.in_english:
            version.apply(page)
        title, *words = words_of(page)
        return Doc(title=title, body="\n".join(words), published_at=page.first_published_at)

    def url(self, page: Any) -> str:
        own: str = page.get_absolute_url()
        return own if own.startswith(ENGLISH) else ENGLISH + own[1:]
