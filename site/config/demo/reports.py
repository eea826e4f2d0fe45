"""Two family reports that asked in different ways, with chapters, series and a file."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms.models import (
    ChapterIndicator,
    ChapterPage,
    Indicator,
    IndicatorValue,
    PlainPage,
    ReportIndexPage,
    ReportPage,
)
from config.demo import body
from config.demo.clock import ago, today, with_days
from config.demo.pages import add_page, editor, german_start, missing, stream
from config.demo.pictures import editors_picture
from config.demo.report_sheet import tagged_sheet
from config.demo.texts import Entry, read
from ideas.actions import link_idea
from ideas.models import Goal, Idea, Topic

SURVEY = ("survey_kind", "survey_stands", "survey_how", "survey_asked", "survey_answered", "survey_limits")
FACTS = ("name", "unit", "source", "better", "from_survey")


def make_reports() -> None:
    """Publish the reports, unless they are there."""
    words, start = read("reports"), german_start()
    PlainPage.objects.child_of(start).filter(slug="familienbericht").delete()  # of older demo towns
    start.refresh_from_db()
    if not missing(ReportIndexPage, "familienbericht", start):
        return
    index = ReportIndexPage(title=words["title"], slug="familienbericht", lead=words["lead"], show_in_menus=True)
    index.picture = editors_picture(words["picture"])
    index.body = stream(index, "body", body.blocks(words["body"]))
    add_page(start, index, at=ago(760))
    for entry in words["reports"]:
        add_report(ReportIndexPage.objects.get(), entry)
    made = {report.slug: report for report in ReportPage.objects.all()}
    for place, entry in enumerate(words["indicators"]):
        add_series(entry, place, made)
    for entry in words["published"]:
        for slug, year in entry["values"]:
            IndicatorValue.objects.filter(indicator__slug=entry["slug"], year=year).update(edition=made[slug])
    for entry in words["reports"]:
        for chapter in entry["chapters"]:
            add_chapter(ReportPage.objects.get(slug=entry["slug"]), chapter, entry["days"])


def add_report(index: ReportIndexPage, entry: Entry) -> None:
    """Publish one report."""
    first, last = (today() + timedelta(days=day) for day in entry["survey_days"])
    fields: dict[str, Any] = {name: entry[name] for name in SURVEY if name in entry}
    page = ReportPage(
        title=entry["title"], slug=entry["slug"], year=entry["year"], lead=entry["lead"],
        survey_from=first, survey_until=last, **fields,
    )  # fmt: skip
    page.body = stream(page, "body", body.blocks(with_days(entry["body"])))
    if entry.get("pdf"):
        page.pdf = sheet(entry)
    add_page(index, page, at=ago(entry["days"]))


def add_series(entry: Entry, place: int, made: dict[str, ReportPage]) -> None:
    """Write down one series of the reports."""
    fields = {name: entry[name] for name in FACTS} | {"method": entry.get("method", ""), "position": 50 + place}
    goal = Goal.objects.get(slug=entry["goal"])
    series, is_new = Indicator.objects.get_or_create(slug=entry["slug"], defaults={**fields, "goal": goal})
    if is_new:
        IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=series, year=year, value=value, edition=made[slug],
                method=rest[0] if rest else "", breaks=len(rest) > 1,
            )
            for slug, year, value, *rest in entry["values"]
        )  # fmt: skip


def add_chapter(report: ReportPage, entry: Entry, days: int) -> None:
    """Publish one chapter; staff have linked some ideas with it."""
    page = ChapterPage(title=entry["title"], slug=entry["slug"], lead=entry["lead"])
    page.goal, page.topic = Goal.objects.get(slug=entry["goal"]), Topic.objects.get(slug=entry["topic"])
    page.body = stream(page, "body", body.blocks(entry["body"]))
    page.series = [
        ChapterIndicator(indicator=Indicator.objects.get(slug=slug), words=words, sort_order=place)
        for place, (slug, words) in enumerate(entry["series"])
    ]
    add_page(report, page, at=ago(days))
    fitting = Idea.objects.listed().filter(goal=page.goal).order_by("-support_count", "pk")
    for idea in fitting[: entry.get("ideas", 0)]:
        link_idea(idea=idea, by=editor(), kind="chapter", object_id=page.pk)


def sheet(entry: Entry) -> Any:
    """Return the report as a file of the documents: the second has tags, the first was exported without, as many are."""
    data = tagged_sheet(entry) if entry["pdf"] == "tagged" else plain_sheet(entry)
    file = ContentFile(data, f"familienbericht-{entry['slug']}.pdf")
    return get_document_model().objects.create(
        title=f"{entry['title']} {entry['year']}", file=file, uploaded_by_user=editor()
    )


def plain_sheet(entry: Entry) -> bytes:
    """Return a small file without tags."""
    from fpdf import FPDF

    paper = FPDF()
    paper.set_title(entry["title"])
    paper.set_lang("de-DE")
    paper.set_creation_date(ago(entry["days"]))
    for title, text in [(entry["title"], entry["lead"]), *((one["title"], one["lead"]) for one in entry["chapters"])]:
        paper.add_page()
        paper.set_font("Helvetica", "B", 20)
        paper.multi_cell(0, 12, title)
        paper.ln(16)
        paper.set_font("Helvetica", "", 12)
        paper.multi_cell(0, 7, text)
    return bytes(paper.output())
