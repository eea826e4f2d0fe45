"""Deciding on many: choose in the list, see what would happen to each, decide, take back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from common.database import now
from common.errors import Refused
from moderation.actions.bulk import decide_many, undo_many
from moderation.bulk_forms import BulkForm
from moderation.models import BulkRun, Proposal, RuleVersion
from moderation.queries.bulk import MOST, forecasts, read_chosen, runs_of
from moderation.queries.filters import read_filters
from moderation.views.frame import ModeratorView

UNPROCESSABLE = 422


class BulkView(ModeratorView):
    """The form for the chosen cases: first what would happen, then, on a second press, it happens.

    Without ``step`` it comes from the list; ``preview`` shows what would become of each; ``do`` decides.
    """

    page_title = crumb = gettext_lazy("Decide on many")
    template_name = "moderation/cms/bulk.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("moderation_cms:queue")

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            chosen = read_chosen(request.POST.getlist("fall"))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.back())
        step = request.POST.get("step", "")
        if not step:
            return self.page(BulkForm(), chosen)
        form = BulkForm(request.POST)
        if not form.is_valid():
            return self.page(form, chosen, status=UNPROCESSABLE)
        if step != "do":
            return self.page(form, chosen, decision=form.cleaned_data["decision"], rule=form.cleaned_data["rule"])
        return self.decide(form, chosen)

    def decide(self, form: BulkForm, chosen: dict[int, int]) -> HttpResponse:
        """Decide, and lead to what became of it."""
        data = form.cleaned_data
        try:
            run = decide_many(
                actor=self.moderator, request_key=data["key"], chosen=chosen, decision=data["decision"],
                rule_version=data["rule"], reason=data["reason"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.page(form, chosen, status=refusal.status)
        return redirect("moderation_cms:bulk_run", run_id=run.pk)

    def back(self) -> str:
        """Return the list one came from."""
        return f"{reverse('moderation_cms:queue')}?{read_filters(self.request.GET.dict()).query()}"

    def page(
        self,
        form: BulkForm,
        chosen: dict[int, int],
        *,
        status: int = 200,
        decision: str = "",
        rule: RuleVersion | None = None,
    ) -> HttpResponse:
        """Return the form with the chosen cases below it; with a decision they say what would become of them."""
        rows = forecasts(self.moderator, chosen, decision, rule)
        able, proposed = sum(row.can for row in rows), sum(row.is_proposal for row in rows)
        return self.answer(
            status, form=form, rows=rows, decision=decision, able=able, proposed=proposed, unable=len(rows) - able, back=self.back(),
            query=read_filters(self.request.GET.dict()).query(), gone=len(chosen) - len(rows), most=MOST,
        )  # fmt: skip


class RunsView(ModeratorView):
    """What one has decided in one go."""

    page_title = crumb = gettext_lazy("Decided in one go")
    template_name = "moderation/cms/bulk_runs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(runs=runs_of(self.moderator)[:50], now=now())


class RunView(ModeratorView):
    """What became of each, and the way back while there is one."""

    page_title = crumb = gettext_lazy("Decided in one go")
    template_name = "moderation/cms/bulk_run.html"

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run_of(run_id)
        items = list(run.items.select_related("case", "decision", "undo", "proposal"))
        done = [item for item in items if item.decision_id]
        proposed = [item for item in items if item.proposal]
        open_still = [item for item in done if not item.undo_id]
        open_still += [item for item in proposed if item.proposal and item.proposal.state == Proposal.State.OPEN]
        may_undo = bool(open_still) and run.undone_at is None and now() <= run.undo_until
        left = len(items) - len(done) - len(proposed)
        return self.answer(run=run, items=items, done=len(done), proposed=len(proposed), left=left, may_undo=may_undo)

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run_of(run_id)
        try:
            count, stays = undo_many(run_id=run.pk, actor=self.moderator)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("moderation_cms:bulk_run", run_id=run.pk)
        said = ngettext("%(count)d decision is taken back.", "%(count)d decisions are taken back.", count)
        messages.success(request, said % {"count": count})
        if stays:
            messages.warning(request, _("These stay as they are: %(which)s") % {"which": "; ".join(stays[:10])})
        return redirect("moderation_cms:bulk_run", run_id=run.pk)

    def run_of(self, run_id: int) -> BulkRun:
        """Return one's own run, or 404."""
        run: Any = runs_of(self.moderator).filter(pk=min(run_id, 2**63 - 1)).first()
        if run is None:
            raise Http404
        return run
