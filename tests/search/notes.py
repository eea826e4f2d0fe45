"""A kind of contribution made for these tests alone: search must not need the real ones."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from search.registry import Builder, Doc


class Note(models.Model):
    """A text that is public, or seen by one person only, or by nobody."""

    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    campaign = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    votes = models.IntegerField(default=0)
    source_id = models.CharField(max_length=40, blank=True)
    public = models.BooleanField(default=True)
    owner = models.IntegerField(null=True)

    class Meta:
        app_label = "searchtest"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/notiz/{self.pk}/"


class NoteSearch(Builder):
    """Plugs notes in."""

    kind, label, label_plural, icon, order = "note", "Notiz", "Notizen", "document", 10

    def visible_to(self, user: Any) -> QuerySet:
        own = Q(owner=user.pk) if getattr(user, "pk", None) else Q(pk__in=[])
        return Note.objects.filter(Q(public=True) | own)

    def document(self, obj: Any) -> Doc:
        return Doc(
            title=obj.title,
            body=obj.text,
            campaign=obj.campaign,
            category=obj.category,
            district=obj.district,
            status=obj.status,
            published_at=obj.published_at,
            votes=obj.votes,
            source_id=obj.source_id,
        )

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        return {"uferstadt": "Uferstadt am Fluss"} if facet == "district" else {}


class MemoSearch(NoteSearch):
    """The same rows once more, as another kind."""

    kind, label, label_plural, icon, order = "memo", "Memo", "Memos", "bulb", 20

    def visible_to(self, user: Any) -> QuerySet:
        return super().visible_to(user).filter(votes__lt=0)
