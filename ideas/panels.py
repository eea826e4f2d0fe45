"""The editors' form of a campaign, tab by tab, in the order in which one plans it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from common.database import now
from ideas.forms.campaign import CampaignForm
from ideas.forms.question_panel import QUESTIONS_PANEL
from ideas.phase_plan import remarks
from ideas.queries.openings import openings
from ideas.queries.phases import phase_steps


class PlanPanel(Panel):
    """How people read the plan as it is stored: the phases, what is possible now, and what looks odd."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "ideas/admin/plan.html"

        def is_shown(self) -> bool:
            return bool(self.instance and self.instance.pk and super().is_shown())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            at, campaign = now(), self.instance
            plan = {
                "steps": phase_steps(campaign, at),
                "openings": openings(campaign, at),
                "remarks": remarks(list(campaign.phases.all()), at),
            }
            return {**super().get_context_data(parent_context), **plan, "campaign": campaign}


WHAT = [
    FieldPanel("title"),
    FieldPanel("slug", help_text=_("The last part of the web address. Links break when it changes later.")),
    FieldPanel("summary", help_text=_("Two sentences. They stand on the page, on cards and in search engines.")),
    MultiFieldPanel(
        [
            FieldPanel("audience", help_text=_("Nothing of a closed group is shown to others, not even its title.")),
            FieldPanel("who_text"),
        ],
        heading=_("Who takes part"),
    ),
]

PHASE: list[Panel] = [
    FieldPanel("kind", help_text=_("What people can do follows from the kind; below you can change it.")),
    FieldPanel("title", help_text=_("Only if you want other words than those of the kind.")),
    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
    FieldRowPanel([FieldPanel("allows_ideas"), FieldPanel("allows_comments"), FieldPanel("allows_support")]),
    FieldPanel("method", help_text=_("Asked where ideas can be supported. People read it before they vote.")),
    FieldRowPanel(
        [FieldPanel("level"), FieldPanel("needs_old_account"), FieldPanel("takes_codes")],
        help_text=_("Who may vote. It stays as it is once the phase has begun; only codes can be let in later."),
    ),
    FieldRowPanel(
        [
            FieldPanel("budget_cents", heading=_("Sum to share out (Euro)"), help_text=_("Such as 100.000,00.")),
            FieldPanel("budget_rule"),
            FieldPanel("budget_number", help_text=_("Only where so many are asked for.")),
        ],
        help_text=_("Only for baskets. The projects and their cost stand under “Participatory budgets”."),
    ),
]

COURSE = [
    PlanPanel(heading=_("How people read it")),
    InlinePanel(
        "phases",
        panels=PHASE,
        heading=_("Phases"),
        label=_("Phase"),
        min_num=1,
        help_text=_("A phase ends at its last moment, and the next may begin at that very moment."),
    ),
]

RULES = [
    MultiFieldPanel(
        [FieldPanel("check_ideas"), FieldPanel("check_comments"), FieldPanel("mode_reason")], heading=_("Review")
    ),
    MultiFieldPanel(
        [
            FieldPanel("comment_edit_minutes"),
            FieldPanel("shows_comment_edits", help_text=_("The author and moderators see it in any case.")),
        ],
        heading=_("Changing comments"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("support_limit"),
            FieldPanel("support_own"),
            FieldPanel("support_goal"),
            FieldPanel(
                "counts_hidden_until",
                help_text=_("Until then nobody sees numbers of supports, so that nobody follows the crowd."),
            ),
        ],
        heading=_("Supports"),
    ),
    FieldPanel(
        "rules_text",
        help_text=_(
            "What applies here beyond that. Phases, limits and checks are put on the page of the rules by themselves."
        ),
    ),
]

STATUS: list[Panel] = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("look"), FieldPanel("progress")]),
    FieldPanel("text", help_text=_("One sentence that explains it to everybody.")),
]

ANSWER = [
    MultiFieldPanel(
        [
            FieldPanel("answer_office", help_text=_("The office that answers, as people know it.")),
            FieldPanel("answer_until", help_text=_("The day by which every idea has an answer.")),
            FieldPanel("answer_days"),
        ],
        heading=_("Answer of the town"),
    ),
    InlinePanel(
        "statuses",
        panels=STATUS,
        heading=_("Own statuses"),
        label=_("Status"),
        help_text=_(
            "Empty: the common words, from “New” to “Carried out”. A status that ideas have cannot be deleted."
        ),
    ),
]


def tab(panels: list[Panel], heading: Any) -> ObjectList:
    """Return one tab of the form."""
    return ObjectList(panels, heading=heading)


CAMPAIGN_FORM = TabbedInterface(
    [
        tab(WHAT, _("What it is about")),
        tab(COURSE, _("Phases")),
        tab([QUESTIONS_PANEL], _("Questions")),
        tab(RULES, _("Rules")),
        tab(ANSWER, _("Answers")),
    ],
    base_form_class=CampaignForm,
)
