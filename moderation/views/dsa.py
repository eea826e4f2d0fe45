"""The yearly report inside Wagtail's admin: files for a period, orders of authorities, categories of rules."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from moderation import dsa_files
from moderation.dsa_forms import OrderForm, PeriodForm, category_forms
from moderation.models import Order, RuleCategory
from moderation.queries.dsa_report import Part, Period, report
from moderation.views.frame import ModeratorView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DsaView(ModeratorView):
    """Choose a period, take the files; write down orders of authorities; say to which category of the EU a rule belongs."""

    page_title = crumb = gettext_lazy("Yearly report")
    template_name = "moderation/cms/dsa.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if "von" not in request.GET:
            return self.page(PeriodForm(initial=last_year()))
        form = PeriodForm(request.GET)
        if not form.is_valid():
            return self.page(form, status=400)
        period = Period(form.cleaned_data["von"], form.cleaned_data["bis"])
        if request.GET.get("datei") == "xlsx":
            return download(dsa_files.workbook(report(period)), XLSX, period, "xlsx")
        if request.GET.get("datei") == "zip":
            return download(dsa_files.archive(report(period)), "application/zip", period, "zip")
        return self.page(form, parts=shown(report(period)), period=period)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Store an order, or the categories of all rules."""
        if "categories" in request.POST:
            forms = category_forms(request.POST)
            if not all(form.is_valid() for _rule, form in forms):
                return self.page(PeriodForm(initial=last_year()), forms=forms, status=422)
            for rule, form in forms:
                RuleCategory.objects.update_or_create(rule=rule, defaults={"category": form.cleaned_data["category"]})
            messages.success(request, _("The categories are stored."))
            return redirect("moderation_cms:dsa")
        order = OrderForm(request.POST)
        if not order.is_valid():
            return self.page(PeriodForm(initial=last_year()), order_form=order, status=422)
        order.instance.entered_by = self.moderator
        order.save()
        messages.success(request, _("The order is written down."))
        return redirect("moderation_cms:dsa")

    def page(self, form: PeriodForm, *, status: int = 200, **more: object) -> HttpResponse:
        """Return the page."""
        context = {
            "period_form": form, "order_form": OrderForm(), "orders": Order.objects.all()[:50], "forms": category_forms(),
        }  # fmt: skip
        return self.answer(status, **{**context, **more})


def shown(parts: list[Part]) -> list[tuple[str, list[list[tuple[str, object]]]]]:
    """Return what a person needs to see of the tables: no empty cells, nothing that is the same in every row."""
    same = ("Applicability", "Service", "Reporting period")
    return [
        (
            part.name,
            [
                [pair for pair in zip(part.head, row, strict=True) if pair[1] != "" and pair[0] not in same]
                for row in part.rows
            ],
        )
        for part in parts
    ]


def last_year() -> dict[str, date]:
    """Return the period that is asked for most."""
    year = timezone.localdate().year - 1
    return {"von": date(year, 1, 1), "bis": date(year, 12, 31)}


def download(content: bytes, kind: str, period: Period, ending: str) -> HttpResponse:
    """Return a file to keep."""
    answer = HttpResponse(content, content_type=kind)
    name = f"transparenzbericht-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
