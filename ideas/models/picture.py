"""Pictures of ideas: re-encoded, without metadata, served only to those who may see the idea."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


def picture_path(picture: "IdeaPicture", name: str) -> str:
    """Return where the file lies; the name people gave it is not kept."""
    return f"ideas/{picture.key.hex[:2]}/{picture.key.hex}.webp"


class IdeaPicture(models.Model):
    """One uploaded picture; versions show it, and it never changes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ImageField(upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key.hex


class VersionPicture(models.Model):
    """That a version of an idea shows a picture, with the words for people who cannot see it."""

    version = models.ForeignKey("ideas.IdeaVersion", models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(IdeaPicture, models.PROTECT, related_name="uses")
    alt = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "position"], name="version_picture_place_once")]

    def __str__(self) -> str:
        return self.alt
