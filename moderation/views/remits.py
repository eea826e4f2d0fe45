"""Who moderates which campaigns: given and taken by those who administer accounts."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from common.errors import Refused
from moderation.actions.remits import give_remit, may_give
from moderation.models import Remit, RemitChange
from moderation.queries.people import moderators
from moderation.registry import campaign_names


class AdministratorView(WagtailAdminTemplateMixin, View):
    """A page for those who administer accounts; they need not moderate."""

    header_icon = "mw-scale"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_give(cast(User, request.user)):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("Responsibilities")}]


class RemitsView(AdministratorView):
    """All moderators with what they are responsible for, and the latest changes."""

    page_title = gettext_lazy("Responsibilities")
    template_name = "moderation/cms/remits.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        titles = names(request)
        remits = {remit.person_id: remit for remit in Remit.objects.prefetch_related("campaigns")}
        people = [(person, in_words(remits.get(person.pk), titles)) for person in moderators()[:200]]
        changes = RemitChange.objects.select_related("person", "actor")[:30]
        return self.render_to_response(self.get_context_data(people=people, changes=changes))


class RemitView(AdministratorView):
    """One moderator's responsibility."""

    page_title = gettext_lazy("Responsibilities")
    template_name = "moderation/cms/remit.html"

    def get(self, request: HttpRequest, person_id: int) -> HttpResponse:
        person, titles = self.person(person_id), names(request)
        remit = Remit.objects.filter(person=person).first()
        mine = {row.campaign_id_copy: row.is_deputy for row in remit.campaigns.all()} if remit else {}
        rows = [(number, title, number in mine, mine.get(number, False)) for number, title in titles.items()]
        return self.render_to_response(self.get_context_data(person=person, rows=rows, limited=remit is not None))

    def post(self, request: HttpRequest, person_id: int) -> HttpResponse:
        person, titles = self.person(person_id), names(request)
        wanted = {number: titles[number] for number in numbers(request, "campaign") if number in titles}
        limited = request.POST.get("scope") == "some"
        try:
            give_remit(
                person=person, by=cast(User, request.user), campaigns=wanted if limited else None,
                deputy_in=numbers(request, "deputy"),
            )  # fmt: skip
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("moderation_cms:remit", person_id=person_id)
        messages.success(request, _("The responsibility of %(name)s is written down.") % {"name": person})
        return redirect("moderation_cms:remits")

    def person(self, person_id: int) -> User:
        """Return the moderator of the address, or 404."""
        found = moderators().filter(pk=min(person_id, 2**63 - 1)).first()
        if found is None:
            raise Http404
        return found


def names(request: HttpRequest) -> dict[int, str]:
    """Return the campaigns one can choose from, by title."""
    found = campaign_names(request.user)
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def numbers(request: HttpRequest, name: str) -> set[int]:
    """Return the numbers ticked in a list."""
    values = request.POST.getlist(name)
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19}


def in_words(remit: Remit | None, titles: dict[int, str]) -> str:
    """Return what somebody is responsible for, in words."""
    if remit is None:
        return _("all campaigns")
    named = [
        titles.get(row.campaign_id_copy, _("a campaign you do not see")) + (_(" (as deputy)") if row.is_deputy else "")
        for row in remit.campaigns.all()
    ]
    return ", ".join(sorted(named)) or _("no campaign")
