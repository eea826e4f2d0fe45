"""What people type to check a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField
from voting.receipts import as_typed


class ReceiptForm(forms.Form):
    """The receipt; dashes, spaces and small letters are all the same."""

    receipt = LineField(
        label=_("Your receipt"),
        help_text=_("13 groups of four signs, such as 7K2M-9QXA-… Dashes and spaces do not matter."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "mw-code-input mw-code-input--long",
            }
        ),
        error_messages={"required": _("Please type or paste the receipt.")},
    )

    def clean_receipt(self) -> str:
        """Return the receipt in one spelling."""
        found = as_typed(self.cleaned_data["receipt"])
        if not found:
            raise forms.ValidationError(
                _("This cannot be a receipt: signs are missing or mistyped. Please copy all 13 groups.")
            )
        return found
