"""Trusted authors, inside Wagtail's admin: who is, where and why; giving and ending it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts.models import User
from common.errors import Refused
from moderation.actions.trust import end_trust, give_trust
from moderation.models import Case, Trust
from moderation.registry import campaign_names
from moderation.trust_forms import EndForm, TrustForm
from moderation.views.frame import ModeratorView

MOST = 200


class TrustView(ModeratorView):
    """All who are or were trusted in the moderator's campaigns, and a form; ``?fall=`` takes the author of a case."""

    page_title = crumb = gettext_lazy("Trusted authors")
    template_name = "moderation/cms/trust.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(TrustForm(campaigns=self.campaigns(), initial=self.from_case(request.GET.get("fall", ""))))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TrustForm(request.POST, campaigns=self.campaigns())
        if not form.is_valid():
            return self.page(form, 422)
        person = User.objects.filter(display_name__iexact=form.cleaned_data["name"], is_active=True).first()
        if person is None:
            form.add_error("name", _("Nobody has this name. Please write it as it stands beside the contributions."))
            return self.page(form, 422)
        campaign = int(form.cleaned_data["campaign"])
        try:
            give_trust(
                person=person, actor=self.moderator, reason=form.cleaned_data["reason"], campaign_id=campaign,
                campaign_title=self.campaigns().get(campaign, "") if campaign else "",
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
            return self.page(form, refusal.status)
        messages.success(
            request, _("Contributions of %(name)s appear at once from now on.") % {"name": person.display_name}
        )
        return redirect("moderation_cms:trust")

    def campaigns(self) -> dict[int, str]:
        """Return the campaigns the moderator knows of."""
        return dict(campaign_names(self.moderator))

    def from_case(self, number: str) -> dict[str, object]:
        """Return what the form begins with."""
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return {}
        case = Case.objects.visible_to(self.moderator).filter(pk=int(number)).select_related("author").first()
        return {"name": case.author.display_name, "campaign": case.campaign_id_copy} if case and case.author else {}

    def page(self, form: TrustForm, status: int = 200) -> HttpResponse:
        rows = Trust.objects.filter(campaign_id_copy__in=[Trust.EVERYWHERE, *self.campaigns()])
        rows = rows.select_related("person", "given_by", "ended_by").order_by("-pk")
        now, past = rows.filter(ended_at=None)[:MOST], rows.exclude(ended_at=None)[:50]
        return self.answer(status, form=form, trusted=now, past=past, end_form=EndForm())


class EndTrustView(ModeratorView):
    """End one."""

    def post(self, request: HttpRequest, trust_id: int) -> HttpResponse:
        try:
            trust = end_trust(
                trust_id=min(trust_id, 2**62), actor=self.moderator, reason=request.POST.get("reason", "")
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise Http404 from None
            messages.error(request, str(refusal))
            return redirect("moderation_cms:trust")
        messages.success(request, _("Contributions of %(name)s wait again.") % {"name": trust.person.display_name})
        return redirect("moderation_cms:trust")
