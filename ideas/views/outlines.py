"""Uploading the outlines of the districts, in the Wagtail admin: file, a look at what is in it, taking over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from common.errors import Refused
from ideas.actions.outlines import add_district, save_outlines
from ideas.forms.outlines import NEW, OutlineFileForm, OutlineRowsForm, pack
from ideas.models import District
from ideas.outlines import Row, Sheet, read
from ideas.place import box_of

LIST = "wagtailsnippets_ideas_district:list"
DRAWING = 600


class OutlinesView(WagtailAdminTemplateMixin, View):
    """Both steps at one address; nothing is stored before the second."""

    template_name = "ideas/cms/outlines.html"
    page_title = gettext_lazy("Upload outlines")
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("ideas.change_district"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Districts")},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(file_form=OutlineFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "sheet_json" in request.POST:
            return self.take(request)
        form = OutlineFileForm(request.POST, request.FILES)
        if not form.is_valid() or form.sheet is None:
            return self.answer(422, file_form=form)
        return self.preview(form.sheet, self.rows_form(form.sheet.rows))

    def take(self, request: HttpRequest) -> HttpResponse:
        """Store what was chosen; what the browser sent back is checked like a file."""
        try:
            sheet = read(request.POST["sheet_json"].encode("utf-8", "replace"))
        except Refused as refusal:
            messages.error(request, refusal.message)
            return self.answer(422, file_form=OutlineFileForm())
        form = self.rows_form(sheet.rows, request.POST)
        if not form.is_valid():
            return self.preview(sheet, form, status=422)
        number = self.save(form)
        words = ngettext(
            "The outline of %(count)d district is saved.", "The outlines of %(count)d districts are saved.", number
        )
        messages.success(request, words % {"count": number})
        return HttpResponseRedirect(reverse(LIST))

    @transaction.atomic
    def save(self, form: OutlineRowsForm) -> int:
        """Store the chosen outlines; make districts that are new."""
        return save_outlines(chosen=[(self.district(form, row, key), polygons(row)) for row, key in form.chosen()])

    def district(self, form: OutlineRowsForm, row: Row, key: str) -> District:
        return add_district(name=row.name) if key == NEW else form.districts[key]

    def rows_form(self, rows: list[Row], data: Any = None) -> OutlineRowsForm:
        may_add = self.request.user.has_perm("ideas.add_district")
        return OutlineRowsForm(data, rows=rows, may_add=may_add, initial={"sheet_json": pack(rows)})

    def preview(self, sheet: Sheet, form: OutlineRowsForm, status: int = 200) -> HttpResponse:
        """Show what the file says, row by row, with a drawing."""
        return self.answer(status, rows_form=form, warning=sheet.warning, drawing=drawing(form.usable))

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page."""
        response: HttpResponse = self.render_to_response(self.get_context_data(**context), status=status)
        response["Cache-Control"] = "private, no-store"
        return response


def polygons(row: Row) -> list[Any]:
    """Return the polygons of a usable row."""
    return list(row.shape["coordinates"]) if row.shape else []


def drawing(rows: list[Row]) -> dict[str, Any] | None:
    """Return the outlines as paths of a small drawing, north up."""
    if not rows:
        return None
    west, south, east, north = box_of(row.shape for row in rows if row.shape)
    across = max(east - west, (north - south) / 0.62) or 1.0
    scale = DRAWING / across

    def path(row: Row) -> str:
        rings = (ring for part in polygons(row) for ring in part)
        return " ".join(
            "M" + "L".join(f"{(x - west) * scale:.1f},{(north - y) * scale / 0.62:.1f}" for x, y in ring) + "Z"
            for ring in rings
        )

    size = f"0 0 {(east - west) * scale:.0f} {(north - south) * scale / 0.62:.0f}"
    return {"box": size, "paths": [{"d": path(row), "name": row.name or row.number} for row in rows]}
