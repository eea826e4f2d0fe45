"""The two forms with which an editor brings outlines in: choose a file, then say which outline is which district."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from ideas.content import slug_for
from ideas.models import District
from ideas.outlines import MOST_BYTES, Row, Sheet, read

LEAVE, NEW = "", "+"


class OutlineFileForm(forms.Form):
    """A GeoJSON file; ``sheet`` holds what it says."""

    file = forms.FileField(
        label=gettext_lazy("GeoJSON file"),
        help_text=gettext_lazy("A FeatureCollection with one area for each district, in WGS 84. At most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json,application/json"}),
    )
    sheet: Sheet | None = None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Refused(_("The file is larger than 10 MB. Please export the outlines with fewer points."))
            self.sheet = read(file.read())
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
        return file


class OutlineRowsForm(forms.Form):
    """For each outline: its district, a new one, or leave it out. The outlines travel along and are checked again."""

    sheet_json = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, rows: list[Row], may_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.districts = {str(district.pk): district for district in District.objects.all()}
        for row in self.usable:
            choices = [(LEAVE, _("Leave out")), *((key, district.name) for key, district in self.districts.items())]
            if may_add and row.name:
                choices.append((NEW, _("New district “%(name)s”") % {"name": row.name}))
            self.fields[f"row_{row.number}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=self.guess(row),
                label=_("District for row %(number)s") % {"number": row.number},
            )

    @property
    def usable(self) -> list[Row]:
        return [row for row in self.rows if row.shape]

    def guess(self, row: Row) -> str:
        """Return the district that is called like the outline, by its name or its address."""
        name, slug = row.name.casefold(), slug_for(row.name) if row.name else ""
        found = (key for key, one in self.districts.items() if one.name.casefold() == name or one.slug in (name, slug))
        return next(found, LEAVE) if name else LEAVE

    def table(self) -> list[dict[str, Any]]:
        """Return the rows as the page shows them."""
        return [
            {"row": row, "field": self[f"row_{row.number}"] if row.shape else None, "known": bool(self.guess(row))}
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(f"row_{row.number}") for row in self.usable):
            raise ValidationError(_("Please choose a district for at least one outline."), code="none")
        return values

    def chosen(self) -> list[tuple[Row, str]]:
        """Return the outlines to take over, each with the key of its district or ``NEW``."""
        return [(row, choice) for row in self.usable if (choice := self.cleaned_data.get(f"row_{row.number}", LEAVE))]


def pack(rows: list[Row]) -> str:
    """Return outlines as GeoJSON, for the next step."""
    features = [
        {"type": "Feature", "properties": {"name": row.name}, "geometry": row.shape, "number": row.number}
        for row in rows
        if row.shape
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
