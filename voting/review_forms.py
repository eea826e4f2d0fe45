"""What reviewers of odd votes fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField

# Who agrees, agrees to the reason that is there.
WITHOUT_REASON = ("agree", "agree_end")
ACTIONS = ("harmless", "propose", "agree", "reject", "propose_end", "agree_end", "reject_end")


class DecisionForm(forms.Form):
    """What is to happen, and why."""

    action = forms.ChoiceField(
        label=_("What is to happen?"),
        choices=[(name, name) for name in ACTIONS],
        error_messages={"required": _("Please choose what is to happen.")},
    )
    reason = LineField(
        label=_("The reasons"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences: what you have looked at, and what you take from it. They stay on record."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("action") and data["action"] not in WITHOUT_REASON and not data.get("reason"):
            self.add_error("reason", _("Please give the reasons."))
        return data
