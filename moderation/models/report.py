"""A report: somebody, with or without an account, says that a contribution should be looked at (DSA, Art. 16)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case


class Report(models.Model):
    """What was reported, why, and as it stood at that moment."""

    class Reason(models.TextChoices):
        ILLEGAL = "illegal", _("It is illegal")
        INSULT = "insult", _("It insults or threatens")
        PERSONAL = "personal", _("It shows personal data")
        ADVERTISING = "advertising", _("It is advertising or spam")
        OTHER = "other", _("Something else")

    code = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    snapshot = models.TextField()
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    text = models.TextField(_("explanation"), max_length=4000, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    good_faith = models.BooleanField(_("in good faith"), default=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"
