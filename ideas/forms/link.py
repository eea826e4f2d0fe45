"""Linking an idea with a measure or a council paper: where it is, and what it is called."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy

from common.text import LineField
from ideas.models import IdeaLink

ELSEWHERE = (IdeaLink.Kind.PAPER, IdeaLink.Kind.MEASURE)


class AddressField(LineField):
    """A web address that people can follow: http or https, with the name of a site, without user name or password.

    Nothing is fetched from there, now or later.
    """

    widget = forms.URLInput
    default_error_messages = {  # noqa: RUF012
        "wrong": gettext_lazy("This is not a web address. It begins with https:// and names a site.")
    }

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return address
        if any(sign.isspace() or sign == "\\" for sign in address):
            raise ValidationError(self.error_messages["wrong"], code="wrong")
        try:
            URLValidator(schemes=["http", "https"])(address)
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError as error:  # what no reader of addresses understands
            raise ValidationError(self.error_messages["wrong"], code="wrong") from error
        if "." not in host or host.replace(".", "").isdigit() or "@" in parts.netloc:
            raise ValidationError(self.error_messages["wrong"], code="wrong")
        return address


class ElsewhereForm(forms.Form):
    """A measure or council paper that lies on another site."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=[(kind.value, kind.label) for kind in ELSEWHERE], required=True
    )
    title = LineField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy(
            "As it is called there, with its number, such as: Paper 1043/2026, More shade in the city"
        ),
        min_length=3,
        max_length=200,
        error_messages={"required": gettext_lazy("Please say what it is called.")},
    )
    address = AddressField(
        label=gettext_lazy("Web address"),
        help_text=gettext_lazy("For example in the council's information system. We only link to it."),
        max_length=500,
        error_messages={"required": gettext_lazy("Please give the address to which the link leads.")},
    )


class FindForm(forms.Form):
    """Looking for something of this site."""

    q = LineField(
        label=gettext_lazy("What do you want to link with?"),
        help_text=gettext_lazy("Words from the title, or the number of an idea."),
        required=False,
        max_length=200,
    )
