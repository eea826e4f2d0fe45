"""Pages that the law asks for: the imprint and the statement on accessibility. Their parts are fields, so that none is missing."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.blocks import BodyBlock
from cms.blocks.barriers import BarriersBlock
from cms.fields import BlocksField
from cms.models.contacts import PHONE
from cms.models.goals import SEARCH_ENGINES
from cms.models.pages import TITLE, FixedSlugPage
from common.mail import Mailed


class ImprintPage(FixedSlugPage):
    """Who answers for this site (§ 5 DDG, § 18 MStV), at /impressum/."""

    provider = models.CharField(
        _("provider"),
        max_length=160,
        help_text=_("The full name of the town, and what it is by law: a public corporation."),
    )
    street = models.CharField(_("street and number"), max_length=120)
    zipcode = models.CharField(_("postcode"), max_length=10)
    city = models.CharField(_("town"), max_length=80)
    represented_by = models.CharField(_("represented by"), max_length=160, help_text=_("The mayor, by name."))
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=40, validators=[PHONE])
    authority = models.TextField(
        _("supervisory body"), max_length=300, help_text=_("Name and address, for example of the district government.")
    )
    vat_id = models.CharField(_("VAT number"), max_length=20, blank=True, help_text=_("Only if the town has one."))
    responsible = models.TextField(
        _("responsible for the content"), max_length=300,
        help_text=_("Name and address of a person, for news and articles (§ 18 paragraph 2 MStV)."),
    )  # fmt: skip
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("further content"))

    fixed_slug, template = "impressum", "cms/imprint_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    needed: ClassVar = (
        "provider", "street", "zipcode", "city", "represented_by", "email", "phone", "authority", "responsible",
    )  # fmt: skip
    content_panels: ClassVar = [
        TITLE,
        FieldPanel("provider"),
        FieldRowPanel([FieldPanel("street"), FieldPanel("zipcode"), FieldPanel("city")]),
        FieldPanel("represented_by"),
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldPanel("authority"), FieldPanel("vat_id"), FieldPanel("responsible"), FieldPanel("body"),
    ]  # fmt: skip
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("Who answers for this site, as the law asks for it.")

    class Meta:
        verbose_name, verbose_name_plural = _("imprint"), _("imprints")

    @property
    def missing(self) -> list[str]:
        """Return the names of the parts that the law asks for and that are empty."""
        fields = (self._meta.get_field(name) for name in self.needed)
        return [str(field.verbose_name) for field in fields if not str(getattr(self, field.name) or "").strip()]

    def clean(self) -> None:
        super().clean()
        blank = {
            name: _("Please fill this in.")
            for name in self.needed
            if (value := getattr(self, name)) and not value.strip()
        }
        if blank:
            raise ValidationError(blank)


def today() -> dt.date:
    """Return the day of today, as the first value of a date."""
    return timezone.localdate()


class AccessibilityPage(FixedSlugPage):
    """The statement on accessibility after the model of (EU) 2018/1523 and § 10b BGG NRW, at /barrierefreiheit/."""

    class Status(models.TextChoices):
        FULL = "full", _("fully accessible")
        PARTLY = "partly", _("partly accessible")
        NOT = "not", _("not accessible")

    class Method(models.TextChoices):
        SELF = "self", _("examined by ourselves")
        OTHERS = "others", _("examined by others")

    scope = models.CharField(
        _("what the statement is about"),
        max_length=200,
        help_text=_("The address of the site, and its app if there is one."),
    )
    status = models.CharField(_("how accessible"), max_length=6, choices=Status, default=Status.PARTLY)
    standard = models.CharField(_("measured against"), max_length=200, default="EN 301 549 V3.2.1, WCAG 2.1 AA")
    barriers = BlocksField(BarriersBlock(), blank=True, verbose_name=_("parts that are not accessible"))
    method = models.CharField(_("how it was examined"), max_length=6, choices=Method, default=Method.SELF)
    method_words = models.TextField(
        _("more about the examination"), max_length=500, blank=True, help_text=_("Who, with what, which pages.")
    )
    prepared_on = models.DateField(_("prepared on"), default=today)
    reviewed_on = models.DateField(_("last looked through on"), default=today)
    feedback_office = models.CharField(_("whom to tell of barriers"), max_length=160)
    feedback_email = models.EmailField(_("e-mail"), blank=True)
    feedback_phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[PHONE])
    feedback_path = models.CharField(
        _("address of a form"), max_length=200, blank=True, help_text=_("On this site, for example /kontakt/")
    )
    answer_weeks = models.PositiveSmallIntegerField(
        _("answer within weeks"), default=2, validators=[MinValueValidator(1), MaxValueValidator(6)],
        help_text=_("At most six (§ 5 BITVNRW)."),
    )  # fmt: skip
    ombuds = models.CharField(
        pgettext_lazy("office for complaints", "ombudsman"), max_length=200,
        default="Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen",
    )  # fmt: skip
    ombuds_email = models.EmailField(_("e-mail"), default="ombudsstelle-barrierefreie-it@mags.nrw.de")
    ombuds_url = models.URLField(
        _("web address"), default="https://www.mags.nrw/ombudsstelle-barrierefreie-informationstechnik"
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("further content"))

    fixed_slug, template = "barrierefreiheit", "cms/accessibility_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        TITLE,
        FieldPanel("scope"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("standard")]),
        FieldPanel("barriers"),
        MultiFieldPanel(
            [FieldPanel("method"), FieldPanel("method_words"), FieldPanel("prepared_on"), FieldPanel("reviewed_on")],
            _("Examination"),
        ),
        MultiFieldPanel(
            [FieldPanel(f"feedback_{name}") for name in ("office", "email", "phone", "path")] + [FieldPanel("answer_weeks")],
            _("Telling of barriers"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("ombuds", "ombuds_email", "ombuds_url")], _("If that does not help")),
        FieldPanel("body"),
    ]  # fmt: skip
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("What is accessible here and what is not, as the law asks for it.")

    class Meta:
        verbose_name, verbose_name_plural = _("statement on accessibility"), _("statements on accessibility")

    @cached_property
    def next_look(self) -> dt.date:
        """Return the day by which the statement is to be looked through again, a year after the last time."""
        last = self.reviewed_on
        return last.replace(year=last.year + 1, day=28 if (last.month, last.day) == (2, 29) else last.day)

    def clean(self) -> None:
        super().clean()
        wrong = self.faults()
        if wrong:
            raise ValidationError(wrong)

    def faults(self) -> dict[str, Any]:
        """Return what does not go together, by field."""
        wrong: dict[str, Any] = {}
        first: dt.date | None = self.prepared_on  # drafts may lack them
        last: dt.date | None = self.reviewed_on
        if last and last > timezone.localdate():
            wrong["reviewed_on"] = _("This day is still to come.")
        if first and last and last < first:
            wrong["reviewed_on"] = _("It cannot have been looked through before it was prepared.")
        if not (self.feedback_email or self.feedback_phone or self.feedback_path):
            wrong["feedback_email"] = _("Please give at least one way to tell of barriers.")
        if self.feedback_path and not self.feedback_path.startswith("/"):
            wrong["feedback_path"] = _("Please begin with a slash: the form lies on this site.")
        if self.status != self.Status.FULL and not len(self.barriers):
            wrong["barriers"] = _("Please name at least one part that is not accessible, or say that all is.")
        if self.status == self.Status.FULL and len(self.barriers):
            wrong["status"] = _("There are parts that are not accessible, so it is not fully accessible.")
        return wrong


class StatementMail(Mailed):
    """One mail that reminds one editor to look through the statement, for one day on which that is due."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_on = models.DateField()

    class Meta:
        verbose_name = _("reminder of the statement on accessibility")
        verbose_name_plural = _("reminders of the statement on accessibility")
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "due_on"], name="cms_statement_mail_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.due_on}"
