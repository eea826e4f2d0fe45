"""The search table: one row for each searchable object, at once index, ledger of what is out of date, and fallback."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """What is searched of one object.

    Rows are never deleted while another index may hold them: what may not be seen becomes a tombstone without text.
    ``version`` counts changes of the object, ``built_version`` says for which one the row was built. What is still to be
    built or to be brought to Elasticsearch stands in ``SearchChange``: each change of this row here costs an entry in
    every index that PostgreSQL keeps for it.

    The key is not the primary key: SQLite's full-text index points to whole numbers that must survive ``VACUUM``.
    PostgreSQL has two more columns, made by the migration: ``tsv`` and ``title_tsv``.
    """

    key = models.CharField(max_length=48, unique=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    source_id = models.CharField(max_length=80, blank=True)

    campaign = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=80, blank=True)
    district = models.CharField(max_length=80, blank=True)
    tags = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True)
    votes = models.IntegerField(default=0)
    visible = models.BooleanField(default=False)

    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    scope = models.TextField(blank=True)
    title_fold = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    title_parts = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    body_parts = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=16, blank=True)

    version = models.BigIntegerField(default=0)
    built_version = models.BigIntegerField(default=0)

    class Meta:
        db_table = "search_document"
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        indexes: ClassVar = [
            models.Index("fingerprint", name="search_document_analyser"),
            models.Index("kind", "object_id", name="search_document_object"),
            models.Index("campaign", "kind", name="search_document_campaign"),
        ]

    def __str__(self) -> str:
        return self.key


class SearchTerm(models.Model):
    """A word of the public texts and how many documents have it; what misspelt words are corrected to."""

    word = models.CharField(max_length=60, unique=True)
    documents = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "search_term"
        verbose_name = _("search word")
        verbose_name_plural = _("search words")

    def __str__(self) -> str:
        return self.word


class SearchIndex(models.Model):
    """The state of something derived from the documents: the vocabulary ("words"), a check ("verify"), or an outside index.

    Of the check, ``documents`` is the number of differences, and ``last_error`` names the first of them.
    """

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"
        DRAINING = "draining"
        FAILED = "failed"

    name = models.CharField(max_length=120, primary_key=True)
    state = models.CharField(max_length=10, choices=State, default=State.LIVE)
    fingerprint = models.CharField(max_length=16, blank=True)
    cursor = models.BigIntegerField(default=0)
    documents = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "search_index"
        verbose_name = _("search index")
        verbose_name_plural = _("search indexes")

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"
