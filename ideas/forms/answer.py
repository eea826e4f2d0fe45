"""Answering for the town."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.text import LineField, TextField
from ideas.models import CampaignStatus, Idea
from ideas.queries.statuses import own_statuses


class AnswerForm(forms.Form):
    """The letter, its result, and what happens next. The result is said in the campaign's own words where it has some."""

    text = TextField(
        label=_("Your answer"),
        help_text=_("Write as in a letter: what you will do, what not, and why."),
        min_length=20,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    progress = forms.ChoiceField(label=_("Result"), choices=Idea.Progress.choices, widget=forms.RadioSelect)
    measure = LineField(label=_("Measure"), help_text=_("What is being done, by when."), required=False, max_length=200)
    signed_by = LineField(label=_("Who signs?"), required=False, max_length=120)

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statuses = {status.slug: status for status in own_statuses(idea.campaign)}
        result = self.fields["progress"]
        if self.statuses and isinstance(result, forms.ChoiceField):
            result.choices = [(slug, words_for(status)) for slug, status in self.statuses.items()]
            result.initial = idea.status.slug if idea.status else None
            self.initial.pop("progress", None)

    def clean(self) -> dict[str, Any]:
        """Turn the campaign's own status into the status itself."""
        cleaned = super().clean() or {}
        chosen = cleaned.get("progress")
        if self.statuses and chosen:
            cleaned["status"] = self.statuses.get(chosen)
            if cleaned["status"] is None:  # deleted by an editor while the answer was written
                raise ValidationError(
                    {"progress": _("This status does not exist any more. Please choose another one.")}
                )
            cleaned["progress"] = cleaned["status"].progress
        return cleaned


def words_for(status: CampaignStatus) -> str:
    """Return the name, and what it means."""
    return f"{status.name} – {status.text}" if status.text else status.name
