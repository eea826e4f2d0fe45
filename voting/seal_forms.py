"""What staff fill in to close a vote before its time, or to open a sealed one again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import TextField
from voting.actions.reopening import MOST_WORDS


class CloseForm(forms.Form):
    """A tick: closing by hand is not done by a slip."""

    sure = forms.BooleanField(
        label=_("Yes, close this vote now, before its time"),
        error_messages={"required": _("Please tick the box if the vote is to be closed.")},
    )


class ReopenForm(forms.Form):
    """Why, and until when."""

    because = TextField(
        label=_("Why"),
        max_length=MOST_WORDS,
        help_text=_("Everybody can read this on the result page. Please no names."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateTimeField(
        label=_("New end"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Please give a day and a time.")},
    )
