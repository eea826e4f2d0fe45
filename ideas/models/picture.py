"""Pictures of ideas: re-encoded, without metadata, served only to those who may see the idea."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Widths that are kept; nothing is ever made larger than it came.
WIDTHS = (320, 800, 1600)
# States of an idea in which its approved pictures stand on its page (``Idea.State``; merged ideas keep theirs).
SHOWING = ("public", "merged")


def size_path(key: uuid.UUID, width: int) -> str:
    """Return where one size lies; the name people gave the file is not kept."""
    return f"ideas/{key.hex[:2]}/{key.hex}-{width}.webp"


def picture_path(picture: "IdeaPicture", name: str) -> str:
    """Return where the largest size lies."""
    return size_path(picture.key, WIDTHS[-1])


class IdeaPictureQuerySet(models.QuerySet["IdeaPicture"]):
    """Pictures by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "IdeaPictureQuerySet":
        """Return the pictures of approved versions of public ideas, the person's own, and all for moderators."""
        if user.has_perm("moderation.decide"):
            return self
        uses = VersionPicture.objects.filter(picture=OuterRef("pk"))
        shown = uses.filter(
            version__idea__approved_version=models.F("version"),
            version__idea__state__in=SHOWING,
            version__idea__campaign__is_public=True,
        )
        if not user.is_authenticated:
            return self.filter(Exists(shown))
        return self.filter(Exists(shown) | Q(uploader=user) | Exists(uses.filter(version__idea__author=user)))


class IdeaPicture(models.Model):
    """One uploaded picture; versions show it, and it never changes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ImageField(upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IdeaPictureQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("picture"), _("pictures")

    def __str__(self) -> str:
        return self.key.hex

    def address(self, width: int) -> str:
        """Return where the picture is served, about ``width`` pixels wide."""
        return reverse("ideas:picture", args=[self.key, width])

    @property
    def small_address(self) -> str:
        return self.address(WIDTHS[0])

    @property
    def large_address(self) -> str:
        return self.address(WIDTHS[-1])

    def figure(self, alt: str) -> dict[str, object]:
        """Return the picture as pages show it."""
        sizes = {"small": self.address(WIDTHS[1]), "large": self.large_address}
        return {**sizes, "width": self.width, "height": self.height, "alt": alt}

    @property
    def thumbnail(self) -> dict[str, object]:
        """Return the picture as cards show it; there it is decoration beside the title."""
        return {"src": self.address(320), "width": self.width, "height": self.height, "alt": ""}


class VersionPicture(models.Model):
    """That a version of an idea shows a picture, with the words for people who cannot see it."""

    version = models.ForeignKey("ideas.IdeaVersion", models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(IdeaPicture, models.PROTECT, related_name="uses")
    alt = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "position"], name="version_picture_place_once")
        ]

    def __str__(self) -> str:
        return self.alt
