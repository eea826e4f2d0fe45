"""Pictures of ideas: re-encoded, without metadata, served only to those who may see the idea."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.idea import Idea, written_with
from moderation.models.remit import within_remit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Widths that are kept; nothing is ever made larger than it came.
WIDTHS = (320, 800, 1600)
# States of an idea in which its approved pictures and files stand on its page.
SHOWING = (Idea.State.PUBLIC, Idea.State.MERGED)


def size_path(key: uuid.UUID, width: int) -> str:
    """Return where one size lies; the name people gave the file is not kept."""
    return f"ideas/{key.hex[:2]}/{key.hex}-{width}.webp"


def picture_path(picture: "IdeaPicture", name: str) -> str:
    """Return where the largest size lies."""
    return size_path(picture.key, WIDTHS[-1])


class IdeaPictureQuerySet(models.QuerySet["IdeaPicture"]):
    """Pictures by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "IdeaPictureQuerySet":
        """Return the pictures of approved versions of ideas that ``user`` may read, and the person's own."""
        uses = VersionPicture.objects.filter(picture=OuterRef("pk"))
        return self.filter(uses_visible_to(user, uses, shown=uses.filter(picture__hidden_at=None)))


def uses_visible_to(user: "User | AnonymousUser", uses: models.QuerySet, *, shown: models.QuerySet | None = None) -> Q:
    """Return the condition that one of the uses (of a picture or file by a version) may be seen by ``user``.

    ``shown``: those that readers see; the others are hidden by themselves, and only their writers and moderators see them.
    """
    approved = (uses if shown is None else shown).filter(
        version__idea__approved_version=models.F("version"), version__idea__state__in=SHOWING
    )
    public = Q(Exists(approved.filter(version__idea__campaign__is_public=True)))
    if not user.is_authenticated:
        return public
    own = uses.filter(Q(version__idea__author=user) | Q(version__idea__in=written_with(user)))
    grouped = approved.filter(in_groups_of(user, "version__idea__campaign_id"))
    found = Q(uploader=user) | public | Q(Exists(own)) | Q(Exists(grouped))
    if user.has_perm("moderation.decide"):
        everybody = Q(version__idea__campaign__audience=Campaign.Audience.EVERYBODY)
        theirs = everybody | in_groups_of(user, "version__idea__campaign_id")
        found |= Q(Exists(uses.filter(theirs & within_remit(user, "version__idea__campaign_id"))))
    return found


class IdeaPicture(models.Model):
    """One uploaded picture; versions show it, and it never changes."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ImageField(upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # Hidden by the moderation: gone for readers wherever it stood; uploader, authors and moderators still see it.
    hidden_at = models.DateTimeField(null=True, editable=False)

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
        return {**sizes, "id": self.pk, "width": self.width, "height": self.height, "alt": alt}

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
