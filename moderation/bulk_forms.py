"""What moderators fill in to decide on many at once."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from common.text import TextField
from moderation import rules
from moderation.forms import RuleField
from moderation.models import Decision, RuleVersion
from moderation.queries import rules_in_force
from moderation.queries.bulk import OFFERED


class BulkForm(forms.Form):
    """One decision with rule and reason; ``key`` makes the same form sent twice one go."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, choices=[(kind.value, kind.label) for kind in OFFERED]
    )
    rule = RuleField(RuleVersion.objects.none(), label=_("Rule"), required=False, empty_label=_("No rule"))
    reason = TextField(
        label=_("Reason, goes to each author"), max_length=rules.LONGEST_REASON, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = rules_in_force()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the rule and the words a decision needs."""
        data = super().clean() or {}
        decision = data.get("decision")
        if decision in Decision.RESTRICTIVE and not data.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Please choose the rule this decision rests on."))
        if decision in rules.NEEDS_WORDS and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please write down the reason; the author reads it."))
        return data
