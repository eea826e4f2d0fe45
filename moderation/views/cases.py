"""The page of a case, inside Wagtail's admin."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.database import now
from common.errors import Refused
from moderation import rules
from moderation.actions import open_case
from moderation.actions.proposals import decide_or_propose
from moderation.forms import DecisionForm, terms_in, with_template
from moderation.models import Case, Decision
from moderation.queries import letters, rules_in_force, why_not
from moderation.queries.cases import decided_on, holding, last_word
from moderation.queries.filters import read_filters
from moderation.queries.people import colleagues
from moderation.queries.queue import next_case
from moderation.queries.rows import row
from moderation.registry import Target, kinds, moderated
from moderation.views.frame import ModeratorView

UNPROCESSABLE = 422


class OneCase(ModeratorView):
    """A page or a button about one case."""

    @cached_property
    def case(self) -> Case:
        """Return the case of the address, or 404; complaints have their own page."""
        found = Case.objects.visible_to(self.moderator).select_related("claimed_by", "first_for", "author")
        case = found.filter(pk=min(self.kwargs["case_id"], 2**63 - 1)).first()
        if case is None:
            raise Http404
        return case

    @cached_property
    def query(self) -> str:
        """Return the filters one came with, to go back to the same list."""
        return read_filters(self.request.GET.dict()).query()

    def address(self, name: str = "case", case: Case | None = None) -> str:
        """Return an address about this (or another) case, with the filters kept."""
        url = reverse(f"moderation_cms:{name}", args=[(case or self.case).pk])
        return f"{url}?{self.query}" if self.query else url


class CaseView(OneCase):
    """One case: the contribution as everybody would see it, what is known, and the form to decide."""

    template_name = "moderation/cms/case.html"

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        if self.case.kind == Case.COMPLAINT_KIND:
            return redirect("moderation_cms:complaint", complaint_id=self.case.object_id)
        if self.case.kind == Case.CONTACT_KIND:
            return redirect("moderation_cms:message", message_id=self.case.object_id)
        first = {"version": self.case.version, "decision": request.GET.get("entscheidung", "")}
        return self.page(DecisionForm(case=self.case, initial=first))

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        if "look" in request.POST:
            return self.look(request)
        if "insert" in request.POST:
            return self.page(with_template(DecisionForm(request.POST, case=self.case), self.case))
        form = DecisionForm(request.POST, case=self.case)
        seen = form["version"].data
        if not str(seen or "").isascii() or not str(seen or "").isdigit():
            form.add_error("version", _("It is missing which version of the case you saw."))
            return self.page(form, status=UNPROCESSABLE)
        is_fine = form.is_valid()
        # Looked at after the form: what fits depends on the contribution, and that may have been decided meanwhile.
        if not Case.objects.filter(pk=case_id, state=Case.State.OPEN, version=min(int(seen), 2**31 - 1)).exists():
            return self.conflict(form, why_not(self.case.pk, self.moderator))
        if not is_fine:
            return self.page(form, status=UNPROCESSABLE)
        try:
            self.decide(form)
        except Refused as refusal:
            if refusal.status == 409:
                return self.conflict(form, refusal)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.page(form, status=refusal.status)
        return self.go_on(request)

    def look(self, request: HttpRequest) -> HttpResponse:
        """Show what the words find, with all that was typed; nothing is decided."""
        return self.page(DecisionForm(case=self.case, initial=dict(request.POST.items())))

    def decide(self, form: DecisionForm) -> None:
        """Hand the decision over and say that it is done."""
        data = form.cleaned_data
        entry, _proposal = decide_or_propose(
            case_id=self.case.pk, version=data["version"], actor=self.moderator, decision=data["decision"],
            rule_version=data["rule"], reason=data["reason"], note=data["note"],
            target=data["target"],
        )  # fmt: skip
        if entry is None:
            messages.success(self.request, _("Your proposal waits for another person to agree."))
            return
        said = {"decision": entry.get_decision_display(), "title": entry.shown_title}
        letter = messages.button(reverse("moderation:letter", args=[entry.code]), _("Letter"))
        messages.success(self.request, _("%(decision)s: “%(title)s”. It is in the record.") % said, buttons=[letter])

    def go_on(self, request: HttpRequest) -> HttpResponse:
        """Lead to the next open case, or back to the queue when there is none."""
        following = next_case(self.moderator, read_filters(request.GET.dict()), self.case)
        response = redirect(self.address(case=following) if following else reverse("moderation_cms:queue"))
        response.status_code = 303
        return response

    def conflict(self, form: DecisionForm, refusal: Refused) -> HttpResponse:
        """Show what happened meanwhile; what was typed stays, and can be sent again if the case is still open."""
        self.__dict__.pop("case", None)
        kept = DecisionForm(case=self.case, initial={**dict(form.data.items()), "version": self.case.version})
        return self.page(kept, status=409, refusal=refusal, typed=form.data.get("reason", ""))

    def page(self, form: DecisionForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page around a form."""
        case, user, moment = self.case, self.moderator, now()
        decided = decided_on(case)
        letter = letters.letter(decided) if decided else preview_letter(case, user, form)
        self.crumb = _("Case %(number)d") % {"number": case.pk}
        self.page_title = case.title
        return self.answer(
            status, case=case, row=row(case, user, moment), form=form, is_open=case.state == Case.State.OPEN,
            held=holding(case, user, moment), colleagues=colleagues(case, user), word=last_word(case),
            targets=targets_of(case, user, form), letter=letter, decided=decided,
            following=next_case(user, read_filters(self.request.GET.dict()), case), query=self.query, **more,
        )  # fmt: skip


def targets_of(case: Case, user: Any, form: DecisionForm) -> dict[str, list[Target]]:
    """Return where the contribution could go, for the decisions that ask where to and can be chosen now."""
    offered = dict(form.fields["decision"].choices)  # type: ignore[attr-defined]
    values, adapter = form.data if form.is_bound else form.initial, moderated(case.kind)
    words = str(values.get("words", "") or "")[:200]
    found: dict[str, list[Target]] = {}
    for decision in Decision.TARGETED:
        if decision in offered:
            chosen = str(values.get("target", "") or "") if decision == Decision.Kind.MERGE else ""
            found[str(decision)] = adapter.targets(decision, case.object_id, words or chosen, user)
    return found


def preview_letter(case: Case, user: Any, form: DecisionForm) -> letters.Letter | None:
    """Return the letter as the form stands, or None before anything is chosen."""
    values = form.data if form.is_bound else form.initial
    decision = str(values.get("decision", ""))
    if decision not in dict(form.fields["decision"].choices):  # type: ignore[attr-defined]
        return None
    chosen = [version for version in rules_in_force() if str(version.pk) == str(values.get("rule", ""))]
    reason, target = str(values.get("reason", ""))[:4000], terms_in(values)
    entry = letters.draft(case, user, decision, chosen[0] if chosen else None, reason, now(), target=target)
    return letters.letter(entry)


class LetterPreview(OneCase):
    """The letter as it would be sent, for the page's own script."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        form = DecisionForm(request.POST, case=self.case)
        return render(
            request, "moderation/cms/letter.html", {"letter": preview_letter(self.case, self.moderator, form)}
        )


class Contribution(OneCase):
    """The contribution alone, in the look of the public pages; stands in a frame on the page of the case."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        adapter = moderated(self.case.kind)
        there = adapter.describe(self.case.object_id)
        shown = adapter.preview(self.case.object_id, self.case.subject_version) if there else {}
        context = {**shown, "template": adapter.preview_template if there else "", "case": self.case}
        return render(request, "moderation/cms/contribution.html", context)


class OpenView(ModeratorView):
    """Open a case on something public, on one's own initiative."""

    page_title = gettext_lazy("Look at a contribution")

    def may_open(self, kind: str, object_id: int) -> bool:
        """Tell whether this moderator may look at that contribution and decide on it."""
        seen = moderated(kind).reportable(object_id, self.moderator)
        snapshot = moderated(kind).describe(object_id) if seen is not None else None
        return snapshot is not None and rules.may_decide_in(self.moderator, snapshot.campaign_id)

    def post(self, request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
        if kind not in kinds() or object_id >= 2**63 or not self.may_open(kind, object_id):
            raise Http404
        with transaction.atomic():
            case = open_case(kind, object_id, reason=Case.Reason.OWN)
        wanted = request.POST.get("decision", "")
        query = f"?entscheidung={wanted}" if wanted in Decision.TARGETED else ""
        return redirect(case.get_absolute_url() + query)
