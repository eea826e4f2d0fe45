"""The intake desk in the Wagtail admin: writing down what came by telephone, letter, mail or at an event."""

from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from common.errors import Refused
from ideas import qr
from ideas.actions import Taken, renew_code, take_in_idea
from ideas.forms.intake import IntakeForm
from ideas.models import Campaign, Idea, Intake
from ideas.queries.intakes import CHANNELS, desk, how
from ideas.rules import may_know_of, may_take_in
from search.queries import similar
from search.types import Similar

MEMORY = "intake"
LIKE_ENOUGH = 0.35


class DeskView(WagtailAdminTemplateMixin, View):
    """A page for those who may take ideas in; others are led back with a word."""

    page_title: str | Promise = gettext_lazy("Intake")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_take_in(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    @property
    def person(self) -> User:
        """Return who is signed in; ``dispatch`` has made sure that somebody is."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("intake:list"), "label": _("Intake")}]
        return [*items, {"url": "", "label": self.page_title}]

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with this context and status."""
        return self.render_to_response(self.get_context_data(**context), status=status)


class ListView(DeskView):
    """What was taken in, newest first."""

    template_name = "ideas/cms/intakes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(
            desk=desk(self.person, request.GET.dict()),
            ways=[(slug, Intake.Channel(way).label) for slug, way in CHANNELS.items()],
        )


class NewView(DeskView):
    """The form; what a pile of cards has in common is remembered, the receipt of the last one stands above it."""

    page_title = gettext_lazy("Take in an idea")
    template_name = "ideas/cms/intake.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        campaign = self.campaign(request.GET.get("kampagne") or self.memory.get("campaign", ""))
        if campaign is None and request.GET.get("kampagne"):
            raise Http404
        if campaign is None or "wechseln" in request.GET:
            return self.answer(campaigns=self.campaigns())
        return self.page(IntakeForm(campaign=campaign, initial=self.kept()))

    def post(self, request: HttpRequest) -> HttpResponse:
        campaign = self.campaign(request.POST.get("campaign", ""))
        if campaign is None:
            raise Http404
        form = IntakeForm(request.POST, campaign=campaign)
        if not form.is_valid():
            return self.page(form, status=422)
        alike = self.alike(form)
        if any(one.very_similar for one in alike) and request.POST.get("confirmed") != "1":
            return self.page(form, status=409, alike=alike)
        try:
            taken = take_in_idea(
                by=self.person,
                campaign=campaign,
                content=form.content(),
                received=form.received,
                request_key=form.cleaned_data["request_key"] or "",
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.page(form, status=refusal.status)
        return self.done(form, taken, alike)

    def done(self, form: IntakeForm, taken: Taken, alike: list[Similar]) -> HttpResponse:
        """Show the receipt, and the form for the next card."""
        self.request.session[MEMORY] = {"campaign": form.campaign.slug, **form.remembered}
        if taken.code is None:
            said = _("“%(title)s” is written down already. If the receipt is lost, issue a new code in the list.")
            messages.warning(self.request, said % {"title": taken.intake.idea.title})
        following = IntakeForm(campaign=form.campaign, initial=self.kept())
        slip = slip_for(taken.intake, taken.code) if taken.code else None
        return self.page(following, slip=slip, alike=alike, done=taken.intake.idea)

    def page(self, form: IntakeForm, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page around a form."""
        return self.answer(status, form=form, campaign=form.campaign, **more)

    @property
    def memory(self) -> dict[str, str]:
        """Return what the last card of this session had in common with the next one."""
        found = self.request.session.get(MEMORY)
        return found if isinstance(found, dict) else {}

    def kept(self) -> dict[str, str]:
        """Return the remembered fields that were filled in."""
        return {name: value for name, value in self.memory.items() if value and name != "campaign"}

    def campaign(self, slug: str) -> Campaign | None:
        """Return the campaign if the person may know of it."""
        found = Campaign.objects.prefetch_related("phases").filter(slug=slug[:80], is_published=True).first()
        return found if found is not None and may_know_of(self.person, found) else None

    def campaigns(self) -> list[Campaign]:
        """Return the campaigns to choose from."""
        rows = Campaign.objects.filter(is_published=True, phases__allows_ideas=True).distinct()
        return [campaign for campaign in rows if may_know_of(self.person, campaign)]

    def alike(self, form: IntakeForm) -> list[Similar]:
        """Return ideas that are perhaps the same one. Nobody's support is given for somebody else; they are only named."""
        values = form.cleaned_data
        found = similar(self.person, form.campaign.slug, values["title"], values["text"], limit=3)
        return [one for one in found if one.likeness >= LIKE_ENOUGH]


class RenewView(DeskView):
    """A new code for a lost receipt; shown once, like the first."""

    page_title = gettext_lazy("New code")
    template_name = "ideas/cms/renewed.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        intake = Intake.objects.visible_to(self.person).select_related("idea__campaign").filter(pk=pk).first()
        if intake is None:
            raise Http404
        try:
            code = renew_code(intake=intake, by=self.person)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self.answer(refusal.status, slip=None)
        return self.answer(slip=slip_for(intake, code))


def slip_for(intake: Intake, code: str) -> dict[str, object]:
    """Return what stands on the receipt."""
    address = settings.SITE_URL + reverse("ideas:claim")
    idea: Idea = intake.idea
    return {
        "idea": idea,
        "campaign": idea.campaign,
        "code": code,
        "how": how(intake),
        "received_on": intake.received_on,
        "address": address.split("://", 1)[-1],
        "qr": qr.picture(address, _("QR code that leads to %(address)s") % {"address": address}),
    }
