"""A case: something waits for a moderator's decision."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models.remit import within_remit
from moderation.registry import hidden_campaigns

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


COUNTED = [
    "kind", "campaign_id_copy", "reason", "risk", "campaign_title", "claimed_by", "claimed_until", "first_for", "first_until",
    "opened_at",
]  # fmt: skip


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases by who may work on them."""

    def visible_to(self, user: "User | AnonymousUser") -> "CaseQuerySet":
        """Return what ``user`` may work on: for moderators all in their remit and outside closed groups of others, else nothing."""
        if not user.is_authenticated or not user.has_perm("moderation.decide"):  # nobody has it who is not active
            return self.none()
        rows = self.filter(within_remit(user, "campaign_id_copy"))
        for campaigns in hidden_campaigns(user):
            rows = rows.exclude(campaign_id_copy__in=campaigns)
        return rows

    def waiting(self) -> "CaseQuerySet":
        """Return what waits for a decision, oldest first."""
        return self.filter(state=Case.State.OPEN).order_by("opened_at", "id")


class Case(models.Model):
    """One item to decide on. Title, excerpt and author are copies, so that queue and record stay readable.

    ``version`` moves with every change of the case; a decision names the version it was made on.
    """

    # A complaint is a case of its own, about the complaint; its page is another one.
    COMPLAINT_KIND = "complaint"
    # So is a message to the contact point.
    CONTACT_KIND = "contact"
    OWN_PAGE = (COMPLAINT_KIND, CONTACT_KIND)

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "Open")
        DECIDED = "decided", _("Decided")
        CLOSED = "closed", _("No longer needed")

    class Reason(models.TextChoices):
        NEW = "new", _("New contribution")
        CHANGE = "change", _("Change of a contribution")
        REPORT = "report", _("Report")
        COMPLAINT = "complaint", _("Complaint")
        OWN = "own", _("Own initiative")
        CONTACT = "contact", _("Message to the contact point")

    class Risk(models.IntegerChoices):
        NONE = 0, pgettext_lazy("risk", "none")
        HINT = 1, _("hint")
        REPORTED = 2, _("reported")
        GRAVE = 3, _("grave")

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField()
    # The version of the contribution that is to be decided on (its own number, not this row's).
    subject_version = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("why"), max_length=9, choices=Reason, default=Reason.NEW)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    campaign_id_copy = models.BigIntegerField(null=True)
    campaign_title = models.CharField(_("campaign"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200)
    excerpt = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(_("author"), max_length=60, blank=True)
    # Risks in words, from the room of the contribution; reports are counted beside them.
    marks = models.JSONField(default=list)
    report_count = models.PositiveIntegerField(default=0)
    # How urgent the marks make it: for the filter and the sign, never for a decision.
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk, default=Risk.NONE)
    # Who asked for a change gets the changed version first, until then.
    first_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    first_until = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(_("since"), db_default=Now())
    decided_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("case"), _("cases")
        permissions: ClassVar = [("decide", "Can decide cases")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "object_id"], condition=Q(state="open"), name="case_one_open"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_at", "id"], condition=Q(state="open"), name="case_queue"),
            # All the filters count from; the table itself is not read for it.
            models.Index(fields=COUNTED, condition=Q(state="open"), name="case_counts"),
            models.Index(fields=["kind", "object_id"], name="case_of_subject"),
            models.Index(F("decided_at").desc(), F("id").desc(), condition=Q(state="decided"), name="case_decided"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("moderation_cms:case", args=[self.pk])


class CaseEvent(models.Model):
    """What happened to a case on its way: who took it, who took it over, what came in meanwhile."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        CHANGED = "changed", _("contribution changed")
        REPORTED = "reported", _("reported")
        CLAIMED = "claimed", _("taken")
        TAKEN_OVER = "taken_over", _("taken over after the time was up")
        RELEASED = "released", _("given back")
        HANDED = "handed", _("handed over")
        REOPENED = "reopened", _("waits again")
        DECIDED = "decided", _("decided")
        CLOSED = "closed", _("closed without a decision")
        PROPOSED = "proposed", _("proposed; another person has to agree")
        ESCALATED = "escalated", _("proposed as a grave case")
        CONFIRMED = "confirmed", _("confirmed by a second person")
        DECLINED = "declined", _("declined by a second person")
        DOWNLOADED = "downloaded", _("evidence downloaded")

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.CharField(max_length=500, blank=True)
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_kind_display()}"
