"""The page of all contacts."""

from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models import place_nodes
from cms.models.contacts import Contact
from cms.models.goals import SEARCH_ENGINES
from cms.models.machines import Node
from cms.models.pages import TITLE, FixedSlugPage


class ContactIndexPage(FixedSlugPage):
    """Whom to ask, and where, at /kontakt/: offices and people of the list of contacts."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    place = models.ForeignKey(
        "cms.Place", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to find us")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content below the contacts"))

    fixed_slug = "kontakt"
    joins = ("picture", "place")
    template = "cms/contact_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        TITLE, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("place"), FieldPanel("body"),
    ]  # fmt: skip
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("Offices and people to turn to, and the way there.")

    class Meta:
        verbose_name, verbose_name_plural = _("page of contacts"), _("pages of contacts")

    @cached_property
    def contacts(self) -> list[Contact]:
        """Return the contacts that are listed; who has a successor is represented there."""
        return list(Contact.objects.filter(is_listed=True, successor=None))

    def json_ld(self, request: Any) -> list[Node]:
        found = [place_nodes.points(self.contacts), *([place_nodes.office(self.place)] if self.place else [])]
        return [*super().json_ld(request), *found]

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nobody keep an answer that says what is open now and who is away."""
        answer = super().serve(request, *args, **kwargs)
        answer["Cache-Control"] = "no-cache"
        return answer
