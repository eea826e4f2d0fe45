"""The form of an idea, new or changed."""

import uuid
from typing import Any, Self

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.text import LineField, TextField
from ideas import content
from ideas.forms.fields import CoordinateField, PicturesField, TagsField, TermField
from ideas.models import District, Goal, IdeaPicture, Topic
from ideas.queries.facets import known_terms

ALT_LONGEST = 250
KeptPictures = list[tuple[IdeaPicture, str]]


class IdeaForm(forms.Form):
    """Everything about an idea on one page; pictures already kept stand beside the new ones."""

    title = LineField(
        label=gettext_lazy("What is it about, in one sentence?"),
        help_text=gettext_lazy("So that your neighbour understands it at once. At most 90 characters."),
        min_length=content.TITLE_SHORTEST,
        max_length=content.TITLE_LONGEST,
        error_messages={
            "required": gettext_lazy("Please give your idea a title."),
            "min_length": gettext_lazy(
                "The title is too short. Write at least ten characters, such as “More shade at the playground”."
            ),
            "max_length": gettext_lazy("The title is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    text = TextField(
        label=gettext_lazy("What do you propose, and why?"),
        help_text=gettext_lazy("Whom does it help? How could it be done? Just write, spelling does not matter."),
        min_length=content.TEXT_SHORTEST,
        max_length=content.TEXT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": gettext_lazy("There is nothing here yet. Two or three sentences are enough to begin."),
            "min_length": gettext_lazy("Please describe the idea in at least one sentence."),
            "max_length": gettext_lazy("The text is too long: %(show_value)d characters, at most %(limit_value)d."),
        },
    )
    district = TermField(District, label=gettext_lazy("In which part of town?"))
    place = LineField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("A street, a square, a playground …"),
        required=False,
        max_length=120,
    )
    topic = TermField(Topic, label=gettext_lazy("Which topic fits?"))
    goal = TermField(Goal, label=gettext_lazy("Which goal of the town does it serve?"))
    tags = TagsField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Single words with commas between them, such as: shade, playground, trees"),
        required=False,
        max_length=400,
    )
    images = PicturesField(
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy("Up to five, each at most 10 MB. Please only your own, and without faces of strangers."),
        required=False,
    )
    lat = CoordinateField(required=False, min_value=-90, max_value=90)
    lng = CoordinateField(required=False, min_value=-180, max_value=180)
    request_key = forms.RegexField(r"^[0-9a-zA-Z-]{1,64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kept: KeptPictures | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_%s")
        super().__init__(*args, **kwargs)
        self.kept_before = kept or []
        terms = known_terms()
        for name, facet in (("district", "stadtteil"), ("topic", "thema"), ("goal", "ziel")):
            self.fields[name].load(terms[facet])  # type: ignore[attr-defined]
        if not self.is_bound and not self.initial.get("request_key"):
            self.initial["request_key"] = uuid.uuid4().hex

    @property
    def alts(self) -> list[str]:
        """Return the picture descriptions as typed: first of the kept pictures, then of the new ones."""
        if not isinstance(self.data, MultiValueDict):
            return [alt for _picture, alt in self.kept_before]
        return [str(alt) for alt in self.data.getlist("image_alt")]

    @property
    def kept(self) -> KeptPictures:
        """Return the kept pictures that were not taken out, with their newest descriptions."""
        removed = set(self.data.getlist("image_remove")) if isinstance(self.data, MultiValueDict) else set()
        alts = [*self.alts, *[""] * len(self.kept_before)]
        pairs = zip(self.kept_before, alts, strict=False)
        return [(picture, clean_alt(alt)) for (picture, _alt), alt in pairs if str(picture.key) not in removed]

    def keep(self, pictures: KeptPictures) -> Self:
        """Put the new pictures among the kept ones, for the next round; return the form."""
        self.kept_before = pictures
        if isinstance(self.data, MultiValueDict):
            self.data = self.data.copy()
            self.data.setlist("image_alt", [alt for _picture, alt in pictures])
            self.data.setlist("image_remove", [])
        return self

    @property
    def new_alts(self) -> list[str]:
        """Return the descriptions of the new pictures."""
        return [clean_alt(alt) for alt in self.alts[len(self.kept_before) :]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if len(self.kept) + len(values.get("images") or []) > content.MOST_PICTURES:
            self.add_error("images", _("Please choose at most %(count)d pictures.") % {"count": content.MOST_PICTURES})
        if (values.get("lat") is None) != (values.get("lng") is None) and not {"lat", "lng"} & set(self.errors):
            self.add_error("place", _("The place on the map is incomplete. Please choose it again."))
        for name in ("lat", "lng"):
            if self.errors.pop(name, None):
                self.add_error("place", _("This place is not on the map of the earth. Please choose it again."))
        return values

    def content(self, pictures: KeptPictures) -> content.IdeaContent:
        """Return what a valid form says."""
        values = self.cleaned_data
        return content.IdeaContent(
            title=values["title"],
            text=values["text"],
            topic=values["topic"],
            goal=values["goal"],
            district=values["district"],
            place=values["place"],
            latitude=values["lat"],
            longitude=values["lng"],
            tags=values["tags"],
            pictures=tuple(pictures),
        )


class ChangeForm(IdeaForm):
    """The form of an idea that exists; ``version`` is the one the person began with."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


def clean_alt(alt: str) -> str:
    """Return a picture description that can be stored."""
    kept = "".join(sign if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else " " for sign in alt)
    return " ".join(kept.split())[:ALT_LONGEST]
