"""A campaign and its phases: what is open, and until when."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import PreviewableMixin

from common.money import CentsField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def in_groups_of(user: "User", campaign: str = "campaign_id") -> Q:
    """Return the condition that a row belongs to a closed campaign, shown to its members, of which ``user`` is one."""
    from ideas.models.group import Member

    mine = Member.objects.filter(person=user, campaign__is_published=True).values("campaign_id")
    return Q(**{f"{campaign}__in": mine})


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "CampaignQuerySet":
        """Return the campaigns that are public, and closed ones for their members; editors see all that are not closed."""
        public = Q(is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        if user.has_perm("ideas.change_campaign"):
            public = Q(audience=Campaign.Audience.EVERYBODY)
        return self.filter(public | in_groups_of(user, "pk"))


class Campaign(PreviewableMixin, ClusterableModel):
    """One call for ideas, with its rules. Its page in the CMS says when it is public."""

    class Check(models.TextChoices):
        BEFORE = "before", _("before publication")
        AFTER = "after", _("after publication")

    class Audience(models.TextChoices):
        EVERYBODY = "everybody", _("everybody")
        MEMBERS = "members", _("only members of a closed group")

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(pgettext_lazy("part of a web address", "address"), max_length=80, unique=True)
    summary = models.TextField(_("what it is about"), max_length=400, blank=True)
    # Its page is published. A closed campaign is published for its members without ever being public.
    is_published = models.BooleanField(_("published"), default=False, editable=False)
    is_public = models.BooleanField(_("public"), default=False, editable=False)
    audience = models.CharField(_("who can see it"), max_length=9, choices=Audience, default=Audience.EVERYBODY)
    who_text = models.CharField(
        _("who may take part"), max_length=200, blank=True, help_text=_("In words, such as: everybody who lives here.")
    )
    check_ideas = models.CharField(_("ideas are checked"), max_length=6, choices=Check, default=Check.BEFORE)
    check_comments = models.CharField(_("comments are checked"), max_length=6, choices=Check, default=Check.AFTER)
    support_limit = models.PositiveSmallIntegerField(
        _("supports per person"), null=True, blank=True, help_text=_("Empty: as many as a person likes.")
    )
    support_own = models.BooleanField(_("authors may support their own idea"), default=False)
    support_goal = models.PositiveIntegerField(
        _("supports that oblige an answer"), null=True, blank=True, help_text=_("Empty: there is no such number.")
    )
    counts_hidden_until = models.DateTimeField(_("numbers hidden until"), null=True, blank=True)
    answer_office = models.CharField(_("who answers"), max_length=120, blank=True)
    answer_until = models.DateField(_("answers until"), null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("answer within"), null=True, blank=True, help_text=_("Working days. Empty: nothing is promised.")
    )
    # What somebody says about their support is a comment of theirs, in their name and of their own will.
    asks_why = models.BooleanField(_("ask supporters why"), default=True)
    comment_edit_minutes = models.PositiveIntegerField(
        _("comments can be changed for"), null=True, blank=True, help_text=_("Minutes. 0: never. Empty: always.")
    )
    shows_comment_edits = models.BooleanField(_("everybody sees what was changed in comments"), default=True)
    rules_text = models.TextField(_("rules"), blank=True)
    # Moved by F() with every idea that becomes public or stops being so.
    idea_count = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("campaign"), _("campaigns")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(idea_count__gte=0), name="campaign_count_positive"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_published=True, audience="everybody"),
                name="campaign_closed_not_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_public = self.is_published and not self.is_closed
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"/mitmachen/{self.slug}/"

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """Show editors the campaign's page as it will be; before it has one, what people will read of the plan."""
        page = getattr(self, "page", None)
        if page is None:
            return TemplateResponse(request, "ideas/admin/preview.html", {"campaign": self})
        page.campaign = self
        return page.serve_preview(request, page.default_preview_mode)

    @property
    def is_closed(self) -> bool:
        """Tell whether only members may know of it."""
        return self.audience == self.Audience.MEMBERS

    @property
    def rules_url(self) -> str:
        return f"{self.get_absolute_url()}regeln/"

    @property
    def result_url(self) -> str:
        return f"{self.get_absolute_url()}ergebnis/"

    @property
    def submit_url(self) -> str:
        return f"{reverse('ideas:submit')}?kampagne={self.slug}"


class Phase(models.Model):
    """A stretch of time, open from ``opens_at`` on and closed at ``closes_at`` to the microsecond: [opens, closes)."""

    class Kind(models.TextChoices):
        COLLECT = "collect", _("Collect ideas")
        DISCUSS = "discuss", _("Discuss")
        VOTE = "vote", _("Vote")
        REVIEW = "review", _("Review")
        RESULT = "result", _("Result")

    class Method(models.TextChoices):
        SUPPORT = "support", _("Support: one voice for an idea")
        OPINION = "opinion", _("For or against")
        RATING = "rating", _("One to five stars")
        BUDGET = "budget", _("Basket: share out a sum of money")

    class Level(models.IntegerChoices):
        MAIL = 0, _("confirmed mail address")
        LETTER = 1, _("code from a letter")
        IDENTITY = 2, _("official proof of identity")

    class BudgetRule(models.TextChoices):
        SUM = "sum", _("as many projects as the money lasts for")
        EXACTLY = "exactly", _("exactly this many projects")
        AT_MOST = "at_most", _("at most this many projects")

    campaign = ParentalKey(Campaign, on_delete=models.PROTECT, related_name="phases", verbose_name=_("campaign"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=60, blank=True)
    opens_at = models.DateTimeField(_("from"))
    closes_at = models.DateTimeField(_("until"))
    allows_ideas = models.BooleanField(_("ideas can be sent"), default=False)
    allows_comments = models.BooleanField(_("comments can be written"), default=False)
    allows_support = models.BooleanField(_("ideas can be supported"), default=False)
    # How people vote, and who may; asked where ``allows_support``.
    method = models.CharField(_("how people vote"), max_length=7, choices=Method, default=Method.SUPPORT)
    level = models.PositiveSmallIntegerField(_("who votes needs"), choices=Level, default=Level.MAIL)
    needs_old_account = models.BooleanField(_("only accounts from before the phase"), default=False)
    takes_codes = models.BooleanField(_("voting codes are taken"), default=False)
    budget_cents = CentsField(_("sum to share out (cents)"), null=True, blank=True)
    budget_rule = models.CharField(_("how many projects"), max_length=7, choices=BudgetRule, default=BudgetRule.SUM)
    budget_number = models.PositiveSmallIntegerField(_("number of projects"), null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("phase"), _("phases")
        ordering: ClassVar = ["opens_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="phase_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(budget_cents__isnull=True) | Q(budget_cents__gt=0), name="phase_budget_positive"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "opens_at"], name="phase_of_campaign")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.title or str(self.get_kind_display())

    def clean(self) -> None:
        if None not in (self.opens_at, self.closes_at) and self.opens_at >= self.closes_at:
            raise ValidationError({"closes_at": _("The end must be after the beginning.")})
