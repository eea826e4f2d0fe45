"""How pages of text plug into search: plain pages and the town's goals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left, Length
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms import papers
from cms.models import (
    AccessibilityPage,
    ChapterPage,
    GoalPage,
    ImprintPage,
    PlainPage,
    ProcessPage,
    ReportPage,
    open_to_all,
)
from cms.models.pages import ENGLISH
from cms.queries.reports import public_chapters
from cms.queries.standing import public_places
from search.registry import Attachment, Builder, Doc, register
from search.registry import Place as Point

# What is found of pages made of fields. Mail addresses are not: they would lie open in lists of hits.
ABOUT: dict[type[Page], tuple[str, ...]] = {
    ImprintPage: (
        "provider", "street", "zipcode", "city", "represented_by", "phone", "authority", "vat_id", "responsible",
    ),
    AccessibilityPage: (
        "scope", "status", "standard", "method", "method_words", "feedback_office", "feedback_phone", "ombuds",
    ),
}  # fmt: skip


class TextPageSearch(Builder):
    """Pages of one kind that are published and open to everybody, with the documents they offer."""

    model: ClassVar[type[Page]]

    def visible_to(self, user: object) -> QuerySet:
        # Texts are searched as German ones; the English pages would only stand twice among the hits.
        return open_to_all(self.model.objects.all()).exclude(url_path__startswith=ENGLISH)

    def attachments(self, objects: Sequence[Model]) -> dict[int, list[Attachment]]:
        return papers.offered(objects)

    def document(self, page: Any) -> Doc:
        words = page.body.stream_block.get_searchable_content(page.body)
        return Doc(
            title=page.title,
            body="\n".join([page.lead, *(str(text) for text in words if text)]),
            published_at=page.first_published_at,
        )


@register
class PageSearch(TextPageSearch):
    """Plain pages."""

    kind, model = "page", PlainPage
    label, label_plural = _("Page"), _("Pages")
    icon, order = "document", 50


@register
class AboutSearch(TextPageSearch):
    """Imprint and statement on accessibility: pages made of fields, one tab for both."""

    kind, model = "about", Page
    label, label_plural = _("Page about this site"), _("About this site")
    icon, order = "info", 54

    def visible_to(self, user: object) -> QuerySet:
        return cast(PageQuerySet, super().visible_to(user)).type(*ABOUT)

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return cast(PageQuerySet, queryset).specific()

    def document(self, page: Any) -> Doc:
        streams = [getattr(page, name) for name in ("barriers", "body") if hasattr(page, name)]
        words = [str(text) for one in streams for text in one.stream_block.get_searchable_content(one) if text]
        lines = [line for name in ABOUT[type(page)] for line in stated(page, name)]
        return Doc(title=page.title, body="\n".join([*lines, *words]), published_at=page.first_published_at)


def stated(page: Page, name: str) -> Iterator[str]:
    """Yield what a field says after its name, in the town's language whoever saves the page."""
    with translation.override(settings.LANGUAGE_CODE):
        field = page._meta.get_field(name)
        value = str(getattr(page, f"get_{name}_display")() if field.choices else getattr(page, name) or "")
        if value.strip():
            yield f"{capfirst(str(field.verbose_name))}: {value}"


@register
class GoalSearch(TextPageSearch):
    """Pages of the town's goals."""

    kind, model = "goal", GoalPage
    label, label_plural = _("Goal"), _("Goals")
    icon, order = "goal", 40


@register
class ProcessSearch(TextPageSearch):
    """Core processes, with what they offer and what people ask."""

    kind, model = "process", ProcessPage
    label, label_plural = _("Core process"), _("Core processes")
    icon, order = "settings", 45

    def document(self, page: Any) -> Doc:
        found = super().document(page)
        streams = (page.services, page.questions, page.milestones, page.partners)
        words = [str(text) for one in streams for text in one.stream_block.get_searchable_content(one) if text]
        return replace(found, body="\n".join([found.body, page.state_note, *words]))


@register
class ReportSearch(TextPageSearch):
    """Reports with their summary, how people were asked, and the PDF."""

    kind, model = "report", ReportPage
    label, label_plural = _("Family report"), _("Family reports")
    icon, order = "book", 46

    def prepare(self, queryset: QuerySet) -> QuerySet:
        return queryset.select_related("pdf")

    def attachments(self, objects: Sequence[Model]) -> dict[int, list[Attachment]]:
        found = papers.offered(objects)
        named: dict[int, int] = {page.pk: page.pdf_id for page in objects if page.offers_pdf}  # type: ignore[attr-defined]
        files = {one.pk: papers.attachment(one) for one in papers.open_documents(named.values())} if named else {}
        for page, document in named.items():
            if document in files:
                found[page] = [files[document], *found.get(page, [])]
        return found

    def document(self, page: Any) -> Doc:
        found = super().document(page)
        return replace(found, body="\n".join([found.body, page.survey_how, page.survey_limits]))


@register
class ChapterSearch(TextPageSearch):
    """Chapters with their numbers."""

    kind, model = "chapter", ChapterPage
    label, label_plural = _("Chapter of a report"), _("Chapters of reports")
    icon, order = "book", 47

    def visible_to(self, user: object) -> QuerySet:
        return public_chapters().exclude(url_path__startswith=ENGLISH)

    def prepare(self, queryset: QuerySet) -> QuerySet:
        above = Left(OuterRef("path"), Length(OuterRef("path")) - ChapterPage.steplen)
        title = Subquery(ReportPage.objects.filter(path=above).values("title")[:1])
        return queryset.prefetch_related("series__indicator").annotate(report_title=title)

    def document(self, page: Any) -> Doc:
        found = super().document(page)
        words = [f"{row.indicator.name}. {row.words}" for row in page.series.all()]
        return replace(found, body="\n".join([found.body, *words]))

    def note(self, page: Any) -> str:
        return getattr(page, "report_title", "")


@register
class PlaceSearch(Builder):
    """Places with address and way, as long as they stand on a page or belong to a contact that everybody may know of."""

    kind = "place"
    label, label_plural = pgettext_lazy("where something is", "Place"), pgettext_lazy("where something is", "Places")
    icon, order = "pin", 48

    def visible_to(self, user: object) -> QuerySet:
        return public_places()

    def document(self, place: Any) -> Doc:
        access = place.get_step_free_display() if place.step_free else ""
        words = (*place.address, place.directions, place.stop, place.bicycles, place.parking, access, place.access)
        return Doc(title=place.name, body="\n".join(str(one) for one in words if one))

    def place(self, place: Any) -> Point | None:
        if place.latitude is None or place.longitude is None:
            return None
        return Point(place.name, place.latitude, place.longitude)
