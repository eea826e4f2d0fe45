"""Taking over an idea with the code on its receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField


class ClaimForm(forms.Form):
    """The code, as it stands on the receipt; dashes, spaces and small letters are all the same."""

    code = LineField(
        label=_("Code on your receipt"),
        help_text=_("Twelve letters and digits, such as ABCD-EFGH-2345. Dashes do not matter."),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "mw-code-input",
            }
        ),
        error_messages={"required": _("Please type the code that stands on your receipt.")},
    )
