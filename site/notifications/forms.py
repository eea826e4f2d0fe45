"""Which messages go out by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import Message

CHOICES = [(kind.value, kind.label) for kind in Message.Kind if kind not in Message.ALWAYS]


class MailChoiceForm(forms.Form):
    """A check box for each kind that can be switched off."""

    wanted = forms.MultipleChoiceField(
        label=_("Write to me by mail about:"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
