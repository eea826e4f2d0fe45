"""Inviting somebody to a closed group."""

from django import forms
from django.utils.translation import gettext_lazy

from ideas.models import Member


class InviteForm(forms.Form):
    """To whom the invitation goes, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The invitation goes there. Whether the person has an account already does not matter."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Please give a mail address."),
            "invalid": gettext_lazy("This is not a mail address, such as: name@example.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=Member.Role,
        initial=Member.Role.MEMBER,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean_role(self) -> str:
        return str(self.cleaned_data.get("role") or Member.Role.MEMBER)
