"""What the pages of reports and chapters show beside an editor's words."""

from django import template
from django.template import Context

from cms import papers
from cms.models import ChapterIndicator, ChapterPage, ReportIndexPage, ReportPage
from cms.queries import reports

register = template.Library()


@register.simple_tag
def editions(index: ReportIndexPage) -> list[ReportPage]:
    """Return the public reports below a list, the newest first."""
    return list(reports.public_reports().child_of(index))


@register.simple_tag
def chapters(report: ReportPage) -> list[ChapterPage]:
    """Return the public chapters of a report."""
    return reports.chapters_of(report)


@register.simple_tag
def other_editions(report: ReportPage) -> list[ReportPage]:
    """Return the other public reports."""
    return list(reports.public_reports().sibling_of(report, inclusive=False))


@register.simple_tag
def around(chapter: ChapterPage) -> reports.Around:
    """Return the chapters of the same report, and which stand before and after this one."""
    return reports.around(chapter)


@register.simple_tag(takes_context=True)
def shown_series(context: Context, chapter: ChapterPage) -> list[ChapterIndicator]:
    """Return the series of a chapter; in the preview with values that are not public yet."""
    return reports.series_of(chapter, everything=getattr(context.get("request"), "is_preview", False))


@register.simple_tag
def ideas_about(chapter: ChapterPage) -> reports.About:
    """Return what people have proposed on a chapter's subject."""
    return reports.ideas_about(chapter)


@register.filter
def may_be_opened(report: ReportPage) -> bool:
    """Tell whether everybody can open the PDF of a report, and it was looked at."""
    return report.pdf_id is not None and report.offers_pdf and bool(papers.open_documents([report.pdf_id]))
