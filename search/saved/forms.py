"""What people fill in to keep a search: the same names in the address as on the search page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from common.text import LineField
from search.models import SavedSearch
from search.registry import builders
from search.saved.circles import RADII
from search.saved.describing import in_metres, suggested_name
from search.saved.keeping import Wish
from search.saved.places import find_place

Rhythm = SavedSearch.Rhythm
FACETS = {"art": "kind", "thema": "category", "stadtteil": "district", "kampagne": "campaign"}
MOST_VALUES = 20


def choices_of(facet: str) -> list[tuple[str, str]]:
    """Return the values that can be chosen: only what everybody may see."""
    if facet == "kind":
        return [(builder.kind, str(builder.label_plural)) for builder in builders()]
    return list({value: label for builder in builders() for value, label in builder.choices(facet).items()}.items())


class SavedSearchForm(forms.Form):
    """Name, words, facets, a place, how often; people without an account give an address."""

    name = LineField(label=gettext_lazy("Name"), max_length=80, required=False)
    q = LineField(label=gettext_lazy("Words"), max_length=200, required=False)
    genau = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    thema = forms.MultipleChoiceField(label=gettext_lazy("Topic"), required=False, widget=forms.CheckboxSelectMultiple)
    stadtteil = forms.MultipleChoiceField(
        label=gettext_lazy("District"), required=False, widget=forms.CheckboxSelectMultiple
    )
    art = forms.MultipleChoiceField(label=gettext_lazy("Kind"), required=False, widget=forms.CheckboxSelectMultiple)
    kampagne = forms.MultipleChoiceField(
        label=gettext_lazy("Campaign"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ort = LineField(label=gettext_lazy("Near a place"), max_length=120, required=False)
    umkreis = forms.TypedChoiceField(label=gettext_lazy("Within"), coerce=int, empty_value=None, required=False)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lng = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    # The words to which the point belongs; other words are looked up.
    bekannt = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    rhythmus = forms.ChoiceField(
        label=gettext_lazy("How are we to tell you?"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        initial=Rhythm.DAILY,
    )
    email = forms.EmailField(label=gettext_lazy("Your mail address"), max_length=254)
    # People do not see this field; programs fill it in.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, is_known: bool, for_account: bool, **kwargs: Any) -> None:
        """``is_known``: no address has to be asked for; ``for_account``: there is an account in which hits can stand."""
        super().__init__(*args, **kwargs)
        for name, facet in FACETS.items():
            self.fields[name].choices = choices_of(facet)  # type: ignore[attr-defined]
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]
        self.fields["umkreis"].choices = [(metres, in_metres(metres)) for metres in RADII]  # type: ignore[attr-defined]
        if is_known:
            del self.fields["email"]
        if not for_account:
            by_mail = [choice for choice in Rhythm.choices if choice[0] != Rhythm.ACCOUNT]
            self.fields["rhythmus"].choices = by_mail  # type: ignore[attr-defined]

    @property
    def facets(self) -> list[forms.BoundField]:
        """The choices that there are, as fields."""
        return [self[name] for name in FACETS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Find the place by its words, unless the form knows its point already."""
        data = super().clean() or {}
        place, known = data.get("ort", ""), data.get("lat") is not None and data.get("lng") is not None
        if place and not (known and place == data.get("bekannt")):
            found = find_place(place)
            if found is None:
                words = _(
                    "We do not know this place. Please try a street or square that an idea on the map names, or choose a district."
                )
                self.add_error("ort", words)
            else:
                data["lat"], data["lng"] = found.latitude, found.longitude
        return data

    def wish(self) -> Wish:
        """Return what was filled in; without a name the search is called by what it asks for."""
        data = self.cleaned_data
        has_place = bool(data["ort"])
        wish = Wish(
            name=data["name"], text=data["q"], is_exact=data["genau"] == "1",
            filters={facet: tuple(data[name]) for name, facet in FACETS.items() if data.get(name)},
            place=data["ort"], latitude=data.get("lat"), longitude=data.get("lng"),
            radius=(data["umkreis"] or 1000) if has_place else None, rhythm=data["rhythmus"],
        )  # fmt: skip
        return wish if wish.name else Wish(**{**wish.__dict__, "name": suggested_name(wish) or _("My search")})

    def refuse(self, refusal: Refused) -> None:
        """Show an action's refusal where it belongs."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


def initial_from(address: QueryDict) -> dict[str, Any]:
    """Return what an address of the search page asks for, as far as a search can be kept for it; nonsense is passed over."""
    found: dict[str, Any] = {"q": " ".join(address.get("q", "").replace("\x00", " ").split())[:200]}
    for name, facet in FACETS.items():
        known = {value for value, _label in choices_of(facet)}
        found[name] = [value for value in dict.fromkeys(address.getlist(name)) if value in known][:MOST_VALUES]
    found["genau"] = "1" if address.get("genau") == "1" else ""
    found["ort"] = " ".join(address.get("ort", "").replace("\x00", " ").split())[:120]
    found["umkreis"] = address.get("umkreis") if address.get("umkreis") in {str(metres) for metres in RADII} else "1000"
    try:
        point = float(address.get("lat", "")), float(address.get("lng", ""))
    except ValueError:
        return found
    if abs(point[0]) <= 90 and abs(point[1]) <= 180:
        found["lat"], found["lng"] = point
        found["ort"] = found["bekannt"] = found["ort"] or _("point on the map")
    return found


def initial_of(search: SavedSearch) -> dict[str, Any]:
    """Return a search as the form shows it."""
    filters: Mapping[str, list[str]] = search.filters
    facets = {name: filters.get(facet, []) for name, facet in FACETS.items()}
    return {
        "name": search.name, "q": search.text, "genau": "1" if search.is_exact else "", "rhythmus": search.rhythm, **facets,
        "ort": search.place, "bekannt": search.place, "umkreis": search.radius or 1000, "lat": search.latitude, "lng": search.longitude,
    }  # fmt: skip
