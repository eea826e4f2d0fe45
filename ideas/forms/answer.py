"""Answering for the town."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField, TextField
from ideas.models import Idea


class AnswerForm(forms.Form):
    """The letter, its result, and what happens next."""

    text = TextField(
        label=_("Your answer"),
        help_text=_("Write as in a letter: what you will do, what not, and why."),
        min_length=20,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    progress = forms.ChoiceField(label=_("Result"), choices=Idea.Progress.choices, widget=forms.RadioSelect)
    measure = LineField(label=_("Measure"), help_text=_("What is being done, by when."), required=False, max_length=200)
    signed_by = LineField(label=_("Who signs?"), required=False, max_length=120)
