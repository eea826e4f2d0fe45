"""Files beside an idea (PDF, ODT, DOCX): checked, without metadata, served as downloads to those who may see the idea."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ideas.models.picture import uses_visible_to

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def file_path(file: "IdeaFile", name: str) -> str:
    """Return where the file lies; the name people gave it is kept only in the row."""
    return f"ideas/files/{file.key.hex[:2]}/{file.key.hex}"


class IdeaFileQuerySet(models.QuerySet["IdeaFile"]):
    """Files by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "IdeaFileQuerySet":
        """Return the files of approved versions of ideas whose text ``user`` may read, and the person's own."""
        return self.filter(uses_visible_to(user, VersionFile.objects.filter(file=OuterRef("pk"))))


class IdeaFile(models.Model):
    """One uploaded file; versions show it, and it never changes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=file_path)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # The words in it, for search.
    text = models.TextField(blank=True)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IdeaFileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("file"), _("files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ideas:file", args=[self.key])


class VersionFile(models.Model):
    """That a version of an idea carries a file."""

    version = models.ForeignKey("ideas.IdeaVersion", models.CASCADE, related_name="files")
    file = models.ForeignKey(IdeaFile, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="version_file_place_once")
        ]

    def __str__(self) -> str:
        return str(self.file)
