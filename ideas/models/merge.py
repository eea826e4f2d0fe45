"""Joining two ideas that want the same; nobody's support moves without a word of theirs (``voting``)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class Merge(models.Model):
    """That ``source`` was joined into ``target``: who, why, and until when it can be undone. Never deleted."""

    source = models.ForeignKey(Idea, models.PROTECT, related_name="merges_away")
    target = models.ForeignKey(Idea, models.PROTECT, related_name="merges_here")
    reason = models.TextField(_("reason"), max_length=1000)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # As they were when it was made; transfers and refusals are counted as they come.
    source_supports = models.PositiveIntegerField(default=0)
    target_supports = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("merge"), _("merges")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source"], condition=Q(undone_at=None), name="merge_of_source_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
