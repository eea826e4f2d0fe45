"""Lists that editors keep in the Wagtail admin: campaigns with their phases, topics, goals, districts."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from ideas.forms.campaign import CampaignForm
from ideas.models import Campaign, District, Goal, Topic

PHASE_PANELS = [
    FieldPanel("kind"),
    FieldPanel("title"),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    FieldPanel("allows_ideas"),
    FieldPanel("allows_comments"),
    FieldPanel("allows_support"),
]


CAMPAIGN_PANELS = [
    MultiFieldPanel([FieldPanel("title"), FieldPanel("slug"), FieldPanel("summary")], heading=_("What it is about")),
    InlinePanel("phases", panels=PHASE_PANELS, heading=_("Phases"), label=_("Phase"), min_num=1),
    MultiFieldPanel([FieldPanel("check_ideas"), FieldPanel("check_comments")], heading=_("Review")),
    MultiFieldPanel(
        [
            FieldPanel("support_limit"),
            FieldPanel("support_own"),
            FieldPanel("support_goal"),
            FieldPanel("counts_hidden_until"),
        ],
        heading=_("Supports"),
    ),
    MultiFieldPanel([FieldPanel("answer_office"), FieldPanel("answer_until")], heading=_("Answer of the town")),
    FieldPanel("rules_text"),
]


class CampaignViewSet(SnippetViewSet):
    """Campaigns, with their phases on the same page."""

    model = Campaign
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    list_display: ClassVar = ["title", "audience", "is_published", "idea_count"]
    search_fields: ClassVar = ["title", "slug"]
    copy_view_enabled = False
    edit_handler = ObjectList(CAMPAIGN_PANELS, base_form_class=CampaignForm)


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


class DistrictViewSet(TermViewSet):
    """Districts."""

    model, icon, menu_label = District, "home", _("Districts")


class ParticipationGroup(SnippetViewSetGroup):
    """All of them in one menu."""

    menu_label = _("Participation")
    menu_icon = "group"
    menu_order = 250
    items = (CampaignViewSet, TopicViewSet, GoalViewSet, DistrictViewSet)
