"""The town's core processes: what is being built up, how far it is, where its door is and when it is open."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from cms.blocks import BodyBlock
from cms.blocks.processes import (
    ContactsBlock,
    DatesListBlock,
    MilestonesBlock,
    PartnersBlock,
    QuestionsBlock,
    ServicesBlock,
)
from cms.fields import BlocksField
from cms.models import place_nodes
from cms.models.goals import SEARCH_ENGINES
from cms.models.machines import Node
from cms.models.openness import open_to_all
from cms.models.pages import TITLE, FixedSlugPage, TownPage
from ideas.models import Topic

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


class ProcessIndexPage(FixedSlugPage):
    """All core processes, at /kernprozesse/."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content below the list"))

    fixed_slug = "kernprozesse"
    joins = ("picture",)
    template = "cms/process_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["cms.ProcessPage"]
    content_panels: ClassVar = [TITLE, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("The large undertakings of the town, with how far each is.")

    class Meta:
        verbose_name, verbose_name_plural = _("list of core processes"), _("lists of core processes")

    @cached_property
    def processes(self) -> "PageQuerySet[ProcessPage]":
        """Return the public pages below, in the editors' order."""
        return open_to_all(ProcessPage.objects.child_of(self)).select_related("picture", "place").order_by("path")


class ProcessPage(TownPage):
    """One core process: status, milestones, services, door and hours, partners, questions, ideas."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        BUILDING = "building", pgettext_lazy("state of an undertaking", "being set up")
        RUNNING = "running", pgettext_lazy("state of an undertaking", "in operation")
        RESTING = "resting", pgettext_lazy("state of an undertaking", "at rest")

    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("Two sentences that say what the page is about.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    state_note = models.CharField(
        _("state in a sentence"), max_length=200, blank=True, help_text=_("What works already, what does not yet?")
    )
    says_du = models.BooleanField(
        _("says “du” to readers"), default=False, help_text=_("For pages that are meant for young people.")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))
    services = BlocksField(ServicesBlock(), blank=True, verbose_name=_("services"))
    place = models.ForeignKey(
        "cms.Place", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"),
        help_text=_("Its hours say on the page whether it is open now."),
    )  # fmt: skip
    milestones = BlocksField(MilestonesBlock(), blank=True, verbose_name=_("milestones"))
    dates = BlocksField(DatesListBlock(), blank=True, verbose_name=_("dates"))
    contacts = BlocksField(ContactsBlock(), blank=True, verbose_name=_("contacts"))
    partners = BlocksField(PartnersBlock(), blank=True, verbose_name=_("partners"))
    questions = BlocksField(QuestionsBlock(), blank=True, verbose_name=_("frequent questions"))
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic of its ideas"),
        help_text=_("Newest ideas with this topic are shown below those that are linked with the page."),
    )  # fmt: skip

    joins = ("picture", "place", "topic")
    template = "cms/process_page.html"
    parent_page_types: ClassVar = ["cms.ProcessIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("lead"), FieldPanel("picture"),
        MultiFieldPanel([FieldRowPanel([FieldPanel("state"), FieldPanel("says_du")]), FieldPanel("state_note")], _("State")),
        *(FieldPanel(name) for name in ("body", "services", "place", "milestones", "dates")),
        *(FieldPanel(name) for name in ("contacts", "partners", "questions", "topic")),
    ]  # fmt: skip
    page_description = _("An undertaking of years: services, hours, milestones, partners, questions.")

    class Meta:
        verbose_name, verbose_name_plural = _("core process"), _("core processes")

    def json_ld(self, request: Any) -> list[Node]:
        streams: Any = self.dates
        own = place_nodes.dates((block.value for block in streams), self.get_absolute_url())
        return [*super().json_ld(request), *([place_nodes.office(self.place)] if self.place else []), *own]

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nobody keep an answer that says what is open now."""
        answer = super().serve(request, *args, **kwargs)
        answer["Cache-Control"] = "no-cache"
        return answer
