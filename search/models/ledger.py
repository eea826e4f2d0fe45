"""The ledger of what is outstanding: a small table beside the wide one, so that keeping it costs next to nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.models.documents import SearchDocument

MAX_ATTEMPTS = 5


class SearchChange(models.Model):
    """A row of the search table that is still to be built, or to be brought to Elasticsearch.

    It exists only while something is outstanding. Whoever has done the work for a ``version`` takes the entry away if
    it still has that version; a change in between has raised it, and the entry stays. Entries are found by ``since``,
    never by an ever-growing number, because numbers do not commit in order. After ``MAX_ATTEMPTS`` failures an entry
    is left aside with its reason (the quarantine).
    """

    document = models.OneToOneField(
        SearchDocument, models.CASCADE, primary_key=True, db_constraint=False, related_name="change"
    )
    version = models.BigIntegerField()
    built = models.BooleanField()
    hidden = models.BooleanField()  # a tombstone that is not outside yet: goes before all others
    since = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "search_change"
        verbose_name = _("outstanding change of the search")
        verbose_name_plural = _("outstanding changes of the search")
        indexes: ClassVar = [
            models.Index("since", name="search_change_since"),
            models.Index("since", condition=Q(hidden=True), name="search_change_hidden"),
            models.Index("since", condition=Q(built=False), name="search_change_unbuilt"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} ({self.version})"
