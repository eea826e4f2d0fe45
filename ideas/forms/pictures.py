"""The part of the form with pictures: new ones, and those kept already with their descriptions."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ideas.content import MOST_PICTURES
from ideas.forms.fields import PicturesField
from ideas.models import IdeaPicture

ALT_LONGEST = 250
KeptPictures = list[tuple[IdeaPicture, str]]


class PicturesPart(forms.Form):
    """Pictures already kept stand beside the new ones; ``kept_before`` is set by the form that has this part."""

    images = PicturesField(
        label=gettext_lazy("Pictures"),
        help_text=gettext_lazy("Up to five, each at most 10 MB. Please only your own, and without faces of strangers."),
        required=False,
    )
    kept_before: KeptPictures

    @property
    def kept(self) -> KeptPictures:
        """Return the kept pictures that were not taken out, with their newest descriptions."""
        removed = set(self.data.getlist("image_remove")) if isinstance(self.data, MultiValueDict) else set()
        return [
            (picture, clean_alt(str(self.data.get(alt_name(picture.key), alt))))
            for picture, alt in self.kept_before
            if str(picture.key) not in removed
        ]

    def keep_pictures(self, pictures: KeptPictures) -> None:
        """Put the new pictures among the kept ones, for the next round."""
        self.kept_before = pictures
        if isinstance(self.data, MultiValueDict):
            self.data = self.data.copy()
            self.data.setlist("image_alt", [])
            self.data.setlist("image_remove", [])
            for picture, alt in pictures:
                self.data[alt_name(picture.key)] = alt

    @property
    def new_alts(self) -> list[str]:
        """Return the descriptions of the new pictures."""
        alts = self.data.getlist("image_alt") if isinstance(self.data, MultiValueDict) else []
        return [clean_alt(str(alt)) for alt in alts]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if len(self.kept) + len(values.get("images") or []) > MOST_PICTURES:
            self.add_error("images", _("Please choose at most %(count)d pictures.") % {"count": MOST_PICTURES})
        return values


def alt_name(key: UUID) -> str:
    """Return the name of the field that describes a kept picture."""
    return f"alt_{key.hex}"


def clean_alt(alt: str) -> str:
    """Return a picture description that can be stored."""
    kept = "".join(sign if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else " " for sign in alt)
    return " ".join(kept.split())[:ALT_LONGEST]
