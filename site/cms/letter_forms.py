"""What people fill in who write to a contact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.letters import Words
from common.text import LineField, TextField
from moderation.public_forms import OpenForm


class LetterForm(OpenForm):
    """A message to a contact; the own address is needed for an answer or a copy only."""

    subject = LineField(
        label=_("What is it about?"), max_length=120, min_length=3,
        error_messages={"required": _("Please say in a few words what it is about.")},
    )  # fmt: skip
    text = TextField(
        label=_("Your message"), max_length=8000, min_length=3, widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Please write what you want to say or ask.")},
    )  # fmt: skip
    name = LineField(label=_("Your name"), max_length=120, required=False)
    email = forms.EmailField(label=_("Your mail address"), max_length=254, required=False)
    copy = forms.BooleanField(label=_("Send me a mail with this message"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for an address when something is to come there."""
        data = super().clean() or {}
        if data.get("copy") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please write your mail address, so that we can send you the message."))
        return data

    def words(self) -> Words:
        """Return what was typed."""
        data = self.cleaned_data
        return Words(data["subject"], data["text"], data["name"], data["email"], data["copy"])
