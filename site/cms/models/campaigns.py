"""The pages of the campaigns; publishing one makes its campaign public (``cms.receivers``)."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import PageViewRestriction

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models.pages import TITLE, FixedSlugPage, OnceTester, TownPage
from ideas.models import Campaign

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.query import PageQuerySet

    from accounts.models import User


class CampaignIndexPage(FixedSlugPage):
    """All campaigns, at /mitmachen/."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    fixed_slug = "mitmachen"
    nav_current = "mitmachen"
    template = "cms/campaign_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["cms.CampaignPage"]
    content_panels: ClassVar = [TITLE, FieldPanel("intro")]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], _("For search engines"))
    ]
    page_description = _("The list of all campaigns.")

    class Meta:
        verbose_name, verbose_name_plural = _("list of campaigns"), _("lists of campaigns")


class CampaignPage(TownPage):
    """One campaign as an editor presents it: what it is about, how it goes on, its ideas."""

    campaign = models.OneToOneField(
        Campaign, models.PROTECT, related_name="page", verbose_name=_("campaign"),
        help_text=_("Phases, rules and checks are kept at the campaign. A campaign has one page only."),
    )  # fmt: skip
    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("What is it about, in two sentences? Empty: the campaign's own words."),
    )
    stake = models.CharField(
        _("what is at stake"), max_length=160, blank=True, help_text=_("For example: 400,000 euros for places to play.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))
    result_shown = models.BooleanField(
        _("show the result"),
        default=False,
        help_text=_(
            "The result has a page of its own. It is shown by itself as soon as a phase of the result has begun."
        ),
    )
    result_body = BlocksField(
        BodyBlock(),
        blank=True,
        verbose_name=_("what is next"),
        help_text=_(
            "Numbers, status and answers are put there by themselves. Say here what was decided and what is next."
        ),
    )

    nav_current = "mitmachen"
    joins = ("campaign", "picture")
    template = "cms/campaign_page.html"
    parent_page_types: ClassVar = ["cms.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        TITLE,
        FieldPanel("campaign"),
        HelpPanel(
            _(
                "The page's address follows the campaign. While this page is not published, nobody sees the campaign's ideas."
            )
        ),
        FieldPanel("lead"),
        FieldPanel("stake"),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("result_shown"), FieldPanel("result_body")], heading=_("Result")),
    ]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], _("For search engines"))
    ]
    page_description = _("Presents a campaign with its phases and ideas.")

    class Meta:
        verbose_name, verbose_name_plural = _("campaign page"), _("campaign pages")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.follow_campaign()
        super().full_clean(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> None:
        self.follow_campaign()
        super().save(*args, **kwargs)

    def exists_for(self, user: "User | AnonymousUser") -> bool:
        """Tell whether the page exists for ``user``: that of a closed campaign only does for its members."""
        return not self.campaign.is_closed or Campaign.objects.visible_to(user).filter(pk=self.campaign_id).exists()

    def get_view_restrictions(self) -> "models.QuerySet[PageViewRestriction]":
        """Return what closes the page; nothing closes one whose campaign is published (``cms.actions.show_campaigns``)."""
        return PageViewRestriction.objects.none() if self.campaign.is_published else super().get_view_restrictions()

    def permissions_for_user(self, user: "User") -> OnceTester:
        return OnceTester(user, self)

    def follow_campaign(self) -> None:
        """Take over the campaign's address, because others link to it."""
        if self.campaign_id:
            self.slug = self.campaign.slug

    def clean(self) -> None:
        super().clean()
        if self.campaign_id and pages_of(self.campaign).exclude(pk=self.pk).exists():
            raise ValidationError({"campaign": _("This campaign already has a page. Please choose another campaign.")})

    def get_context(self, request: Any, *args: object, **kwargs: object) -> dict[str, Any]:
        models.prefetch_related_objects([self.campaign], "phases")
        return {**super().get_context(request, *args, **kwargs), "campaign": self.campaign}

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the list of campaigns and this page, without asking for the list's own title."""
        return [(str(_("Take part")), "/mitmachen/"), (self.title, "")]

    @property
    def lead_text(self) -> str:
        """Return the page's own lead, or the campaign's summary."""
        return self.lead or self.campaign.summary


def pages_of(campaign: Campaign) -> "PageQuerySet[CampaignPage]":
    """Return the pages of a campaign (one at most), in any state."""
    return CampaignPage.objects.filter(campaign=campaign)
