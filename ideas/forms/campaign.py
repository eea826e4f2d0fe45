"""The editors' form of a campaign."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class CampaignForm(WagtailAdminModelForm):
    """A campaign with its phases; phases of one kind must not overlap."""

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and self._phases_fit()

    def _phases_fit(self) -> bool:
        forms = [
            form for form in self.formsets["phases"].forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        earlier: list[dict[str, Any]] = []
        fits = True
        for form in sorted(forms, key=lambda form: form.cleaned_data["opens_at"]):
            phase = form.cleaned_data
            if any(other["kind"] == phase["kind"] and phase["opens_at"] < other["closes_at"] for other in earlier):
                form.add_error("opens_at", _("Two phases of the same kind must not overlap."))
                fits = False
            earlier.append(phase)
        return fits
