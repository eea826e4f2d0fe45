"""What people fill in here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import TextField
from ideas.content import COMMENT_LONGEST


class AlsoMineForm(forms.Form):
    """Supporting an idea instead of sending one's own; what was typed can stand beside it as a comment."""

    wanted = forms.BooleanField(label=_("Add my text to the idea as a comment"), required=False)
    text = TextField(
        label=_("Your text"),
        required=False,
        max_length=COMMENT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "max_length": _("The text is too long for a comment: %(show_value)d characters, at most %(limit_value)d.")
        },
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if self.cleaned_data.get("wanted") and not text:
            raise forms.ValidationError(_("There is no text for a comment. Write one, or take the tick out."))
        return text
