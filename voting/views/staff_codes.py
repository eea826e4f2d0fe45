"""Packages of voting codes in the Wagtail admin: made and handed out as PDF in one step, listed, revoked."""

from typing import ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.database import now
from common.errors import Refused
from ideas.models import Phase
from theme.town import town_for
from voting.actions.codes import make_package, revoke_package
from voting.cards import cards, print_of
from voting.models import CodePackage
from voting.queries.codes import packages
from voting.staff_forms import PackageForm, RevokeForm
from voting.views.staff import CODES_TITLE, StaffView

ADD, CHANGE = "voting.add_codepackage", "voting.change_codepackage"


class CodesView(StaffView):
    """All packages of the campaigns somebody keeps."""

    rights: ClassVar[tuple[str, ...]] = (ADD, CHANGE)
    home = ("voting_codes:list", CODES_TITLE)
    page_title = CODES_TITLE
    header_icon = "key"
    template_name = "voting/cms/codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(packages=self.packages(), takes_codes=bool(self.open_phases()))

    def packages(self) -> list[CodePackage]:
        """Return the packages somebody may see."""
        return list(packages().filter(phase__in=self.phases()))

    def open_phases(self) -> list[Phase]:
        """Return the phases for which codes can be made."""
        return list(self.phases().filter(takes_codes=True, sealed_at=None, closes_at__gt=now()))


class MakeView(CodesView):
    """The form for a new package; its answer is the PDF with the cards. It is made in memory and exists nowhere else."""

    rights: ClassVar[tuple[str, ...]] = (ADD,)
    page_title = gettext_lazy("Make codes")
    template_name = "voting/cms/make_codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(form=PackageForm(phases=self.open_phases()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PackageForm(request.POST, phases=self.open_phases())
        if not form.is_valid():
            return self.answer(422, form=form)
        values = form.cleaned_data
        try:
            package, codes = make_package(
                phase=self.phase(values["phase"]), name=values["name"], number=values["number"], by=self.person
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self.answer(refusal.status, form=form)
        return self.handed_out(package, codes)

    def handed_out(self, package: CodePackage, codes: list[str]) -> HttpResponse:
        """Return the cards as a file to be saved and printed."""
        town = town_for(self.request)
        words = print_of(package.phase, str(town.full_name))
        name = f"codes-{package.phase.campaign.slug}-{slugify(package.name)[:40] or package.pk}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(cards(codes, words), content_type="application/pdf", headers=headers)


class RevokeView(CodesView):
    """Asks why, then makes the unused codes worth nothing."""

    rights: ClassVar[tuple[str, ...]] = (CHANGE,)
    page_title = gettext_lazy("Revoke codes")
    template_name = "voting/cms/revoke_codes.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # type: ignore[override]
        return self.answer(form=RevokeForm(), package=self.package(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form, package = RevokeForm(request.POST), self.package(pk)
        if not form.is_valid():
            return self.answer(422, form=form, package=package)
        try:
            revoke_package(package=package, reason=form.cleaned_data["reason"], by=self.person)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self.answer(refusal.status, form=form, package=package)
        messages.success(request, _("The unused codes of this package are worth nothing any more."))
        return redirect("voting_codes:list")

    def package(self, pk: int) -> CodePackage:
        """Return the package."""
        found = packages().filter(phase__in=self.phases(), pk=pk).first() if pk < 2**63 else None
        if found is None:
            raise Http404
        return found
