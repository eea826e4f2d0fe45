"""Why an earlier version is not shown any more."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField


class WithholdForm(forms.Form):
    """A reason that everybody reads in place of the words."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = LineField(
        label=_("Why shall these words not be shown any more?"),
        help_text=_("Everybody reads this reason in their place."),
        min_length=3,
        max_length=200,
        error_messages={"required": _("Please say in a few words why.")},
    )
