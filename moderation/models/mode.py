"""When a campaign began to check before publication, or stopped: by whom and why. Rows are only added."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ModeChange(models.Model):
    """One change of one campaign's mode; without a name when it was made past the pages (a trigger writes that)."""

    class What(models.TextChoices):
        IDEAS = "ideas", _("Ideas")
        COMMENTS = "comments", _("Comments")

    class Mode(models.TextChoices):
        BEFORE = "before", _("before publication")
        AFTER = "after", _("after publication")

    campaign_id_copy = models.BigIntegerField()
    campaign_title = models.CharField(max_length=120)
    what = models.CharField(max_length=8, choices=What)
    before = models.CharField(max_length=6, choices=Mode)
    after = models.CharField(max_length=6, choices=Mode)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["campaign_id_copy", "what", "-id"], name="mode_of_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign_title}: {self.get_what_display()} {self.get_after_display()}"
