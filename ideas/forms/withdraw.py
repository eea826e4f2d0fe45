"""Taking an idea back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField


class WithdrawForm(forms.Form):
    """A reason in the author's own words. Nobody has read it before it would stand on the page, so it does not."""

    reason = LineField(
        label=_("Why do you withdraw your idea?"),
        help_text=_(
            "One sentence, for you and the moderation team. The page of the idea only says that you have withdrawn it."
        ),
        min_length=3,
        max_length=300,
        error_messages={"required": _("Please say in a few words why.")},
    )
