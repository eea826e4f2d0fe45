"""Participatory budgets in the Wagtail admin: projects and their cost, and counting on trial."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.database import now
from common.errors import Refused
from common.tables import MOST_BYTES
from ideas.models import District, Idea, Phase
from ideas.rules import is_member
from voting.actions.budget_runs import try_count
from voting.actions.projects import set_projects
from voting.basket_rules import rules_of
from voting.budget_words import STEPS, tell
from voting.models import Basket, BudgetRun, DistrictCap, Project
from voting.project_forms import ProjectFileForm, ProjectsForm
from voting.project_table import read
from voting.queries.baskets import projects_of
from voting.queries.budget_results import open_run
from voting.views.staff import StaffView

TITLE = gettext_lazy("Participatory budgets")
REFRESH = 4  # seconds


class BudgetView(StaffView):
    """The list of all budgets; of closed groups only for those editors who belong to them."""

    rights = ("ideas.change_campaign",)
    home = ("voting_budget:list", TITLE)
    page_title = TITLE
    header_icon = "form"
    template_name = "voting/cms/budgets.html"

    def phases(self) -> Any:
        return super().phases().filter(method=Phase.Method.BUDGET)

    def phase(self, pk: int) -> Phase:
        found = super().phase(pk)
        if found.campaign.is_closed and not is_member(self.person, found.campaign):
            raise Http404
        return found

    def get(self, request: HttpRequest) -> HttpResponse:
        seen = [one for one in self.phases() if not one.campaign.is_closed or is_member(self.person, one.campaign)]
        rows = [{"phase": one, "projects": Project.objects.filter(phase=one).count()} for one in seen]
        return self.answer(rows=rows, at=now())


class ProjectsView(BudgetView):
    """The projects of one budget, their cost, the most for districts."""

    page_title = gettext_lazy("Projects and their cost")
    template_name = "voting/cms/projects.html"

    def get(self, request: HttpRequest, phase_id: int) -> HttpResponse:  # type: ignore[override]
        phase = self.phase(phase_id)
        return self.page(phase, self.form(phase))

    def post(self, request: HttpRequest, phase_id: int) -> HttpResponse:
        phase = self.phase(phase_id)
        if "file" in request.FILES or "import" in request.POST:
            return self.take(request, phase)
        form = self.form(phase, request.POST)
        if not form.is_valid():
            return self.page(phase, form, status=422)
        try:
            set_projects(phase=phase, costs=form.costs(), caps=form.caps())
        except Refused as refusal:
            return self.page(phase, form, status=refusal.status, refusal=refusal)
        messages.success(request, _("The projects are saved."))
        return redirect("voting_budget:projects", phase_id=phase.pk)

    def take(self, request: HttpRequest, phase: Phase) -> HttpResponse:
        """Take over a table, or nothing of it and a sentence for each row that is wrong."""
        form = ProjectFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(phase, self.form(phase), file_form=form, status=422)
        held = dict(Project.objects.filter(phase=phase).values_list("idea", "cost_cents"))
        titles = {idea.pk: idea.title for idea in self.ideas(phase)}
        try:
            rows = read(form.cleaned_data["file"].read(MOST_BYTES + 1), titles, phase.budget_cents or 0)
            if any(row.problem for row in rows):
                return self.page(phase, self.form(phase), file_form=form, rows=rows, status=422)
            set_projects(phase=phase, costs=held | {row.number: row.cost for row in rows})
        except Refused as refusal:
            form.add_error("file", refusal.message)
            return self.page(phase, self.form(phase), file_form=form, status=refusal.status)
        words = ngettext("%(number)d row was taken over.", "%(number)d rows were taken over.", len(rows))
        messages.success(request, words % {"number": len(rows)})
        return redirect("voting_budget:projects", phase_id=phase.pk)

    def ideas(self, phase: Phase) -> list[Idea]:
        """Return the ideas that can be projects."""
        return list(Idea.objects.filter(campaign=phase.campaign_id, state=Idea.State.PUBLIC).order_by("title", "pk"))

    def form(self, phase: Phase, data: Any = None) -> ProjectsForm:
        projects = projects_of(phase)
        taken = {project.idea_id for project in projects}
        return ProjectsForm(
            data,
            projects=projects,
            ideas=[idea for idea in self.ideas(phase) if idea.pk not in taken],
            districts=list(District.objects.order_by("position", "name")),
            caps={cap.district_id: cap for cap in DistrictCap.objects.filter(phase=phase)},
            budget=phase.budget_cents or 0,
        )

    def page(self, phase: Phase, form: ProjectsForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "phase": phase,
            "form": form,
            "file_form": ProjectFileForm(),
            "is_open": phase.opens_at > now(),
            "rules": rules_of(phase),
            "baskets": Basket.objects.filter(phase=phase, number__gt=0).count(),
        }
        return self.answer(status, **(context | more))


class CountView(BudgetView):
    """Counting as it stands, as a trial, and how far it is."""

    page_title = gettext_lazy("Count on trial")
    template_name = "voting/cms/budget_count.html"

    def get(self, request: HttpRequest, phase_id: int) -> HttpResponse:  # type: ignore[override]
        phase = self.phase(phase_id)
        return self.page(phase, open_run(phase))

    def post(self, request: HttpRequest, phase_id: int) -> HttpResponse:
        phase = self.phase(phase_id)
        try:
            try_count(phase=phase, by=self.person)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self.page(phase, open_run(phase), status=refusal.status)
        return redirect("voting_budget:count", phase_id=phase.pk)

    def page(self, phase: Phase, run: BudgetRun | None, status: int = 200) -> HttpResponse:
        is_running = run is not None and run.state in (BudgetRun.State.WAITING, BudgetRun.State.RUNNING)
        told = tell(run.outcome) if run and run.outcome and run.state == BudgetRun.State.DONE else None
        step = STEPS.get(run.step, "") if run else ""
        response = self.answer(status, phase=phase, run=run, is_running=is_running, told=told, step=step)
        if is_running:
            response["Refresh"] = f"{REFRESH}; url={reverse('voting_budget:count', args=[phase.pk])}"
        return response
