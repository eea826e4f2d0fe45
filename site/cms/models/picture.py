"""Editors' pictures: without credit and a word on what they show they cannot be saved."""

import re
import secrets
from pathlib import PurePath
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

SHORTEST_ALT = 8
FILE_NAME = re.compile(r"\S+\.(?:avif|gif|jpe?g|png|webp|heic|tiff?)|(?:IMG|DSC|DSCN|PXL)[_-]?\d+\S*", re.IGNORECASE)


class Picture(AbstractImage):
    """A picture with author, agency, licence and alternative text."""

    credit_author = models.CharField(
        _("made by"),
        max_length=120,
        help_text=_("Photographer or illustrator, for example: Photo: Mara Lindner. Printed below."),
    )
    credit_agency = models.CharField(_("agency or owner"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True, help_text=_("For example: CC BY 4.0"))
    source_url = models.URLField(_("source"), blank=True)
    usable_until = models.DateField(
        _("may be shown until"),
        null=True,
        blank=True,
        help_text=_("After this day the picture disappears from all pages."),
    )
    shows_people = models.BooleanField(
        _("people can be recognised"), default=False, help_text=_("Also from behind, by a name tag or by a wheelchair.")
    )
    consent = models.CharField(
        _("who agreed"),
        max_length=250,
        blank=True,
        help_text=_("Who agreed, when, to what, and where the paper lies. Only editors read it; no names needed."),
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who cannot see it. One sentence."),
    )
    is_decorative = models.BooleanField(
        _("only decoration"), default=False, help_text=_("The picture tells nothing that is not in the text as well.")
    )

    admin_form_fields: ClassVar = (
        "title", "file", "alt", "is_decorative", "credit_author", "credit_agency", "licence", "source_url", "usable_until",
        "shows_people", "consent", "collection", "tags", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name, verbose_name_plural = _("picture"), _("pictures")
        permissions: ClassVar = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.alt

    @property
    def credit(self) -> str:
        return " – ".join(part for part in (self.credit_author, self.credit_agency) if part)

    @property
    def credit_words(self) -> str:
        """Return the credit with its licence, as it is printed."""
        return f"{self.credit} ({self.licence})" if self.licence and self.credit else self.credit

    def get_upload_to(self, filename: str) -> str:
        """Return a path that no other picture ever had, so that browsers may keep its sizes for good."""
        name = PurePath(filename)
        path: str = super().get_upload_to(f"{name.stem[:40]}-{secrets.token_hex(4)}{name.suffix}")
        return path

    def clean(self) -> None:
        super().clean()
        wrong = {}
        if not self.alt.strip() and not self.is_decorative:
            wrong["alt"] = _("Please say what the picture shows, or mark it as decoration.")
        elif not self.is_decorative and says_nothing(self.alt):
            wrong["alt"] = _("This says too little to somebody who cannot see it. Please write one sentence.")
        if not self.credit_author.strip():
            wrong["credit_author"] = _("Please say who made the picture.")
        if self.shows_people and not self.consent.strip():
            wrong["consent"] = _("Please write down who agreed. Without consent the picture may not be shown.")
        if wrong:
            raise ValidationError(wrong)


def says_nothing(alt: str) -> bool:
    """Tell whether words for a picture are none: a single short word, or the name of a file."""
    words = alt.strip()
    return len(words) < SHORTEST_ALT or bool(FILE_NAME.fullmatch(words))


class PictureRendition(AbstractRendition):
    """A size of a picture, made when first needed."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["file"], name="rendition_by_file")]
