"""What somebody has begun to write; kept through sign-in and on to the next device."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from ideas.models.campaign import Campaign
from ideas.models.file import IdeaFile
from ideas.models.picture import IdeaPicture


class Draft(models.Model):
    """The fields of the submit form as typed. Without an owner it belongs to the session that knows its key."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts")
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="+")
    fields = models.JSONField(default=dict)
    pictures = models.ManyToManyField(IdeaPicture, related_name="+")
    files = models.ManyToManyField(IdeaFile, related_name="+")
    # Counts the savings, so that two devices notice each other.
    version = models.PositiveIntegerField(default=0)
    # Kept on purpose by its owner ("save for later"), not only for the moment of signing in.
    is_kept = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owner", "-updated_at"], name="draft_of_owner"),
            models.Index(fields=["updated_at"], condition=Q(is_kept=False), name="draft_to_forget"),
        ]

    def __str__(self) -> str:
        return str(self.fields.get("title", ""))
