"""What people say about an idea."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.idea import Idea

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


# A thread is a first comment with its replies, one level deep; pages are read in this order.
THREAD = Coalesce("parent", "id")


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
            return self.filter(everybody | Q(author=user) | in_groups_of(user, "idea__campaign_id"))
        return self.filter(public | Q(author=user) | (readable & in_groups_of(user, "idea__campaign_id")))

    def placed_for(self, user: "User | AnonymousUser") -> "CommentQuerySet":
        """Return what has a place in the discussion: what ``user`` may read, and tombstones of what was public once."""
        stones = Q(state__in=(Comment.State.HIDDEN, Comment.State.DELETED), published_at__isnull=False)
        readable = Q(state=Comment.State.PUBLIC) | stones
        if user.has_perm("moderation.decide"):
            return self
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
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    # Set by the author's role when writing, never by words or name.
    office = models.CharField(max_length=120, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    stance = models.CharField(_("stance"), max_length=11, choices=Stance, blank=True)
    text = models.TextField(_("text"), max_length=4000)
    request_key = models.CharField(max_length=64, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    published_at = models.DateTimeField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        constraints: ClassVar = [models.UniqueConstraint(fields=["author", "request_key"], name="comment_request_once")]
        indexes: ClassVar = [
            models.Index("idea", THREAD, "id", name="comment_of_idea"),
            models.Index(fields=["parent"], name="comment_replies"),
            models.Index(fields=["author", "-id"], name="comment_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("ideas:comment", args=[self.pk])
