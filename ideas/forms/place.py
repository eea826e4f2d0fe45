"""The part of the form that says where: a part of town, words, a point – each for itself or together."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from common.errors import Refused
from common.text import LineField
from ideas.forms.coordinates import LONGEST, read_point
from ideas.forms.fields import TermField
from ideas.models import District
from ideas.queries.places import require_in_town

TYPED = {"inputmode": "text", "autocomplete": "off", "spellcheck": "false"}


class PlacePart(forms.Form):
    """The point may be typed or come from the map; it must lie in the town, and names the district when nobody has."""

    district = TermField(District, label=gettext_lazy("In which part of town?"))
    place = LineField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("A street, a square, a playground …"),
        required=False,
        max_length=120,
    )
    lat = LineField(
        label=gettext_lazy("Latitude (north)"), required=False, max_length=LONGEST, widget=forms.TextInput(TYPED)
    )
    lng = LineField(
        label=gettext_lazy("Longitude (east)"), required=False, max_length=LONGEST, widget=forms.TextInput(TYPED)
    )
    # Whether the district below follows from the point.
    district_follows = False

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            point = None if {"lat", "lng"} & set(self.errors) else read_point(values["lat"], values["lng"])
        except ValidationError as error:
            point = None
            self.add_error("lat", error)
        if point is not None:
            self.judge(point, values)
        values["lat"], values["lng"] = point or (None, None)
        return values

    def judge(self, point: tuple[float, float], values: dict[str, Any]) -> None:
        """Refuse a point outside the town; let one inside name the district."""
        try:
            part = require_in_town(point[1], point[0])
        except Refused as refusal:
            self.add_error(refusal.field, refusal.message)
            return
        terms = self.fields["district"].terms  # type: ignore[attr-defined]
        if part and part.slug in terms and values.get("district") is None and "district" not in self.errors:
            values["district"] = terms[part.slug]
            # Shown chosen when the form comes back, and sent along by the look before sending.
            data: Any = self.data
            self.data = data = data.copy()
            data["district"] = part.slug
            self.district_follows = True
