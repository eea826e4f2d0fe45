"""Editors' pictures: without credit and a word on what they show they cannot be saved."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class Picture(AbstractImage):
    """A picture with author, agency, licence and alternative text."""

    credit_author = models.CharField(_("made by"), max_length=120)
    credit_agency = models.CharField(_("agency or owner"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    source_url = models.URLField(_("source"), blank=True)
    usable_until = models.DateField(_("may be shown until"), null=True, blank=True)
    alt = models.CharField(
        _("what the picture shows"), max_length=250, blank=True, help_text=_("For people who cannot see it. One sentence.")
    )
    is_decorative = models.BooleanField(_("only decoration"), default=False)

    admin_form_fields: ClassVar = (
        "title", "file", "alt", "is_decorative", "credit_author", "credit_agency", "licence", "source_url", "usable_until",
        "collection", "tags", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
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

    def clean(self) -> None:
        super().clean()
        if not self.alt and not self.is_decorative:
            raise ValidationError({"alt": _("Please say what the picture shows, or mark it as decoration.")})


class PictureRendition(AbstractRendition):
    """A size of a picture, made when first needed."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"),
        ]
