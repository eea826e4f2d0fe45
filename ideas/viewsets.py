"""Lists that editors keep in the Wagtail admin: campaigns with their phases, topics, goals, districts."""

from typing import Any, ClassVar

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from common.database import now
from ideas.models import Campaign, District, Goal, Topic
from ideas.panels import CAMPAIGN_FORM
from ideas.phase_plan import remarks


class CampaignCopied:
    """Copying leads to the form that also copies the page of the CMS; its address is a name of the room above."""

    def get_copy_url(self, instance: Campaign | None = None) -> str | None:
        campaign = instance or getattr(self, "object", None)
        if campaign is None or not self.user_has_permission("add"):  # type: ignore[attr-defined]
            return None
        return reverse("copy_campaign", args=[campaign.pk])


class CampaignIndexView(CampaignCopied, IndexView):
    """The list of campaigns."""


class CampaignSaved:
    """After saving, an editor is told what is possible in the plan but odd."""

    def save_instance(self) -> Any:
        campaign = super().save_instance()  # type: ignore[misc]
        for remark in remarks(list(campaign.phases.all()), now()):
            messages.warning(self.request, remark)  # type: ignore[attr-defined]
        return campaign


class CampaignCreateView(CampaignSaved, CreateView):
    """Making a campaign."""


class CampaignEditView(CampaignSaved, CampaignCopied, EditView):
    """Changing a campaign."""


class CampaignViewSet(SnippetViewSet):
    """Campaigns, with everything that belongs to them in one form (``ideas.panels``)."""

    model = Campaign
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    list_display: ClassVar = ["title", "audience", "is_published", "idea_count"]
    search_fields: ClassVar = ["title", "slug"]
    copy_view_enabled = False
    index_view_class = CampaignIndexView
    add_view_class = CampaignCreateView
    edit_view_class = CampaignEditView
    edit_handler = CAMPAIGN_FORM


class TermViewSet(SnippetViewSet):
    """One of the lists by which ideas are sorted."""

    list_display: ClassVar = ["name", "slug", "position"]
    panels: ClassVar = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]
    copy_view_enabled = False


class TopicViewSet(TermViewSet):
    """Topics."""

    model, icon, menu_label = Topic, "tag", _("Topics")


class GoalViewSet(TermViewSet):
    """Goals."""

    model, icon, menu_label = Goal, "pick", _("Goals")
    panels: ClassVar = [*TermViewSet.panels, FieldPanel("description")]


class DistrictList(IndexView):
    """The list, with the way to their outlines."""

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the buttons above the list."""
        own = super().header_buttons
        if not self.user_has_permission("change"):
            return own
        return [*own, HeaderButton(_("Upload outlines"), url=reverse("ideas_cms_outlines"), icon_name="site")]


class DistrictViewSet(TermViewSet):
    """Districts."""

    model, icon, menu_label = District, "home", _("Districts")
    index_view_class = DistrictList


class ParticipationGroup(SnippetViewSetGroup):
    """All of them in one menu."""

    menu_label = _("Participation")
    menu_icon = "group"
    menu_order = 250
    items = (CampaignViewSet, TopicViewSet, GoalViewSet, DistrictViewSet)
