"""What an idea has to do with: other ideas, news, goals, measures, council papers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea


class IdeaLink(models.Model):
    """A link that both sides show. Things of this site are named by kind and id, others by address and title."""

    class Kind(models.TextChoices):
        IDEA = "idea", _("idea")
        NEWS = "news", _("news article")
        GOAL = "goal", _("goal")
        MEASURE = "measure", _("measure")
        PAPER = "paper", _("council paper")
        PROCESS = "process", _("core process")
        CHAPTER = "chapter", _("chapter of a report")

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    object_id = models.BigIntegerField(null=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    address = models.URLField(_("web address"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("link"), _("links")
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "kind", "object_id"], name="link_once"),
            models.CheckConstraint(
                condition=Q(object_id__isnull=False) | (~Q(title="") & ~Q(address="")), name="link_leads_somewhere"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "object_id"], name="link_other_side")]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.object_id}"
