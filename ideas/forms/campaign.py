"""The editors' form of a campaign: its phases, statuses and dates have to fit together."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm

from common.database import now
from ideas.actions.modes import log_modes, modes_changed
from ideas.actions.statuses import follow_statuses
from ideas.models import Campaign, Phase
from ideas.phase_plan import RIGHTS, USUAL, faults, guards
from ideas.queries.statuses import used_statuses

MINUTE = timedelta(minutes=1)
# Where nothing is sent, the usual value is taken.
DEFAULTED = {"method", "level", "budget_rule"}


class CampaignForm(WagtailAdminModelForm):
    """A campaign with phases that make sense, and statuses that no idea loses."""

    mode_reason = forms.CharField(
        label=gettext_lazy("Why it is checked differently from now on"), max_length=500, required=False,
        help_text=gettext_lazy("Only where you change it: the change is kept with your name, and everybody can read the reason."),
    )  # fmt: skip

    class Media:
        js = ("ideas/campaign.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self.formsets["phases"].forms if "phases" in self.formsets else ():
            for name in DEFAULTED.intersection(form.fields):
                form.fields[name].required = False

    def is_valid(self) -> bool:
        """Check the fields, then how they fit together; every fault stands at its field."""
        return bool(super().is_valid()) and self._phases_fit() and self._statuses_stay() and self._mode_has_reason()

    @transaction.atomic
    def save(self, commit: bool = True) -> Campaign:
        """Store it; ideas follow where a status stands for something else now, and changes of the mode are written down."""
        log_modes(self.instance, actor=self.for_user, reason=self.cleaned_data.get("mode_reason", ""))
        campaign: Campaign = super().save(commit=commit)
        if commit and campaign.pk:
            follow_statuses(campaign)
        return campaign

    def _phases_fit(self) -> bool:
        formset, at = self.formsets["phases"], now()
        former = (
            {phase.pk: phase for phase in Phase.objects.filter(campaign=self.instance.pk)} if self.instance.pk else {}
        )
        kept = [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        for form in kept:
            _settle(form, former.get(form.instance.pk))
        phases = [form.instance for form in kept]
        found = faults(phases)
        for place, phase in enumerate(phases):
            if phase.pk in former:
                found += guards(place, phase, former[phase.pk], at)
        for fault in found:
            kept[fault.place].add_error(fault.field, fault.text)
        return not found and self._begun_phases_stay(former, {phase.pk for phase in phases}, at)

    def _begun_phases_stay(self, former: dict[int, Phase], kept: set[int], at: datetime) -> bool:
        gone = [phase.name for pk, phase in former.items() if pk not in kept and phase.opens_at <= at]
        for name in gone:
            self.add_error(None, _("The phase “%(name)s” has begun and cannot be deleted.") % {"name": name})
        return not gone

    def _mode_has_reason(self) -> bool:
        """Ask for a reason when a published campaign is to be checked differently."""
        if not self.instance.is_published or not modes_changed(self.instance):
            return True
        if self.cleaned_data.get("mode_reason", "").strip():
            return True
        self.add_error("mode_reason", _("Please say why. Everybody who takes part can read it."))
        return False

    def _statuses_stay(self) -> bool:
        """Refuse to delete a status that ideas or answers have."""
        formset = self.formsets.get("statuses")
        deleted = [form.instance for form in formset.deleted_forms if form.instance.pk] if formset else []
        used = used_statuses(deleted)
        for status in deleted:
            if number := used.get(status.pk):
                words = ngettext(
                    "“%(name)s” cannot be deleted: %(number)d idea or answer has this status. Give it another one first.",
                    "“%(name)s” cannot be deleted: %(number)d ideas or answers have this status. Give them another one first.",
                    number,
                )
                self.add_error(None, words % {"name": status.name, "number": number})
        return not any(used.values())


def _settle(form: Any, former: Phase | None) -> None:
    """Fill in what the kind of a new phase usually allows, and keep the exact moments where no minute was changed."""
    phase = form.instance
    if former is None:
        if not any(getattr(phase, name) for name in RIGHTS):
            for name in USUAL[phase.kind]:
                setattr(phase, name, True)
        return
    for name in ("opens_at", "closes_at"):
        exact: datetime = getattr(former, name)
        # The field knows minutes only; a vote that was closed by hand ended at a microsecond.
        if timedelta(0) <= exact - getattr(phase, name) < MINUTE:
            setattr(phase, name, exact)
    phase.sealed_at = former.sealed_at
