"""Ideas that came by telephone, letter or at an event and were written down by staff; nobody gets an account by it."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ideas.models.campaign import Campaign, in_groups_of
from ideas.models.idea import Idea

if TYPE_CHECKING:
    from accounts.models import User


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Intakes by who may work with them."""

    def visible_to(self, user: "User") -> "IntakeQuerySet":
        """Return the intakes of open campaigns, and of the closed ones of which ``user`` is a member."""
        everybody = Q(idea__campaign__audience=Campaign.Audience.EVERYBODY)
        return self.filter(everybody | in_groups_of(user, "idea__campaign_id"))


class Intake(models.Model):
    """How an idea came in, and the receipt by which the person can take it over later (only the code's hash is kept)."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("by telephone")
        LETTER = "letter", _("by letter")
        EVENT = "event", _("at an event")
        MAIL = "mail", _("by mail")

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="intake")
    channel = models.CharField(_("how it came in"), max_length=6, choices=Channel)
    occasion = models.CharField(_("occasion"), max_length=120, blank=True)
    received_on = models.DateField(_("received on"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    code_sha256 = models.CharField(max_length=64, unique=True)
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("intake"), _("intakes")
        ordering: ClassVar = ["-pk"]
        permissions: ClassVar = [("take_in", "Can write down ideas that came by other ways")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.idea}"
