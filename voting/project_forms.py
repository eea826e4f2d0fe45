"""What editors fill in about projects: cost by cost, new ones, the most for a district."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.money import EuroField
from ideas.models import District, Idea
from voting.models import DistrictCap, Project
from voting.queries.baskets import title_of

NEW_ROWS = 5


class ProjectsForm(forms.Form):
    """All projects of a phase; a cost that is taken away takes the project away."""

    def __init__(
        self,
        *args: Any,
        projects: Sequence[Project],
        ideas: Sequence[Idea],
        districts: Sequence[District],
        caps: Mapping[int, DistrictCap],
        budget: int,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.budget, self.projects, self.districts = budget, projects, districts
        for project in projects:
            self.fields[f"cost_{project.idea_id}"] = EuroField(
                label=_("Cost of “%(title)s”") % {"title": title_of(project)},
                required=False,
                initial=project.cost_cents,
            )
        choices = [("", _("– choose an idea –")), *((idea.pk, f"{idea.title} ({idea.pk})") for idea in ideas)]
        for place in range(NEW_ROWS if ideas else 0):
            self.fields[f"new_idea_{place}"] = forms.ChoiceField(
                label=_("Another idea"), choices=choices, required=False
            )
            self.fields[f"new_cost_{place}"] = EuroField(label=_("Its cost in Euro"), required=False)
        for district in districts:
            cap = caps.get(district.pk)
            self.fields[f"cap_{district.pk}"] = EuroField(
                label=district.name, required=False, initial=cap.most_cents if cap else None
            )

    def rows(self) -> list[tuple[Project, Any]]:
        """Return the projects with their fields."""
        return [(project, self[f"cost_{project.idea_id}"]) for project in self.projects]

    def new_rows(self) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs of fields for new projects."""
        for place in range(NEW_ROWS):
            if f"new_idea_{place}" in self.fields:
                yield self[f"new_idea_{place}"], self[f"new_cost_{place}"]

    def cap_rows(self) -> list[Any]:
        return [self[f"cap_{district.pk}"] for district in self.districts]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, cost in list(values.items()):
            if name.startswith(("cost_", "new_cost_")) and cost and cost > self.budget:
                self.add_error(name, _("It costs more than the whole sum."))
        seen: set[str] = set()
        for place in range(NEW_ROWS):
            idea, cost = values.get(f"new_idea_{place}"), values.get(f"new_cost_{place}")
            if idea and cost is None and f"new_cost_{place}" not in self.errors:
                self.add_error(f"new_cost_{place}", _("Please write what it costs."))
            if cost and not idea:
                self.add_error(f"new_idea_{place}", _("Please choose the idea that costs this."))
            if idea and idea in seen:
                self.add_error(f"new_idea_{place}", _("This idea was chosen twice."))
            seen.add(idea or "")
        return values

    def costs(self) -> dict[int, int]:
        """Return the cost in cents by idea."""
        values = self.cleaned_data
        found = {project.idea_id: cost for project in self.projects if (cost := values.get(f"cost_{project.idea_id}"))}
        for place in range(NEW_ROWS):
            if idea := values.get(f"new_idea_{place}"):
                found[int(idea)] = values[f"new_cost_{place}"]
        return found

    def caps(self) -> dict[int, int]:
        """Return the most in cents by district."""
        return {
            district.pk: most
            for district in self.districts
            if (most := self.cleaned_data.get(f"cap_{district.pk}")) is not None
        }


class ProjectFileForm(forms.Form):
    """A table of projects."""

    file = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        help_text=gettext_lazy(
            "The first row names the columns “Nummer” and “Kosten”. Each further row adds or changes a project."
        ),
    )
