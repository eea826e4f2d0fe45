"""A campaign's own questions to those who propose something."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ideas.models.campaign import Campaign


class Question(models.Model):
    """One question as it stands in the form now. Answers keep the words they were given to (``IdeaVersion.answers``)."""

    class Kind(models.TextChoices):
        TEXT = "text", _("one line of text")
        LONG = "long", _("several lines of text")
        CHOICE = "choice", _("one of several answers")
        SEVERAL = "several", _("several of several answers")
        NUMBER = "number", _("number")
        DATE = "date", _("date")

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="questions", verbose_name=_("campaign"))
    # The form's field is called field_<key>; the key never changes.
    key = models.SlugField(max_length=40, editable=False)
    kind = models.CharField(_("kind of answer"), max_length=7, choices=Kind, default=Kind.TEXT)
    label = models.CharField(_("question"), max_length=160)
    help_text = models.CharField(_("help"), max_length=300, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_public = models.BooleanField(_("answers are shown to everybody"), default=True)
    is_searchable = models.BooleanField(_("search finds the answers"), default=False)
    # Grows when its words change in a way that matters to answers.
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("question"), _("questions")
        ordering: ClassVar = ["sort_order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "key"], name="question_key_once")]

    def __str__(self) -> str:
        return self.label
