"""Taking an idea back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField
from ideas.models import Withdrawal


class WithdrawForm(forms.Form):
    """A reason of a list, for everybody at once; words of one's own are read first, where the campaign checks first."""

    kind = forms.ChoiceField(
        label=_("Why do you withdraw your idea?"),
        help_text=_("Everybody reads this on the page of the idea."),
        choices=Withdrawal.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    reason = LineField(
        label=_("In your own words"),
        help_text=_("One sentence. A person of the moderation team reads it before everybody can."),
        required=False,
        max_length=300,
    )
