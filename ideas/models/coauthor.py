"""People who write an idea together with the one who leads it (``Idea.author``)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class CoAuthor(models.Model):
    """An invitation to write together, and what became of it. By link the person is unknown until it is used."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("writes along")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left")
        REVOKED = "revoked", _("taken back")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="coauthors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="coauthorships")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.INVITED)
    # Of an invitation by link; the link itself is shown once and not kept.
    token_sha256 = models.CharField(max_length=64, null=True, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # Since when the lead asks this co-author to take over; nobody leads an idea without having said yes.
    lead_offered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("co-author"), _("co-authors")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["idea", "person"], condition=Q(state__in=("invited", "accepted")), name="coauthor_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person", "state"], name="coauthor_of_person")]

    def __str__(self) -> str:
        return f"{self.person or '–'}: {self.state}"
