"""What tests of reports are made of."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils.text import slugify
from wagtail.documents import get_document_model

from cms.models import ChapterIndicator, ChapterPage, Indicator, IndicatorValue, ReportIndexPage, ReportPage

OPEN = {"survey_kind": "open", "survey_stands": "not", "survey_answered": 912}
DRAWN = {
    "survey_kind": "drawn", "survey_stands": "whole", "survey_how": "Aus dem Melderegister ausgelost.",
    "survey_asked": 5200, "survey_answered": 1486, "survey_from": date(2025, 3, 3), "survey_until": date(2025, 4, 11),
    "survey_limits": "Junge Menschen haben seltener geantwortet.",
}  # fmt: skip


def report(index: ReportIndexPage, year: int, **fields: Any) -> ReportPage:
    index.refresh_from_db()
    made = ReportPage(title=f"Bericht {year}", slug=f"bericht-{year}", year=year, **fields)
    return index.add_child(instance=made)


def chapter(above: ReportPage, title: str, *series: Indicator, **fields: Any) -> ChapterPage:
    above.refresh_from_db()
    made = ChapterPage(title=title, slug=title.lower(), **fields)
    made.series = [ChapterIndicator(indicator=one, sort_order=place) for place, one in enumerate(series)]
    return above.add_child(instance=made)


def series(name: str, *values: tuple[int, str, ReportPage | None], **fields: Any) -> Indicator:
    made = Indicator.objects.create(
        name=name, slug=slugify(name), **{"unit": "Prozent", "source": "Zählung", "decimals": 1, **fields}
    )
    for year, value, edition in values:
        IndicatorValue.objects.create(indicator=made, year=year, value=value, edition=edition)
    return made


def document(data: bytes, name: str = "bericht.pdf") -> Any:
    return get_document_model().objects.create(title="Der Bericht", file=ContentFile(data, name))


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()
