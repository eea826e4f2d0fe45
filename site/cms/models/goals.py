"""The town's goals as pages: what each field of action wants; measures, numbers and ideas join by themselves."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models.pages import TITLE, FixedSlugPage, OnceTester, TownPage
from ideas.models import Goal

SEARCH_ENGINES = MultiFieldPanel(
    [FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("For search engines")
)


class GoalIndexPage(FixedSlugPage):
    """All goals, at /ziele/: how far each is, as a table and a graphic that fill themselves."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content below the goals"))

    fixed_slug = "ziele"
    nav_current = "ziele"
    joins = ("picture",)
    template = "cms/goal_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["cms.GoalPage"]
    content_panels: ClassVar = [TITLE, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("All goals of the town with what was reached.")

    class Meta:
        verbose_name, verbose_name_plural = _("list of goals"), _("lists of goals")


class GoalPage(TownPage):
    """One goal as an editor presents it."""

    goal = models.OneToOneField(
        Goal, models.PROTECT, related_name="page", verbose_name=_("goal"),
        help_text=_("Its measures, indicators and ideas are shown by themselves. A goal has one page only."),
    )  # fmt: skip
    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("What do we want, in two sentences that everybody understands?"),
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))

    nav_current = "ziele"
    joins = ("goal", "picture")
    template = "cms/goal_page.html"
    parent_page_types: ClassVar = ["cms.GoalIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        TITLE, FieldPanel("goal"), FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body"),
    ]  # fmt: skip
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("Presents a goal with its measures, numbers and ideas.")

    class Meta:
        verbose_name, verbose_name_plural = _("page of a goal"), _("pages of goals")

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.follow_goal()
        super().full_clean(*args, **kwargs)

    def save(self, *args: object, **kwargs: object) -> None:
        self.follow_goal()
        super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> OnceTester:
        return OnceTester(user, self)

    def follow_goal(self) -> None:
        """Take over the goal's address, because filters use it too."""
        if self.goal_id:
            self.slug = self.goal.slug

    def clean(self) -> None:
        # First, because a second page would have the same address too, and say only that.
        if self.goal_id and GoalPage.objects.filter(goal=self.goal_id).exclude(pk=self.pk).exists():
            raise ValidationError({"goal": _("This goal already has a page. Please choose another goal.")})
        super().clean()

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the list of goals and this page, without asking for the list's own title."""
        return [(str(_("Goals")), "/ziele/"), (self.title, "")]
