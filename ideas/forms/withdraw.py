"""Taking an idea back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField


class WithdrawForm(forms.Form):
    """A reason in the author's own words, shown on the idea's page."""

    reason = LineField(
        label=_("Why do you withdraw your idea?"),
        help_text=_("One sentence. It is shown on the page of the idea."),
        min_length=3,
        max_length=300,
        error_messages={"required": _("Please say in a few words why.")},
    )
