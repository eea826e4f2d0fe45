"""Rows that every room may use: time stamps, and the outbox of what has happened."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class TimeStamped(models.Model):
    """Made and last changed, by the application's clock."""

    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class Delivery(models.Model):
    """One event on its way to one receiver; written in the transaction of the change, gone once delivered."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DEAD = "dead"

    event = models.CharField(max_length=60)
    receiver = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            # Equal news waiting for the same receiver is one piece of news; once taken, a new one may wait behind it.
            models.UniqueConstraint(
                fields=["receiver", "key"], condition=Q(state="waiting"), name="delivery_once_waiting"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["next_try"], condition=~Q(state="dead"), name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} → {self.receiver}"


class Bucket(models.Model):
    """One sender's place in time for one kind of request (``common.buckets``); rows of the past are thrown away."""

    # A keyed hash of what is limited and whom; neither can be read from it.
    name = models.CharField(max_length=64, primary_key=True)
    # Milliseconds since 1970: until then the bucket is not full again.
    ahead = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ahead"], name="bucket_ahead")]

    def __str__(self) -> str:
        return str(self.ahead)
