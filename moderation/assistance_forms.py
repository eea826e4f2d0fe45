"""What moderators fill in about checks and word lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField, TextField
from moderation.assistance.words import read
from moderation.models.assistance import LONGEST_LIST, TOWN


class WordListForm(forms.Form):
    """A word list; ``campaigns`` are those it may hold for, ``town`` whether it may hold everywhere."""

    title = LineField(label=gettext_lazy("Name of the list"), max_length=80)
    campaign = forms.TypedChoiceField(label=gettext_lazy("Holds for"), coerce=int)
    is_on = forms.BooleanField(label=gettext_lazy("The list is used"), required=False, initial=True)
    words = TextField(
        label=gettext_lazy("Words, one a line"), max_length=LONGEST_LIST,
        help_text=gettext_lazy(
            "A word is found in all its forms and disguises, but never inside a longer one. “Word*”: everything that begins "
            "like this. “=Word”: in no other form. “!Word”: never. “#” begins a comment."
        ),
        widget=forms.Textarea({"rows": 16, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, campaigns: dict[int, str], town: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = {TOWN: _("the whole town")} if town else {}
        self.fields["campaign"].choices = list((everywhere | campaigns).items())  # type: ignore[attr-defined]

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if not read(words):
            raise forms.ValidationError(_("There is no word in this list yet."), code="empty")
        return words
