"""Searches that somebody keeps: what is asked, how to be told, what was found, which mail it went into."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed


class SavedReader(models.Model):
    """Somebody without an account who is told by mail: an address and nothing else."""

    address = models.EmailField(max_length=254, unique=True)
    # Stands in the link to one's own page; another key would end all links.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_reader"
        verbose_name, verbose_name_plural = _("reader without an account"), _("readers without an account")

    def __str__(self) -> str:
        return str(self.key)


def owner_once(name: str) -> models.CheckConstraint:
    """Return the constraint that a row belongs to an account or to a reader."""
    either = Q(person__isnull=False, reader__isnull=True) | Q(person__isnull=True, reader__isnull=False)
    return models.CheckConstraint(condition=either, name=name)


class SavedSearch(models.Model):
    """A search that goes on: everything new that fits is kept for its owner."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("At once, by mail")
        DAILY = "daily", _("Once a day by mail, in the morning")
        WEEKLY = "weekly", _("Once a week by mail, on Monday morning")
        ACCOUNT = "account", _("Only here in my account, without mail")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for confirmation")
        ACTIVE = "active", _("runs")
        PAUSED = "paused", _("paused")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="saved_searches")
    reader = models.ForeignKey(SavedReader, models.CASCADE, null=True, related_name="searches")
    name = models.CharField(_("name"), max_length=80)
    text = models.CharField(_("words"), max_length=200, blank=True)
    is_exact = models.BooleanField(default=False)
    # By the names of the index: {"kind": [...], "category": [...], "district": [...], "campaign": [...]}.
    filters = models.JSONField(default=dict)
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius = models.PositiveIntegerField(null=True)  # metres
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm, default=Rhythm.DAILY)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACTIVE)
    # The words as the analyser reads them (``search.saved.conditions``); anew when its fingerprint changes.
    condition = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    # What was published before is not new.
    since = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    # When somebody without an account agreed by the button behind the mail's link (GDPR, Art. 7(1)).
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_saved"
        verbose_name, verbose_name_plural = _("saved search"), _("saved searches")
        constraints: ClassVar = [owner_once("saved_search_owner")]
        indexes: ClassVar = [
            models.Index("fingerprint", name="saved_search_analyser"),
            models.Index("created_at", condition=Q(state="waiting"), name="saved_search_waiting"),
        ]

    def __str__(self) -> str:
        return self.name


class SavedAnchor(models.Model):
    """A token without which nothing can fit a search: the rarest of its words, or a place, district, topic ….

    A new text asks for the searches that are anchored to one of its tokens, and judges those alone.
    """

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="anchors")
    token = models.CharField(max_length=100)

    class Meta:
        db_table = "search_saved_anchor"
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "search"], name="saved_anchor_once")]

    def __str__(self) -> str:
        return self.token


class SavedMail(Mailed):
    """A mail to one owner: the question whether a search is really wanted, or what was found."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm"
        HITS = "hits"

    kind = models.CharField(max_length=7, choices=Kind, default=Kind.HITS)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    reader = models.ForeignKey(SavedReader, models.CASCADE, null=True, related_name="+")
    search = models.ForeignKey(SavedSearch, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_saved_mail"
        constraints: ClassVar = [owner_once("saved_mail_owner")]
        indexes: ClassVar = [models.Index("created_at", name="saved_mail_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SavedHit(models.Model):
    """Something new that fits a search; once, however often it is announced."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="hits")
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    found_at = models.DateTimeField(db_default=Now())
    mail_due = models.BooleanField(default=False)
    mail = models.ForeignKey(SavedMail, models.SET_NULL, null=True, related_name="hits")

    class Meta:
        db_table = "search_saved_hit"
        constraints: ClassVar = [models.UniqueConstraint(fields=["search", "kind", "object_id"], name="saved_hit_once")]
        indexes: ClassVar = [
            models.Index("found_at", "search", condition=Q(mail_due=True, mail=None), name="saved_hit_to_mail"),
            models.Index("found_at", name="saved_hit_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
