"""The newsletter: who wants it, who was asked, what was written, and who got which issue."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed
from ideas.models import Topic


class Rhythm(models.TextChoices):
    """How often somebody wants to hear."""

    EVERY = "every", _("Every issue, as soon as it appears")
    WEEKLY = "weekly", _("Only the weekly issue, on Monday morning")


class Subscriber(models.Model):
    """Somebody who has agreed to get the newsletter: an account, or an address and nothing else."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="newsletter")
    address = models.EmailField(max_length=254, null=True, unique=True)
    # Stands in the links of mails; another key would end all links.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    has_all = models.BooleanField(default=False)
    topics: "models.ManyToManyField[Topic, models.Model]" = models.ManyToManyField(Topic, related_name="+")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    # When the button behind the mail's link was pressed, or the form of the account sent (GDPR, Art. 7(1)).
    confirmed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("subscriber"), _("subscribers")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, address__isnull=True) | Q(person__isnull=True, address__isnull=False),
                name="news_subscriber_owner",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Wish(Mailed):
    """What somebody without an account asked for; the mail about it asks whether it is really wanted. Gone after three days."""

    address = models.EmailField(max_length=254)
    has_all = models.BooleanField(default=False)
    topics = models.JSONField(default=list)
    rhythm = models.CharField(max_length=6, choices=Rhythm)
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index("created_at", name="news_wish_age"),
            models.Index("address", name="news_wish_address"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
