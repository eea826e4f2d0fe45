"""A campaign's own questions to those who propose something."""

import secrets
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from modelcluster.fields import ParentalKey

from ideas.models.campaign import Campaign

MOST_QUESTIONS, MOST_OPTIONS, OPTION_LONGEST = 20, 30, 120
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Question(models.Model):
    """One question as it stands in the form now. Answers keep the words they were given to (``IdeaVersion.answers``)."""

    class Kind(models.TextChoices):
        TEXT = "text", gettext_lazy("one line of text")
        LONG = "long", gettext_lazy("several lines of text")
        CHOICE = "choice", gettext_lazy("one of several answers")
        SEVERAL = "several", gettext_lazy("several of several answers")
        NUMBER = "number", pgettext_lazy("kind of answer", "number")
        DATE = "date", gettext_lazy("date")

    CHOOSING = (Kind.CHOICE, Kind.SEVERAL)

    campaign = ParentalKey(
        Campaign, on_delete=models.CASCADE, related_name="questions", verbose_name=gettext_lazy("campaign")
    )
    # The form's field is called field_<key>; the key never changes.
    key = models.SlugField(max_length=40, editable=False)
    kind = models.CharField(gettext_lazy("kind of answer"), max_length=7, choices=Kind, default=Kind.TEXT)
    label = models.CharField(gettext_lazy("question"), max_length=160)
    help_text = models.CharField(gettext_lazy("help"), max_length=300, blank=True)
    options = models.JSONField(gettext_lazy("answers to choose from"), default=list, blank=True)
    is_required = models.BooleanField(gettext_lazy("must be answered"), default=False)
    is_public = models.BooleanField(gettext_lazy("answers are shown to everybody"), default=True)
    is_searchable = models.BooleanField(gettext_lazy("search finds the answers"), default=False)
    # Grows when its words change in a way that matters to answers.
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("question"), gettext_lazy("questions")
        ordering: ClassVar = ["sort_order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "key"], name="question_key_once")]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new question its key; count up the version of a changed one."""
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None:
            self.key = before.key
            self.version = before.version + 1 if before.asks() != self.asks() else before.version
        self.key = self.key or new_key(self.label)
        super().save(*args, **kwargs)

    @property
    def field_name(self) -> str:
        """Return what the form's field is called."""
        return f"field_{self.key}"

    def clean(self) -> None:
        """Tidy the answers to choose from; only questions with a choice have any."""
        self.options = tidy_options(self.options) if self.kind in self.CHOOSING else []
        if self.kind in self.CHOOSING and len(self.options) < 2:
            raise ValidationError({"options": _("Please give at least two answers to choose from, one on each line.")})
        if len(self.options) > MOST_OPTIONS:
            raise ValidationError(
                {"options": _("Please give at most %(count)d answers to choose from.") % {"count": MOST_OPTIONS}}
            )
        if any(len(option) > OPTION_LONGEST for option in self.options):
            raise ValidationError(
                {"options": _("An answer to choose from has at most %(count)d characters.") % {"count": OPTION_LONGEST}}
            )

    def asks(self) -> tuple[str, str, list[str]]:
        """Return what answers depend on: after a change of it, an old answer may not be one to the new question."""
        return self.kind, " ".join(self.label.split()), list(self.options)


def tidy_options(options: Any) -> list[str]:
    """Return answers to choose from without doubles, empty lines and needless spaces."""
    lines = (" ".join(str(option).split()) for option in options) if isinstance(options, list) else ()
    return list(dict.fromkeys(line for line in lines if line))


def new_key(label: str) -> str:
    """Return a key that no other question ever had, readable in exports."""
    return f"{slugify(label.translate(UMLAUTS))[:30].strip('-') or 'frage'}-{secrets.token_hex(3)}"
