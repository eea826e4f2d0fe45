"""Form fields for answers: one for each kind of question."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField, TextField, one_line, refuse_broken
from ideas.models import Question
from ideas.questions import LINE_LONGEST, LONG_LONGEST, MOST_DIGITS, MOST_PLACES

FEW = 7  # up to so many answers stand below each other, more are a list to open
FIRST_YEAR, LAST_YEAR = 1900, 2100
GROUPED = re.compile(r"[+-]?\d{1,3}([. ]\d{3})+(,\d+)?")
GONE = gettext_lazy("“%(value)s” cannot be chosen any more. Please choose again.")
UNANSWERED = gettext_lazy("Please answer this question.")


class NumberField(forms.Field):
    """A number as Germans write it, with comma and perhaps dots between the thousands; also with a decimal point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        text = one_line(refuse_broken(str(value or "")))
        if not text:
            return None
        plain = text.replace(".", "").replace(" ", "") if GROUPED.fullmatch(text) else text
        plain = plain.replace(",", ".", 1)
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", plain):
            raise ValidationError(_("Please write a number, such as 12 or 3,5."), code="invalid")
        return self._bounded(plain)

    def _bounded(self, plain: str) -> Decimal:
        whole, _point, places = plain.lstrip("+-").partition(".")
        if len(whole.lstrip("0")) + MOST_PLACES > MOST_DIGITS or len(places) > MOST_PLACES:
            raise ValidationError(
                _("The number is too long: at most %(whole)d digits, and %(places)d after the comma.")
                % {"whole": MOST_DIGITS - MOST_PLACES, "places": MOST_PLACES},
                code="too_long",
            )
        try:
            return Decimal(plain) + 0  # no “−0”
        except InvalidOperation as error:
            raise ValidationError(_("Please write a number, such as 12 or 3,5."), code="invalid") from error


class DayField(forms.DateField):
    """A day as Germans write it; typed, because what is typed wrongly then comes back and can be mended."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"],
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": _("Please write a day like 24.12.2026."), "required": UNANSWERED},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(refuse_broken(str(value or "")).strip())
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Please write a day between the years %(first)d and %(last)d.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR},
                code="invalid",
            )
        return day


class SeveralField(forms.MultipleChoiceField):
    """Several of the given answers, each once, in the order of the question."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        chosen = [text for text in super().to_python(value) if text]
        return list(dict.fromkeys(chosen))

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        return [option for option, _label in self.choices if option in chosen]  # type: ignore[union-attr,misc]


def line(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for one line."""
    too_long = _("The answer is too long: %(show_value)d characters, at most %(limit_value)d.")
    errors: dict[str, Any] = {"required": UNANSWERED, "max_length": too_long}
    return LineField(max_length=LINE_LONGEST, error_messages=errors, **kwargs)


def long(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for several lines, with a counter."""
    too_long = _("The answer is too long: %(show_value)d characters, at most %(limit_value)d.")
    field = TextField(
        max_length=LONG_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": UNANSWERED, "max_length": too_long},
        **kwargs,
    )
    field.counter = LONG_LONGEST  # type: ignore[attr-defined]
    return field


def choice(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for one of the answers."""
    choices = [(option, option) for option in question.options]
    few = len(choices) <= FEW
    if not kwargs["required"] or not few:
        choices.insert(0, ("", _("No answer") if not kwargs["required"] else _("Please choose")))
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect if few else forms.Select,
        error_messages={"required": UNANSWERED, "invalid_choice": GONE},
        **kwargs,
    )


def several(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for several of the answers."""
    choices = [(option, option) for option in question.options]
    return SeveralField(choices=choices, error_messages={"required": UNANSWERED, "invalid_choice": GONE}, **kwargs)


def number(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for a number."""
    return NumberField(error_messages={"required": UNANSWERED}, **kwargs)


def day(question: Question, **kwargs: Any) -> forms.Field:
    """Return a field for a day."""
    return DayField(**kwargs)


Kind = Question.Kind
MAKERS: dict[str, Callable[..., forms.Field]] = {
    Kind.TEXT: line,
    Kind.LONG: long,
    Kind.CHOICE: choice,
    Kind.SEVERAL: several,
    Kind.NUMBER: number,
    Kind.DATE: day,
}


def field_for(question: Question, *, required: bool) -> forms.Field:
    """Return the form field of a question."""
    return MAKERS[question.kind](question, label=question.label, help_text=hint(question), required=required)


def hint(question: Question) -> str:
    """Return what helps to answer, and who will read it."""
    parts = [question.help_text]
    if question.kind == Kind.DATE:
        parts.append(_("Write it like 24.12.2026."))
    if not question.is_public:
        parts.append(_("Only the town's staff reads this answer."))
    return " ".join(filter(None, parts))
