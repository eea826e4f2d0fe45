"""Form fields that only this room needs: entries of the lists, tags, several pictures."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from common.text import LineField, one_line
from ideas.content import MOST_PICTURES, MOST_TAGS, TAG_LONGEST
from ideas.images import CleanPicture, clean_picture
from ideas.models.taxonomy import Term


class TermField(forms.ChoiceField):
    """One entry of a list kept by editors, by its address name; the list is read once for each form."""

    def __init__(self, model: type[Term], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.model = model
        self.terms: dict[str, Term] = {}

    def load(self, known: dict[str, tuple[Any, str]]) -> None:
        """Take over the entries: {slug: (key, name)}."""
        self.terms = {slug: self.model(pk=pk, slug=slug, name=name) for slug, (pk, name) in known.items()}  # type: ignore[misc]
        self.choices = [("", _("Not sure")), *((slug, term.name) for slug, term in self.terms.items())]

    def clean(self, value: Any) -> Term | None:
        return self.terms.get(super().clean(value))


class TagsField(LineField):
    """Words separated by commas."""

    def clean(self, value: Any) -> tuple[str, ...]:
        words = [one_line(word).lstrip("#") for word in super().clean(value).split(",")]
        tags = tuple({word.casefold(): word for word in words if word}.values())
        if len(tags) > MOST_TAGS:
            raise ValidationError(_("Please choose at most %(count)d tags.") % {"count": MOST_TAGS}, code="too_many")
        if any(len(tag) > TAG_LONGEST for tag in tags):
            raise ValidationError(
                _("A tag has at most %(count)d characters.") % {"count": TAG_LONGEST}, code="too_long"
            )
        return tags


class PicturesInput(forms.FileInput):
    """One control for several pictures."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Uploaded pictures, read and written anew; ``clean`` returns ``CleanPicture`` objects."""

    widget = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif", "multiple": True})
    default_error_messages = {"empty": gettext_lazy("This file is empty. Please choose the picture again.")}  # noqa: RUF012

    def clean(self, data: Any, initial: Any = None) -> list[CleanPicture]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_PICTURES:  # before the work of reading them
            raise ValidationError(
                _("Please choose at most %(count)d pictures.") % {"count": MOST_PICTURES}, code="too_many"
            )
        return [self._read(super(PicturesField, self).clean(file, initial)) for file in files if file]

    def _read(self, file: UploadedFile) -> CleanPicture:
        try:
            return clean_picture(file, file.size or 0)
        except Refused as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal
