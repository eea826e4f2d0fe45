"""Ready words for letters, with a closed list of places to be filled in."""

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.models.decision import Decision

#: what may stand in braces, and what it becomes
PLACEHOLDERS = {
    "name": gettext_lazy("public name of the author"),
    "titel": gettext_lazy("title of the contribution"),
    "kampagne": gettext_lazy("title of the campaign"),
    "frist": gettext_lazy("last day for a complaint"),
    "datum": gettext_lazy("today's date"),
}
BRACED = re.compile(r"\{([^{}]*)\}")


def require_known(text: str) -> None:
    """Raise ``ValidationError`` for a placeholder that does not exist, and for braces that open or close nothing."""
    unknown = [name for name in BRACED.findall(text) if name not in PLACEHOLDERS]
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if unknown:
        words = _("There is no placeholder %(unknown)s. These exist: %(known)s.")
        raise ValidationError(words % {"unknown": f"{{{unknown[0]}}}", "known": known}, code="unknown_placeholder")
    if set(BRACED.sub("", text)) & {"{", "}"}:
        words = _("A brace stands alone. Placeholders look like this: %(known)s.")
        raise ValidationError(words % {"known": known}, code="single_brace")


class LetterTemplate(models.Model):
    """Words for the reason of a decision; whoever decides chooses them and changes what does not fit."""

    title = models.CharField(gettext_lazy("title"), max_length=80, unique=True)
    decision = models.CharField(
        gettext_lazy("for this decision"),
        max_length=17,
        choices=[pair for pair in Decision.Kind.choices if pair[0] != "uphold"],
        blank=True,
        help_text=gettext_lazy("Left empty: for every decision."),
    )
    text = models.TextField(gettext_lazy("text"), max_length=4000, validators=[require_known])
    is_offered = models.BooleanField(gettext_lazy("offered for decisions"), default=True)

    class Meta:
        verbose_name, verbose_name_plural = gettext_lazy("letter template"), gettext_lazy("letter templates")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    def filled(self, values: dict[str, str]) -> str:
        """Return the text with its placeholders replaced; what the values contain is not looked at again."""
        return BRACED.sub(lambda found: values.get(found[1], found[0]), self.text)
