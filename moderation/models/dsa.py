"""What the yearly report needs and no case holds: orders of authorities, and to which category of the EU a rule belongs."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.rule import Rule


class Category(models.TextChoices):
    """The categories of the transparency database (those that can happen here), by their names there."""

    SPEECH = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", _("Illegal or harmful speech")
    PRIVACY = "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", _("Data protection and privacy")
    COPYRIGHT = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS", _("Copyright and trade marks")
    DISCOURSE = "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS", _("Civic discourse or elections")
    SECURITY = "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY", _("Public security")
    VIOLENCE = "STATEMENT_CATEGORY_VIOLENCE", _("Violence")
    MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", _("Protection of minors")
    SELF_HARM = "STATEMENT_CATEGORY_SELF_HARM", _("Self-harm")
    CYBER = "STATEMENT_CATEGORY_CYBER_VIOLENCE", _("Violence on the net")
    SCAMS = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", _("Scams and fraud")
    PRODUCTS = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", _("Unsafe or prohibited products")
    OTHER_TERMS = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC", _("Other violation of the rules of this site")
    NOT_SPECIFIED = "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", _("Not specified")


class RuleCategory(models.Model):
    """The category of a rule; a rule without one counts as another violation of the terms."""

    rule = models.OneToOneField(Rule, models.CASCADE, related_name="category_row")
    category = models.CharField(_("category"), max_length=80, choices=Category)

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_category_display()}"


class Order(models.Model):
    """An order of an authority: to act against illegal content (DSA, Art. 9) or to provide information (Art. 10)."""

    class Kind(models.TextChoices):
        ACT = "act", _("to act against illegal content")
        INFORM = "inform", _("to provide information")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    category = models.CharField(_("category"), max_length=80, choices=Category)
    authority = models.CharField(_("authority"), max_length=200)
    # Two letters, as in the report; here nearly always DE.
    state = models.CharField(_("member state"), max_length=2, default="DE")
    items = models.PositiveIntegerField(_("contributions it names"), default=1)
    received_at = models.DateTimeField(_("received"))
    answered_at = models.DateTimeField(_("authority told of the receipt"), null=True, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("order of an authority"), _("orders of authorities")
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(answered_at=None) | Q(answered_at__gte=F("received_at")))
                & (Q(done_at=None) | Q(done_at__gte=F("received_at"))),
                name="order_received_first",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.get_kind_display()}"
