"""The closed room: the board's own closed campaign (``ideas``), whose members are those who may enter.

Drafts are ideas of that campaign and the discussion is what is said about them, so that everything that keeps closed groups
closed keeps the room closed (decision 0038). Here is what a board has beyond that.
"""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards.models.page import BoardPage
from ideas.models import Campaign, Member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms by who may enter."""

    def visible_to(self, user: "User | AnonymousUser") -> "RoomQuerySet":
        """Return the rooms of which ``user`` is a member at this moment; staff are nothing special here."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Member.objects.filter(person=user).values("campaign_id")
        return self.filter(campaign__in=mine, campaign__audience=Campaign.Audience.MEMBERS, campaign__is_published=True)


class Room(models.Model):
    """Which closed campaign is the room of the board. Not a field of the page: old versions of a page come back."""

    board = models.OneToOneField(BoardPage, models.CASCADE, related_name="room", verbose_name=_("board"))
    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="board_room", verbose_name=_("campaign"))

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("closed room"), _("closed rooms")

    def __str__(self) -> str:
        return str(self.board)


class Published(models.Model):
    """What of the room became public as what: each source once as each kind of thing."""

    class Source(models.TextChoices):
        DRAFT = "draft", _("draft")
        POLL = "poll", _("poll")

    class Target(models.TextChoices):
        PAGE = "page", _("a page of the board")
        RECOMMENDATION = "advice", _("a recommendation to the town")
        IDEA = "idea", _("an idea in a public campaign")

    room = models.ForeignKey(Room, models.CASCADE, related_name="published")
    source = models.CharField(max_length=5, choices=Source)
    source_id = models.BigIntegerField()
    target = models.CharField(max_length=6, choices=Target)
    target_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=140)
    url = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    #: set by ``queries.room.published``: the page waits for a second person, or was taken down
    waits = False

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "source", "source_id", "target"], name="boards_published_once")
        ]

    def __str__(self) -> str:
        return self.title
