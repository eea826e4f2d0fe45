"""Words of the town hall, explained in plain ones; shown wherever pages use them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Term(models.Model):
    """One word with its explanation."""

    word = models.CharField(_("word"), max_length=60, unique=True, help_text=_("As it stands in texts: Familienbeirat"))
    also = models.TextField(
        _("other forms"),
        max_length=400,
        blank=True,
        help_text=_("One per line: plural, genitive, short form. They get the same explanation."),
    )
    explanation = models.TextField(
        _("explanation"), max_length=300, help_text=_("One or two sentences in words that everybody understands.")
    )
    panels: ClassVar = [FieldPanel("word"), FieldPanel("also"), FieldPanel("explanation")]

    class Meta:
        verbose_name, verbose_name_plural = _("word explained"), _("words explained")
        ordering = ("word",)

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        self.word = " ".join(self.word.split())
        if len(self.word) < 3 or any(len(form) < 3 for form in self.forms):
            raise ValidationError(_("Words of one or two letters would be marked everywhere. Please take longer ones."))

    @property
    def forms(self) -> list[str]:
        """Return the word in all its forms."""
        lines = [self.word, *self.also.splitlines()]
        return [form for line in lines if (form := " ".join(line.split()))]

    def as_plain(self) -> dict[str, Any]:
        """Return what pages need, as the cache keeps it."""
        return {"pk": self.pk, "word": self.word, "forms": self.forms, "explanation": self.explanation}
