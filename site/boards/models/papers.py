"""Papers of the closed room: cleaned files that only its members get."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models.meetings import Meeting
from boards.models.room import Room

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def paper_path(paper: "Paper", name: str) -> str:
    """Return where the file lies; the name people gave it is kept only in the row."""
    return f"boards/papers/{paper.key.hex[:2]}/{paper.key.hex}"


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "PaperQuerySet":
        """Return the papers of the rooms that ``user`` may enter; hidden ones for who brought them and for moderators there."""
        found = self.filter(room__in=Room.objects.visible_to(user))
        if user.has_perm("moderation.decide"):
            return found
        return found.filter(Q(hidden_at=None) | Q(uploader=user.pk))


class Paper(models.Model):
    """One uploaded file. Its words are in no index."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="papers")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="papers")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=140)
    file = models.FileField(upload_to=paper_path)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # By a decision of the moderation, until another one.
    hidden_at = models.DateTimeField(null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("paper"), _("papers")
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boards:paper", args=[self.key])
