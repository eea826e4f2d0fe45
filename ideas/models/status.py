"""A campaign's own words for how far its ideas have come."""

from typing import Any, ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ideas.models.campaign import Campaign

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Progress(models.TextChoices):
    """How far an idea has come, in words that every campaign shares."""

    NEW = "new", _("New")
    DISCUSSED = "discussed", _("Under discussion")
    REVIEWED = "reviewed", _("Under review")
    PLANNED = "planned", _("Being carried out")
    DONE = "done", _("Carried out")
    DECLINED = "declined", _("Not feasible")


# The shared words as they stand in addresses and in the search index; never change them.
PROGRESS_SLUGS: dict[str, str] = {
    Progress.NEW: "neu",
    Progress.DISCUSSED: "im-gespraech",
    Progress.REVIEWED: "in-pruefung",
    Progress.PLANNED: "wird-umgesetzt",
    Progress.DONE: "umgesetzt",
    Progress.DECLINED: "nicht-umsetzbar",
}


class Look(models.TextChoices):
    """Colours of chips; each has its icon, and always a word."""

    SKY = "sky", _("blue")
    PLUM = "plum", _("violet")
    SUN = "sun", _("yellow")
    RIVER = "river", _("green-blue")
    DONE = "done", _("green")
    GREY = "grey", _("grey")
    BRICK = "brick", _("red")


class CampaignStatus(models.Model):
    """A status of one campaign: name, colour, and a sentence that explains it. ``progress`` says what it means elsewhere."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("campaign"))
    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(max_length=50, editable=False)
    look = models.CharField(_("colour"), max_length=5, choices=Look, default=Look.SKY)
    text = models.CharField(_("what it means"), max_length=200, blank=True)
    progress = models.CharField(_("stands for"), max_length=9, choices=Progress, default=Progress.NEW)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("status"), _("statuses")
        ordering: ClassVar = ["sort_order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "slug"], name="status_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Once given, the address stays when the name changes: people have bookmarked lists by it.
        if not self.slug:
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def free_slug(self) -> str:
        """Return a name for addresses that neither the campaign's other statuses nor the shared words have."""
        wanted = slugify(self.name.translate(UMLAUTS))[:40].strip("-") or "stand"
        others = CampaignStatus.objects.filter(campaign_id=self.campaign_id).exclude(pk=self.pk)
        taken = {*PROGRESS_SLUGS.values(), *others.values_list("slug", flat=True)}
        names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
        return next(name for name in names if name not in taken)
