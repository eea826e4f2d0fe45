"""An idea, and the versions of its text: a version is what is approved, and it never changes."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.status import CampaignStatus
from ideas.models.status import Progress as SharedProgress
from ideas.models.taxonomy import District, Goal, Topic
from moderation.models.remit import within_remit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


NARROWED_BY = ["topic", "goal", "district", "progress", "status"]
ORDERED_BY = [("new", "published_at"), ("sup", "support_count"), ("com", "comment_count"), ("trend", "trend")]


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Ideas by who may see them."""

    def listed(self, campaign: Campaign | None = None) -> "IdeaQuerySet":
        """Return what stands in public lists, feeds, counts and search, for everybody alike.

        With a campaign, what stands in its own list; whether somebody may see the campaign is asked before.
        """
        if campaign is not None:
            return self.filter(state=Idea.State.PUBLIC, campaign=campaign) if campaign.is_published else self.none()
        return self.filter(state=Idea.State.PUBLIC, campaign__is_public=True)

    def open_to(self, user: "User | AnonymousUser") -> "IdeaQuerySet":
        """Return what everybody may read, and what every member of a closed group of ``user`` may read."""
        open_here = Q(campaign__is_public=True)
        if user.is_authenticated:
            open_here |= in_groups_of(user)
        return self.filter(open_here, state__in=Idea.READABLE)

    def visible_to(self, user: "User | AnonymousUser") -> "IdeaQuerySet":
        """Return what ``user`` may read: what is public, in the person's groups, or written with others; all for moderators.

        Of closed campaigns even moderators read only those they are members of.
        """
        public = Q(state__in=Idea.READABLE, campaign__is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        own = Q(author=user) | Q(pk__in=written_with(user))
        if user.has_perm("moderation.decide"):
            everybody = Q(campaign__audience=Campaign.Audience.EVERYBODY)
            theirs = (everybody | in_groups_of(user)) & within_remit(user)
            return self.filter(theirs | public | own | (Q(state__in=Idea.READABLE) & in_groups_of(user)))
        return self.filter(public | own | (Q(state__in=Idea.READABLE) & in_groups_of(user)))


def written_with(user: "User") -> "models.QuerySet":
    """Return the ids of the ideas of which ``user`` is a co-author."""
    from ideas.models.coauthor import CoAuthor

    return CoAuthor.objects.filter(person=user, state=CoAuthor.State.ACCEPTED).values("idea_id")


class Idea(models.Model):
    """What somebody proposes. Title, teaser and sorting are copies of the approved version, for lists."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        PUBLIC = "public", _("Public")
        REFUSED = "refused", _("Refused")
        HIDDEN = "hidden", _("Hidden")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        MERGED = "merged", _("Merged")

    # Still to be read at their address, though not all of them stand in lists.
    READABLE = (State.PUBLIC, State.WITHDRAWN, State.MERGED)

    Progress = SharedProgress

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="ideas", verbose_name=_("campaign"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="ideas", verbose_name=_("author")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    # The campaign's own name for the progress, where it has names of its own.
    status = models.ForeignKey(CampaignStatus, models.SET_NULL, null=True, blank=True, related_name="+")
    progress = models.CharField(_("progress"), max_length=9, choices=Progress, default=Progress.NEW)
    approved_version = models.ForeignKey("ideas.IdeaVersion", models.PROTECT, null=True, related_name="+")
    latest_version = models.ForeignKey("ideas.IdeaVersion", models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=90)
    slug = models.SlugField(max_length=100)
    teaser = models.CharField(max_length=240)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    latitude = models.FloatField(null=True, blank=True, editable=False)
    longitude = models.FloatField(null=True, blank=True, editable=False)
    picture = models.ForeignKey("ideas.IdeaPicture", models.SET_NULL, null=True, blank=True, related_name="+")
    tags = TaggableManager(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    support_count = models.IntegerField(default=0, editable=False)
    comment_count = models.IntegerField(default=0, editable=False)
    # How much there is to ask for, so that the page of an idea without links, co-authors or merged ideas asks nothing.
    link_count = models.PositiveSmallIntegerField(default=0, editable=False)
    coauthor_count = models.PositiveSmallIntegerField(default=0, editable=False)
    merged_count = models.PositiveSmallIntegerField(default=0, editable=False)
    # How it came in when staff wrote it down (``Intake.Channel``); empty: the author typed it here.
    channel = models.CharField(max_length=6, blank=True, editable=False)
    # Place in the fair order (random, fixed at publication) and in the trend order (grows with time, supports, comments).
    fair_rank = models.IntegerField(default=0, editable=False)
    trend = models.FloatField(default=0, editable=False)
    # A repeated request of the same person gives the first result again.
    request_key = models.CharField(max_length=64, null=True, blank=True, editable=False)
    # The id a contribution had where it was imported from.
    source_id = models.CharField(max_length=100, null=True, blank=True, editable=False)
    source_url = models.URLField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("idea"), _("ideas")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(support_count__gte=0), name="idea_supports_positive"),
            models.CheckConstraint(condition=Q(comment_count__gte=0), name="idea_comments_positive"),
            # Only what was approved can be read by the public.
            models.CheckConstraint(
                condition=~Q(state__in=("public", "withdrawn", "merged"))
                | Q(approved_version__isnull=False, published_at__isnull=False),
                name="idea_public_only_if_approved",
            ),
            models.UniqueConstraint(fields=["author", "request_key"], name="idea_request_once"),
            models.UniqueConstraint(fields=["campaign", "source_id"], name="idea_import_once"),
        ]
        # One for each order of a public list, over all campaigns and within one. What a list is narrowed by lies in it too:
        # what does not fit is passed over without reading its row.
        indexes: ClassVar = [
            index
            for name, field in ORDERED_BY
            for index in (
                models.Index(
                    *(F(field).desc(), F("id").desc()),
                    condition=Q(state="public"),
                    include=["campaign", *NARROWED_BY],
                    name=f"idea_all_{name}",
                ),
                models.Index(
                    *("campaign", F(field).desc(), F("id").desc()),
                    condition=Q(state="public"),
                    include=NARROWED_BY,
                    name=f"idea_{name}",
                ),
            )
        ] + [
            models.Index(
                fields=["fair_rank", "id"],
                condition=Q(state="public"),
                include=["campaign", *NARROWED_BY],
                name="idea_all_fair",
            ),
            models.Index(
                fields=["campaign", "fair_rank", "id"],
                condition=Q(state="public"),
                include=NARROWED_BY,
                name="idea_fair",
            ),
            # Few ideas that fit are found by what they have in common, and put in order then.
            models.Index(
                fields=["campaign", "progress", "topic", "goal", "district"],
                condition=Q(state="public"),
                include=["status", "id", "fair_rank", *(field for _name, field in ORDERED_BY)],
                name="idea_by_cell",
            ),
            models.Index("author", F("id").desc(), name="idea_of_author"),
            models.Index(
                fields=["latitude", "longitude"],
                condition=Q(state="public", latitude__isnull=False),
                name="idea_on_map",
            ),
            models.Index(
                fields=["campaign", "latitude", "longitude"],
                condition=Q(state="public", latitude__isnull=False),
                name="idea_on_campaign_map",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:idea", args=[self.pk, self.slug])

    @property
    def has_pending_change(self) -> bool:
        """Tell whether a newer version waits while the approved one stays public."""
        return self.approved_version_id is not None and self.approved_version_id != self.latest_version_id


class IdeaVersion(models.Model):
    """The words of an idea at one time; a trigger refuses every change."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=90)
    text = models.TextField()
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    tags = models.JSONField(default=list)
    # What was answered to the campaign's own questions, with the questions as they were then (``ideas.questions``).
    answers = models.JSONField(default=list)
    file_count = models.PositiveSmallIntegerField(default=0)
    # When it became the public one. Versions without were never seen by others.
    published_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="version_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
