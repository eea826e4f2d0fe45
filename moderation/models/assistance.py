"""What helps moderators to look: word lists, switches for checks, the marks that were put, and what is remembered of cases.

Nothing here decides anything. Campaign 0 stands for the whole town.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case

TOWN = 0
LONGEST_LIST = 60_000


class WordList(models.Model):
    """Words that make a case worth a second look, one a line (how to write them: ``moderation.assistance.words``)."""

    title = models.CharField(_("name of the list"), max_length=80)
    campaign_id_copy = models.BigIntegerField(_("holds for"), default=TOWN)
    words = models.TextField(_("words"), max_length=LONGEST_LIST)
    is_on = models.BooleanField(_("is used"), default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("word list"), _("word lists")
        ordering: ClassVar = ["campaign_id_copy", "title"]
        indexes: ClassVar = [models.Index(fields=["campaign_id_copy"], name="word_list_campaign")]

    def __str__(self) -> str:
        return self.title


class CheckSetting(models.Model):
    """Which checks are off, for the town or for one campaign; a check runs where neither says no."""

    campaign_id_copy = models.BigIntegerField(unique=True, default=TOWN)
    off = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.campaign_id_copy}: {', '.join(self.off)}"


class MarkHit(models.Model):
    """A mark on a case, as it explains itself, and how the case ended: from these rows the hit rate is counted."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("not decided yet")
        KEPT = "kept", _("stayed as it was")
        RESTRICTED = "restricted", _("was restricted")

    case = models.ForeignKey(Case, models.CASCADE, related_name="mark_hits")
    check_name = models.CharField(max_length=20)
    campaign_id_copy = models.BigIntegerField(default=TOWN)
    # What it says: ``{"words", "places": [[before, hit, after], …], "other": case}``, several when lists are several.
    said = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "check_name"], name="mark_once_a_case")]
        indexes: ClassVar = [
            models.Index(fields=["check_name", "outcome", "campaign_id_copy"], name="mark_hit_rate"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.outcome}"


class TextPrint(models.Model):
    """A few keyed numbers made from a text: texts that are nearly the same share most of them."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["value", "case"], name="text_print_once")]

    def __str__(self) -> str:
        return str(self.value)


class CaseWord(models.Model):
    """A telling word of a decided case as a keyed number: by these the memory finds similar cases."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["value", "case"], name="case_word_once")]

    def __str__(self) -> str:
        return str(self.value)
