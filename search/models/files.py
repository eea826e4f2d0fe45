"""The text of files beside contributions, and of files that could not be read why."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchFile(models.Model):
    """One file beside one contribution: whether its text was read, and the words that are searched with the contribution.

    There is a row only while everybody may see both: it goes, with its text, when the contribution becomes a tombstone
    or no longer carries the file.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        READ = "read", _("read")
        SCANNED = "scanned", _("pictures of pages only, no text")
        LOCKED = "locked", _("protected by a password")
        BROKEN = "broken", _("broken, or of another kind than its name says")
        LARGE = "large", _("too large, also when unpacked")
        SLOW = "slow", _("took too much time or memory")

    key = models.CharField(max_length=48)  # of the contribution, as in SearchDocument
    source = models.CharField(max_length=80)  # names one content of one file; another content has another name
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=4)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    detail = models.CharField(max_length=200, blank=True)
    pages = models.PositiveIntegerField(default=0)
    is_cut = models.BooleanField(default=False)  # only the beginning was read
    terms = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=16, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "search_file"
        verbose_name, verbose_name_plural = _("searched file"), _("searched files")
        constraints: ClassVar = [models.UniqueConstraint("key", "source", name="search_file_once")]
        indexes: ClassVar = [models.Index("state", "changed_at", name="search_file_state")]

    def __str__(self) -> str:
        return f"{self.name} ({self.key})"


class SearchFilePage(models.Model):
    """The text of one page (PDF), or of one piece of a document without fixed pages (number 0)."""

    file = models.ForeignKey(SearchFile, models.CASCADE, related_name="texts")
    number = models.PositiveIntegerField(default=0)
    text = models.TextField()
    terms = models.TextField()  # tokens between blanks, also at both ends

    class Meta:
        db_table = "search_file_page"
        verbose_name, verbose_name_plural = _("page of a searched file"), _("pages of searched files")
        ordering: ClassVar = ["file", "pk"]

    def __str__(self) -> str:
        return f"{self.file_id}, {self.number}"
