"""Sums of money: kept in cents, written and read as people here write them: 12.500,00 €."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from common.text import refuse_broken

# More than any town has; far below what a column holds.
MOST_CENTS = 10**13
SUM = re.compile(r"(?P<euros>[0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]+)(?:,(?P<cents>[0-9]{1,2}|-{1,2}|–))?")
UNIT = re.compile(r"\s*(€|euro|eur)\s*$", re.IGNORECASE)


def euro(cents: int, *, exact: bool = False) -> str:
    """Return cents as ``12.500 €`` or ``12.500,50 €``; ``exact`` writes the cents always."""
    return f"{plain_euro(cents, exact=exact)}\u00a0€"


def plain_euro(cents: int, *, exact: bool = True) -> str:
    """Return cents as ``12.500,00``, without the sign of the currency."""
    sign, (euros, rest) = "−" if cents < 0 else "", divmod(abs(cents), 100)
    whole = f"{euros:,}".replace(",", ".")
    return f"{sign}{whole},{rest:02d}" if rest or exact else f"{sign}{whole}"


def read_euro(text: str) -> int:
    """Return what somebody typed as cents. Raises ``ValueError`` with a sentence that says what is wrong with it."""
    words = UNIT.sub("", text.replace("\u00a0", " ").replace("\u202f", " ").strip()).strip()
    found = SUM.fullmatch(words)
    if found is None:
        raise ValueError(_why(words))
    cents = (found["cents"] or "0").strip("-–") or "0"
    total = int(re.sub("[. ]", "", found["euros"])[:20]) * 100 + int(cents.ljust(2, "0"))
    if not 0 < total <= MOST_CENTS:
        raise ValueError(_("The sum has to be more than 0 Euro.") if not total else _("This sum is too large."))
    return total


def _why(words: str) -> str:
    if words.startswith(("-", "−")):
        return _("The sum has to be more than 0 Euro.")
    if re.fullmatch(r"[0-9][0-9.]*\.[0-9]{1,2}", words) or re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", words):
        return _("Please write cents after a comma and thousands with a point: 12.500,00.")
    if re.fullmatch(r"[0-9. ]+,[0-9]{3,}", words):
        return _("There are at most two digits after the comma: 12.500,00.")
    return _("Please write the sum in Euro, such as 12.500 or 12.500,00.")


class EuroField(forms.CharField):
    """A form field for a sum of money; its value is in cents, or None."""

    def __init__(self, **kwargs: Any) -> None:
        for name in ("min_value", "max_value"):
            kwargs.pop(name, None)
        super().__init__(**{"max_length": 30} | kwargs)
        self.validators = []  # they measure text; the value is a number
        self.widget.attrs.setdefault("inputmode", "decimal")

    def prepare_value(self, value: Any) -> Any:
        return plain_euro(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = refuse_broken(super().to_python(value) or "").strip()
        if not text:
            return None
        try:
            return read_euro(text)
        except ValueError as error:
            raise ValidationError(str(error), code="sum") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class CentsField(models.BigIntegerField):
    """A column of cents whose field in forms is written in Euro; for the database it is a whole number."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": EuroField} | kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs
