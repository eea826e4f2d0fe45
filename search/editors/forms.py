"""What editors fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.models import SynonymGroup
from search.synonyms import entries, terms_of

MOST_ENTRIES = 20


class SynonymForm(forms.ModelForm):
    """A group of synonyms."""

    class Meta:
        model = SynonymGroup
        fields = ("words", "found")
        labels = {  # noqa: RUF012 - Django's own form of it
            "words": gettext_lazy("Words"),
            "found": gettext_lazy("Also find (only in this direction)"),
        }
        help_texts = {  # noqa: RUF012
            "words": gettext_lazy(
                "With commas between, such as: tram, tramway. Whoever searches for one also finds the others."
            ),
            "found": gettext_lazy(
                "May stay empty. Otherwise whoever searches for the words above also finds these, but not the other way round."
            ),
        }
        widgets = {  # noqa: RUF012
            "words": forms.TextInput(attrs={"maxlength": 300}),
            "found": forms.TextInput(attrs={"maxlength": 300}),
        }

    def clean_words(self) -> str:
        return _clean(self.cleaned_data["words"])

    def clean_found(self) -> str:
        return _clean(self.cleaned_data["found"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        words, found = entries(data.get("words", "")), entries(data.get("found", ""))
        if words and not self.errors:
            asked = {terms_of(word) for word in words}
            if not found and len(asked) < 2:
                self.add_error("words", _("A group needs two different words. Inflected forms are found anyway."))
            if not any(len(terms) == 1 for terms in asked):
                self.add_error(
                    "words",
                    _("At least one entry must be a single word. Whoever searches for it finds the others too."),
                )
            if found and {terms_of(word) for word in found} <= asked:
                self.add_error("found", _("These words are the same as above. Inflected forms are found anyway."))
        return data


def _clean(text: str) -> str:
    """Return the entries with commas between; refuse those that carry no meaning."""
    found = entries(text.replace("\x00", " "))
    if len(found) > MOST_ENTRIES:
        raise forms.ValidationError(_("A group has at most 20 entries."))
    for entry in found:
        if not terms_of(entry):
            raise forms.ValidationError(
                _("“%(entry)s” is not searched: it has no word that carries meaning."), params={"entry": entry}
            )
    return ", ".join(dict.fromkeys(found))
