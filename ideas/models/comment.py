"""What people say about an idea."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.idea import Idea
from moderation.models.remit import within_remit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments by who may see them."""

    def listed(self) -> "CommentQuerySet":
        """Return what counts and is found by everybody."""
        return self.filter(state=Comment.State.PUBLIC, idea__state=Idea.State.PUBLIC, idea__campaign__is_public=True)

    def visible_to(self, user: "User | AnonymousUser") -> "CommentQuerySet":
        """Return what ``user`` may read: public comments of readable ideas, the person's own, all for moderators."""
        readable = Q(state=Comment.State.PUBLIC, idea__state__in=Idea.READABLE)
        public = readable & Q(idea__campaign__is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        if user.has_perm("moderation.decide"):
            everybody = Q(idea__campaign__audience=Campaign.Audience.EVERYBODY)
            grouped = in_groups_of(user, "idea__campaign_id")
            theirs = (everybody | grouped) & within_remit(user, "idea__campaign_id")
            return self.filter(theirs | public | Q(author=user) | (readable & grouped))
        return self.filter(public | Q(author=user) | (readable & in_groups_of(user, "idea__campaign_id")))

    def placed_for(self, user: "User | AnonymousUser") -> "CommentQuerySet":
        """Return what has a place in the discussion: what ``user`` may read, and tombstones of what was public once."""
        stones = Q(state__in=(Comment.State.HIDDEN, Comment.State.DELETED), published_at__isnull=False)
        readable = Q(state=Comment.State.PUBLIC) | stones
        if user.is_authenticated and user.has_perm("moderation.decide"):
            return self.filter(readable | Q(author=user) | within_remit(user, "idea__campaign_id"))
        return self.filter(readable | Q(author=user)) if user.is_authenticated else self.filter(readable)


class Comment(models.Model):
    """One contribution to the discussion of an idea; hidden and deleted ones leave a tombstone, replies stay."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        PUBLIC = "public", _("Public")
        REFUSED = "refused", _("Refused")
        HIDDEN = "hidden", _("Hidden")
        DELETED = "deleted", _("Deleted")

    class Stance(models.TextChoices):
        PRO = "pro", _("For it")
        CONTRA = "contra", _("Against it")
        QUESTION = "question", _("Question")
        IMPROVEMENT = "improvement", _("Improvement")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies", db_index=False)
    # How many comments it answers, one above the other; 0 for a first comment.
    depth = models.PositiveIntegerField(default=0, editable=False)
    # Where it is shown: below this comment, at most two levels deep. Null for first comments, shown below the idea.
    top = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    # Set by the author's role when writing, never by words or name.
    office = models.CharField(max_length=120, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    stance = models.CharField(_("stance"), max_length=11, choices=Stance, blank=True)
    text = models.TextField(_("text"), max_length=4000)
    # Another comment's own words, shown for as long as that one can be read.
    quote = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    quote_text = models.CharField(max_length=400, blank=True, editable=False)
    # Number of the version that is public, and of the newest; they differ while a change waits.
    version = models.PositiveIntegerField(default=1, editable=False)
    latest = models.PositiveIntegerField(default=1, editable=False)
    # Public replies of its own, moved with their rows.
    reply_count = models.IntegerField(default=0, editable=False)
    agree_count = models.IntegerField(default=0, editable=False)
    disagree_count = models.IntegerField(default=0, editable=False)
    # Lower bound of the share that agrees (Wilson 1927), for the order "best".
    rank = models.FloatField(default=0, editable=False)
    request_key = models.CharField(max_length=64, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    # When it left sight, by its author or by moderation.
    deleted_at = models.DateTimeField(null=True, editable=False)

    # Names marked in its words, where a page has looked for them (ideas.queries.mentioned).
    mentioned: tuple[str, ...] = ()

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "request_key"], name="comment_request_once"),
            models.CheckConstraint(
                condition=Q(agree_count__gte=0, disagree_count__gte=0, reply_count__gte=0),
                name="comment_counts_positive",
            ),
            models.CheckConstraint(
                condition=Q(depth=0, parent__isnull=True, top__isnull=True)
                | Q(depth__gt=0, parent__isnull=False, top__isnull=False),
                name="comment_depth_of_replies",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["idea", "id"], condition=Q(depth=0), name="comment_first"),
            models.Index(fields=["top", "id"], name="comment_below"),
            models.Index("idea", F("rank").desc(), F("id").desc(), condition=Q(depth=0), name="comment_best"),
            models.Index(fields=["parent", "id"], name="comment_answers"),
            models.Index(fields=["author", "-id"], name="comment_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("ideas:comment", args=[self.pk])


class CommentVersion(models.Model):
    """The words of a changed comment at one time; comments that were never changed have none."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    stance = models.CharField(max_length=11, choices=Comment.Stance, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    # When it became the public one; without, it waits or was refused, and is nobody's business.
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "number"], name="comment_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.number}"


class Mention(models.Model):
    """That a comment speaks to somebody who takes part in the discussion; told once."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Number of the version whose words name the person; the newest one, until the person is told.
    version = models.PositiveIntegerField(null=True)
    # When such a version became public and the person was to be told; nobody is told twice.
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.person_id}"
