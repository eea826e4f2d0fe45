"""By what ideas are sorted: topic, strategic goal, district. Editors keep these lists."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(models.Model):
    """A named entry of one of the lists."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(pgettext_lazy("part of a web address", "address"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Topic(Term):
    """What an idea is about."""

    class Meta(Term.Meta):
        verbose_name, verbose_name_plural = _("topic"), _("topics")


class Goal(Term):
    """The town's goal that an idea serves (a field of action)."""

    class Meta(Term.Meta):
        verbose_name, verbose_name_plural = _("goal"), _("goals")


class District(Term):
    """A part of the town; its outline, where one was uploaded, is a row of its own."""

    class Meta(Term.Meta):
        verbose_name, verbose_name_plural = _("district"), _("districts")


class Outline(models.Model):
    """Where a district lies. Apart from the district, so that lists that name districts do not carry thousands of points."""

    district = models.OneToOneField(
        District, models.CASCADE, primary_key=True, related_name="outline", verbose_name=_("district")
    )
    # A GeoJSON geometry (RFC 7946): Polygon or MultiPolygon, longitude before latitude, checked by ``ideas.outlines``.
    shape = models.JSONField(_("outline"))
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("outline"), _("outlines")

    def __str__(self) -> str:
        return str(self.district)
