"""For staff: files whose words cannot be found, why, and what helps."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from search.attachments.again import read_again
from search.models import SearchFile
from search.registry import builder_for, is_kind

State = SearchFile.State
PAGE_SIZE = 50
HELP: dict[str, str | Promise] = {
    State.SCANNED: gettext_lazy(
        "A version with text: recognise the text (OCR), or export the document as a PDF again."
    ),
    State.LOCKED: gettext_lazy("A version without a password."),
    State.BROKEN: gettext_lazy("Save it once more as a PDF."),
    State.LARGE: gettext_lazy("Split it into several files."),
    State.SLOW: gettext_lazy("Save it once more as a PDF."),
    State.READ: gettext_lazy("Split it into several files."),
}


class UnreadFiles(WagtailAdminTemplateMixin, View):
    """The list, for everybody who may enter the administration: all of it stands beside what everybody may read."""

    template_name = "search/cms/files.html"
    page_title = gettext_lazy("Files that cannot be searched")
    header_icon = "doc-full-inverse"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list; a page that there is not is the last one."""
        found = SearchFile.objects.exclude(state__in=[State.READ, State.WAITING])
        found |= SearchFile.objects.filter(state=State.READ, is_cut=True)
        page = Paginator(found.order_by("-changed_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(rows=[_row(file) for file in page], page_obj=page))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Read a file once more."""
        number = request.POST.get("file", "")
        if number.isdecimal() and len(number) < 19 and read_again(int(number)):
            messages.success(request, _("The file will be read once more."))
        return redirect(request.path)


def _row(file: SearchFile) -> dict[str, Any]:
    """Return a line: the file, what it stands beside, and what helps."""
    kind, _colon, number = file.key.partition(":")
    owner = builder_for(kind).public().filter(pk=number).first() if is_kind(kind) else None
    builder = builder_for(kind) if owner else None
    title = builder.document(owner).title if builder and owner else ""
    why = _("only the beginning was read") if file.state == State.READ else State(file.state).label
    url = builder.url(owner) if builder and owner else ""
    return {"file": file, "why": why, "help": HELP.get(file.state, ""), "title": title, "url": url}
