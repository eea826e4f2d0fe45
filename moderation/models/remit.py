"""For what somebody is responsible who does not moderate everything."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class Remit(models.Model):
    """Whoever has one moderates the campaigns in it only – none, when it is empty; whoever has none moderates all."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="remit")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("responsibility"), _("responsibilities")

    def __str__(self) -> str:
        return str(self.person)


class RemitCampaign(models.Model):
    """A campaign of a remit."""

    remit = models.ForeignKey(Remit, models.CASCADE, related_name="campaigns")
    campaign_id_copy = models.BigIntegerField()
    # Deputies are told when the others have let something lie.
    is_deputy = models.BooleanField(_("deputy"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["remit", "campaign_id_copy"], name="remit_campaign_once")
        ]

    def __str__(self) -> str:
        return f"{self.remit}: {self.campaign_id_copy}"


class RemitChange(models.Model):
    """Who gave or took which responsibility, and when; rows are only added."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    before = models.CharField(max_length=2000)
    after = models.CharField(max_length=2000)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.after}"


def within_remit(user: "User", campaign: str = "campaign_id") -> Q:
    """Return the condition that the campaign named by that column is one ``user`` may moderate, as part of a query.

    What belongs to no campaign is for those who moderate everything. Whether somebody moderates at all is not asked here.
    """
    mine = RemitCampaign.objects.filter(remit__person=user).values("campaign_id_copy")
    return ~Q(Exists(Remit.objects.filter(person=user))) | Q(**{f"{campaign}__in": mine})
