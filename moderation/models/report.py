"""A report: somebody, with or without an account, says that a contribution should be looked at (DSA, Art. 16)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed
from moderation.models.case import Case


class Report(models.Model):
    """What was reported, why, and as it stood at that moment."""

    class Reason(models.TextChoices):
        CHILD = "child", _("It shows the sexual abuse of a child")
        ILLEGAL = "illegal", _("It is illegal")
        INSULT = "insult", _("It insults or threatens")
        PERSONAL = "personal", _("It shows personal data")
        ADVERTISING = "advertising", _("It is advertising or spam")
        OTHER = "other", _("Something else")

    # Only whoever calls something illegal says who they are – but not with the abuse of children (Art. 16(2)(c)).
    NAMED = (Reason.ILLEGAL,)

    code = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    # Title and words as they were read then; they stay when the contribution is changed or hidden.
    snapshot = models.TextField()
    subject_version = models.PositiveIntegerField(null=True)
    # Where exactly it stood (Art. 16(2)(b)).
    address = models.CharField(_("address"), max_length=300, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=11, choices=Reason)
    text = models.TextField(_("explanation"), max_length=4000, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    good_faith = models.BooleanField(_("in good faith"), default=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The form it came from: sent twice, it is one report.
    request_key = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(request_key__isnull=False), name="report_form_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"


class ReportMail(Mailed):
    """One mail to whoever reported something; its words are made when it goes out, so that nothing lies here."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        OUTCOME = "outcome", _("outcome")
        ANSWER = "answer", _("answer to the complaint")

    report = models.ForeignKey(Report, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=7, choices=Kind)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "kind"], name="report_mail_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.report}"


class SpentProof(models.Model):
    """A solution of a puzzle that was used: it is worth nothing a second time."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.digest
