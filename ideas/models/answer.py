"""What the town answers."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.idea import Idea, written_with
from ideas.models.status import CampaignStatus
from moderation.models.remit import within_remit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class AnswerQuerySet(models.QuerySet["OfficialAnswer"]):
    """Answers by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "AnswerQuerySet":
        """Return the answers to ideas whose text ``user`` may read."""
        readable = Q(idea__state__in=Idea.READABLE)
        public = readable & Q(idea__campaign__is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        own = Q(idea__author=user) | Q(idea__in=written_with(user))
        if user.has_perm("moderation.decide"):
            everybody = Q(idea__campaign__audience=Campaign.Audience.EVERYBODY)
            theirs = (everybody | in_groups_of(user, "idea__campaign_id")) & within_remit(user, "idea__campaign_id")
            return self.filter(theirs | public | own | (readable & in_groups_of(user, "idea__campaign_id")))
        return self.filter(public | own | (readable & in_groups_of(user, "idea__campaign_id")))


class OfficialAnswer(models.Model):
    """An office's published answer to an idea: letter, result, and what happens next."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="answers", verbose_name=_("idea"))
    office = models.CharField(_("office"), max_length=120)
    signed_by = models.CharField(_("signed by"), max_length=120, blank=True)
    text = models.TextField(_("answer"), max_length=8000)
    progress = models.CharField(_("result"), max_length=9, choices=Idea.Progress)
    status = models.ForeignKey(
        CampaignStatus, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("status")
    )
    measure = models.CharField(_("measure"), max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("answer of the town"), _("answers of the town")
        ordering: ClassVar = ["-published_at"]
        permissions: ClassVar = [("answer", "Can answer for the town")]

    def __str__(self) -> str:
        return f"{self.office}: {self.idea}"

    def get_absolute_url(self) -> str:
        return f"{self.idea.get_absolute_url()}#antwort-{self.pk}"
