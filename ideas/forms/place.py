"""The part of the form that says where."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField
from ideas.forms.fields import CoordinateField, TermField
from ideas.models import District


class PlacePart(forms.Form):
    """A part of town, a place in words, a point on the map: each for itself or together."""

    district = TermField(District, label=gettext_lazy("In which part of town?"))
    place = LineField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("A street, a square, a playground …"),
        required=False,
        max_length=120,
    )
    lat = CoordinateField(required=False, min_value=-90, max_value=90)
    lng = CoordinateField(required=False, min_value=-180, max_value=180)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("lat") is None) != (values.get("lng") is None) and not {"lat", "lng"} & set(self.errors):
            self.add_error("place", _("The place on the map is incomplete. Please choose it again."))
        for name in ("lat", "lng"):
            if self.errors.pop(name, None):
                self.add_error("place", _("This place is not on the map of the earth. Please choose it again."))
        return values
