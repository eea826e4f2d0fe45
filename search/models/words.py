"""What editors keep about words: synonyms, recommended results, and the searches that found nothing or little."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words that stand for each other, or (with ``found``) words that also find others, but not the other way round."""

    words = models.CharField(max_length=300)
    found = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "search_synonyms"
        ordering: ClassVar = ["words", "pk"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return f"{self.words} → {self.found}" if self.found else self.words


class Recommendation(models.Model):
    """Something that editors want to stand first for a question; who may see it is decided when it is shown."""

    words = models.CharField(max_length=200)
    terms = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    place = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        db_table = "search_recommendation"
        ordering: ClassVar = ["words", "place", "pk"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["terms", "kind", "object_id"], name="search_recommended_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.kind}:{self.object_id}"


class PoorSearch(models.Model):
    """Words that found nothing, or only by loosening, in one week; ``people`` are different ones, never who."""

    week = models.DateField()
    words = models.CharField(max_length=120)
    hits = models.BooleanField(default=False)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "search_poor"
        verbose_name = _("search without good hits")
        verbose_name_plural = _("searches without good hits")
        constraints: ClassVar = [models.UniqueConstraint(fields=["week", "words"], name="search_poor_once")]

    def __str__(self) -> str:
        return f"{self.words} ({self.week})"


class PoorSearchMark(models.Model):
    """Marks that somebody has asked already, so that five questions of one person are not five people.

    ``mark`` cannot be traced: it is made with the salt of the week and of the words together, so that marks at different
    words have nothing in common, and the salt is thrown away with all marks when the week is over.
    """

    search = models.ForeignKey(PoorSearch, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=32)

    class Meta:
        db_table = "search_poor_mark"
        verbose_name = _("mark of a search")
        verbose_name_plural = _("marks of searches")
        constraints: ClassVar = [models.UniqueConstraint(fields=["search", "mark"], name="search_poor_mark_once")]

    def __str__(self) -> str:
        return self.mark[:6]


class WeekSalt(models.Model):
    """The salt of one week; gone when the week is."""

    week = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    class Meta:
        db_table = "search_week_salt"
        verbose_name = _("salt of a week")
        verbose_name_plural = _("salts of weeks")

    def __str__(self) -> str:
        return str(self.week)


class SearchToken(models.Model):
    """In how many public texts a term or a part of a compound stands; counted with the vocabulary, for how much it tells."""

    token = models.CharField(max_length=200, primary_key=True)
    documents = models.PositiveIntegerField()

    class Meta:
        db_table = "search_token"
        verbose_name = _("token of the search")
        verbose_name_plural = _("tokens of the search")

    def __str__(self) -> str:
        return self.token
