"""Taking over a table of values in the admin: choose, look at it row by row, save."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from cms.models import ReportPage
from cms.series_import import CHANGED, NEW, SAME, WRONG, planned, take_over
from cms.series_table import Table, read
from common.errors import Refused
from common.tables import MOST_BYTES, decoded

RIGHTS = ("cms.add_indicator", "cms.change_indicator")
LIST = "wagtailsnippets_cms_indicator:list"


class SeriesForm(forms.Form):
    """Which table, and which report its new values came out with."""

    file = forms.FileField(label=gettext_lazy("Table (CSV)"), required=False)
    text = forms.CharField(required=False, widget=forms.HiddenInput, strip=False, max_length=MOST_BYTES)
    edition: "forms.ModelChoiceField[ReportPage]" = forms.ModelChoiceField(
        ReportPage.objects.order_by("-year", "title"), required=False, label=gettext_lazy("Family report"),
        empty_label=gettext_lazy("– no report: everybody sees new values at once –"),
        help_text=gettext_lazy("New values are seen as soon as this report is published."),
    )  # fmt: skip

    def data_given(self) -> bytes:
        """Return the file, or what the preview has kept of it. Raises ``Refused``."""
        if file := self.cleaned_data.get("file"):
            return bytes(file.read(MOST_BYTES + 1))
        if text := self.cleaned_data.get("text"):
            return str(text).encode()
        raise Refused(_("Please choose a file."), code="missing", status=422, field="file")


class SeriesImportView(WagtailAdminTemplateMixin, View):
    """A table is read, shown row by row, and saved as a whole or not at all."""

    page_title = gettext_lazy("Take over values from a table")
    header_icon = "table"
    template_name = "cms/admin/series_import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        return cast(HttpResponse, super().dispatch(request, *args, **kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(LIST), "label": _("Indicators")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(SeriesForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SeriesForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(form, 422)
        try:
            data = form.data_given()
            table = read(data)
        except Refused as refusal:
            form.add_error("file", refusal.message)
            return self.answer(form, refusal.status)
        if "save" in request.POST:
            return self.save(form, table, data)
        return self.preview(form, table, data)

    def preview(self, form: SeriesForm, table: Table, data: bytes, **more: Any) -> HttpResponse:
        """Show what would happen; nothing is saved."""
        plan = planned(table, form.cleaned_data["edition"])
        counts = {state: plan.count(state) for state in (NEW, CHANGED, SAME, WRONG)}
        status = more.pop("status", 422 if counts[WRONG] else 200)
        return self.answer(form, status, plan=plan, table=table, counts=counts, text=decoded(data), **more)

    def save(self, form: SeriesForm, table: Table, data: bytes) -> HttpResponse:
        """Save what was shown, or show it again."""
        stamp = self.request.POST.get("stamp", "")
        try:
            plan = take_over(
                table=table, edition=form.cleaned_data["edition"], stamp=stamp, by=cast(User, self.request.user)
            )
        except Refused as refusal:
            return self.preview(form, table, data, status=refusal.status, refusal=refusal)
        number = plan.count(NEW) + plan.count(CHANGED)
        words = ngettext("%(number)d value was saved.", "%(number)d values were saved.", number)
        messages.success(self.request, words % {"number": number})
        return redirect(LIST)

    def answer(self, form: SeriesForm, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page, which nobody keeps."""
        response = self.render_to_response(self.get_context_data(form=form, **context), status=status)
        response["Cache-Control"] = "private, no-store"
        return response
