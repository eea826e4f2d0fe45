"""Trust: what this author writes appears at once even where contributions are checked first. Moderators still see it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Trust(models.Model):
    """Given by a moderator with a reason, ended by one with a reason; rows stay, so that they are their own log."""

    # All campaigns but closed groups; written as a number because a unique constraint does not compare empty values.
    EVERYWHERE = 0

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trusts")
    campaign_id_copy = models.BigIntegerField(default=EVERYWHERE)
    campaign_title = models.CharField(_("campaign"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(db_default=Now())
    end_reason = models.CharField(_("reason"), max_length=500, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("trusted author"), _("trusted authors")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "campaign_id_copy"], condition=Q(ended_at=None), name="trust_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="trust_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
                name="trust_end_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.campaign_title}" if self.campaign_title else str(self.person)
