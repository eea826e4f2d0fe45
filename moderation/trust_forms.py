"""What moderators fill in to give or end trust."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import LineField
from moderation.models import Trust


class TrustForm(forms.Form):
    """Whom, where and why."""

    name = LineField(label=_("Public name"), max_length=60)
    campaign = forms.ChoiceField(label=_("Where"))
    reason = LineField(label=_("Reason, stays on record"), max_length=500)

    def __init__(self, *args: Any, campaigns: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(pk), title) for pk, title in campaigns.items()]
        self.fields["campaign"].choices = [*places, (str(Trust.EVERYWHERE), _("everywhere but in closed groups"))]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why it ends."""

    reason = LineField(label=_("Reason"), max_length=500)
