"""What moderators fill in for the yearly report."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.text import LineField
from moderation.models import Category, Order, Rule, RuleCategory

MOST_DAYS = 732
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    von = forms.DateField(label=gettext_lazy("From"), widget=DATE)
    bis = forms.DateField(label=pgettext_lazy("until", "To"), widget=DATE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("von"), given.get("bis")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            raise forms.ValidationError(_("The period must end after it begins, and be two years at most."))
        return given


class OrderForm(forms.ModelForm):
    """An order of an authority."""

    authority = LineField(label=gettext_lazy("Authority"), max_length=200)

    class Meta:
        model = Order
        fields: ClassVar = ["kind", "category", "authority", "state", "items", "received_at", "answered_at", "done_at"]
        widgets: ClassVar = {"received_at": MOMENT, "answered_at": MOMENT, "done_at": MOMENT}

    def clean_state(self) -> str:
        """Return the two letters of a state."""
        state = str(self.cleaned_data["state"]).upper()
        if not (len(state) == 2 and state.isascii() and state.isalpha()):
            raise forms.ValidationError(_("Two letters, such as DE."))
        return state


class CategoryForm(forms.Form):
    """The category of a rule."""

    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices)


def category_forms(data: Any = None) -> list[tuple[Rule, CategoryForm]]:
    """Return a form for each rule, with what is stored or sent."""
    stored = dict(RuleCategory.objects.values_list("rule_id", "category"))
    return [
        (
            rule,
            CategoryForm(
                data, prefix=f"rule-{rule.pk}", initial={"category": stored.get(rule.pk, Category.OTHER_TERMS)}
            ),
        )
        for rule in Rule.objects.prefetch_related("versions")
    ]
