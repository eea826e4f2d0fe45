"""Why an idea was taken back, and which earlier words of an idea the moderation took from sight."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models.idea import Idea, IdeaVersion


class Withdrawal(models.Model):
    """The author's reason: one of a list, which everybody may read, and words of their own, read first by a moderator.

    What everybody reads stands in ``Idea.withdrawn_because``.
    """

    class Kind(models.TextChoices):
        DONE = "done", _("The matter is settled.")
        ELSEWHERE = "elsewhere", _("Another idea wants the same.")
        CHANGED = "changed", _("I see it differently now.")
        ANEW = "anew", _("I want to write the idea anew.")
        PERSONAL = "personal", _("For personal reasons.")
        OTHER = "other", _("For another reason.")

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="withdrawal")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.OTHER)
    words = models.CharField(max_length=300, blank=True)
    # Whether the words wait to be read; until then only the writers and the moderation see them.
    is_waiting = models.BooleanField(default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("withdrawal"), _("withdrawals")

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.kind}"


class WithheldVersion(models.Model):
    """That an earlier public version is not shown any more (a phone number in it, say). That it was there stays known."""

    version = models.OneToOneField(IdeaVersion, models.CASCADE, primary_key=True, related_name="withheld")
    reason = models.CharField(_("reason"), max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withheld_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("withheld version"), _("withheld versions")
        ordering: ClassVar = ["-withheld_at"]

    def __str__(self) -> str:
        return str(self.version)
