"""Forms for proving who one is."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from common.codes import SHORT, is_well_formed
from common.text import LineField


class LetterForm(forms.Form):
    """Where a letter goes."""

    name = LineField(
        label=_("First and last name"),
        help_text=_("As it stands on your letter box."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    street = LineField(
        label=_("Street and number"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    postcode = LineField(
        label=_("Postcode"),
        max_length=5,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
        validators=[RegexValidator(r"^[0-9]{5}$", _("A postcode has five digits."))],
    )


class LetterCodeForm(forms.Form):
    """The code from a letter."""

    code = LineField(
        label=_("Code from the letter"),
        help_text=_("Nine letters and digits. Dashes, spaces and small letters do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "mw-code-input",
            }
        ),
    )
    agreed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        if not is_well_formed(typed, SHORT):
            words = _("There is a slip somewhere. Please compare it with the letter once more; this was not a try.")
            raise forms.ValidationError(words, code="slip")
        return typed
