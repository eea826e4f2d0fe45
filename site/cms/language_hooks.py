"""What languages and other words add to Wagtail: choosing the words of a page, keeping versions and the glossary."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms import reading
from cms.models import TownPage
from cms.variants_admin import TermViewSet, VariantViewSet
from cms.views.coverage import CoverageView
from theme import errors

register_snippet(VariantViewSet)
register_snippet(TermViewSet)


@hooks.register("before_serve_page", order=100)
def choose_words(page: Page, request: HttpRequest, *_args: object) -> HttpResponse | None:
    """Show the page in the wanted language and words, after it was made sure that this person may see it."""
    if not isinstance(page, TownPage):
        return None
    if reading.is_unknown(request):
        return errors.bad_request(request)
    if place := reading.elsewhere(page, request):
        answer = redirect(place)
        patch_vary_headers(answer, ("Cookie",))
        return answer
    request.reading = reading.prepare(page, request)  # type: ignore[attr-defined]
    return None


class TranslateView(SubmitPageTranslationView):
    """Wagtail's form, for pages that can stand twice; the others get their English as a version."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is not None and not reading.has_tree(page):
            messages.warning(request, _("This page exists once only. Write its English words as a version of it."))
            return redirect(f"{reverse(VariantViewSet().get_url_name('add'))}?page={page.pk}&level=en")
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form(self) -> Any:
        form = super().get_form()
        form.fields["include_subtree"] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput
        )
        return form


@hooks.register("register_admin_urls", order=-1)
def admin_addresses() -> list[URLPattern]:
    """The overview of versions; Wagtail's address of translating with our rule."""
    return [
        path("sprachfassungen/uebersicht/", CoverageView.as_view(), name="cms_coverage"),
        path("translation/submit/page/<int:page_id>/", TranslateView.as_view(), name="cms_translate"),
    ]


class CoverageItem(MenuItem):
    """The overview, for those who may write versions."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("cms.change_variant"))


@hooks.register("register_reports_menu_item")
def coverage_item() -> MenuItem:
    """Show it among the reports."""
    return CoverageItem(_("Languages and versions"), reverse("cms_coverage"), icon_name="globe", order=900)
