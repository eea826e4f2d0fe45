"""What staff fill in about codes and paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.text import LineField
from ideas.models import Idea, Phase
from voting.actions.codes import MOST as MOST_CODES
from voting.actions.paper import MOST as MOST_PAPER
from voting.paper import values_of


class PackageForm(forms.Form):
    """A new package of codes."""

    phase = forms.TypedChoiceField(label=pgettext_lazy("noun", "Vote"), coerce=int)
    name = LineField(
        label=_("For whom"),
        max_length=120,
        help_text=_("Such as: Gesamtschule Nord, class 9b. Stands in this list only, not on the cards."),
    )
    number = forms.IntegerField(label=_("Number of codes"), min_value=1, max_value=MOST_CODES)

    def __init__(self, *args: Any, phases: Iterable[Phase], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["phase"].choices = [(one.pk, f"{one.campaign.title} – {one.name}") for one in phases]  # type: ignore[attr-defined]


class RevokeForm(forms.Form):
    """Why a package is worth nothing any more."""

    reason = LineField(
        label=_("Why"), max_length=300, help_text=_("Stays beside the package, with your name and the day.")
    )


class PaperForm(forms.Form):
    """A total from paper."""

    idea = forms.TypedChoiceField(label=_("Idea"), coerce=int)
    value = forms.TypedChoiceField(label=_("What was voted"), coerce=int)
    number = forms.IntegerField(label=_("How many"), min_value=0, max_value=MOST_PAPER)
    place = LineField(
        label=_("Where it was counted"), max_length=120, help_text=_("Such as: town hall, or festival in Nordfeld.")
    )

    def __init__(self, *args: Any, phase: Phase, ideas: Iterable[Idea], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["idea"].choices = [("", ""), *((one.pk, one.title) for one in ideas)]  # type: ignore[attr-defined]
        self.fields["value"].choices = list(values_of(phase).items())  # type: ignore[attr-defined]
