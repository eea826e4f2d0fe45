"""What the campaigns promise, their own statuses, key dates and results; added once, and never over an editor's words."""

from datetime import time
from typing import Any

from cms.models import CampaignPage
from config.demo import body
from config.demo.clock import coming
from config.demo.pages import editor, stream
from config.demo.texts import Entry, read
from ideas.actions.statuses import follow_statuses
from ideas.models import Campaign, CampaignStatus, OfficialAnswer


def make_terms_of_campaigns() -> None:
    """Add what is missing."""
    for slug, entry in read("terms").items():
        campaign = Campaign.objects.filter(slug=slug, who_text="").first()
        if campaign is not None:
            promise(campaign, entry)
            name_statuses(campaign, entry.get("statuses", []))
            fill_page(campaign, entry)


def promise(campaign: Campaign, entry: Entry) -> None:
    """Say who may take part and when the first answer comes."""
    campaign.who_text, campaign.answer_days = entry["who"], entry.get("first_answer")
    campaign.save(update_fields=["who_text", "answer_days"])


def name_statuses(campaign: Campaign, entries: list[Entry]) -> None:
    """Give the campaign words of its own; ideas and answers take those that stand for where they are."""
    for place, words in enumerate(entries):
        status = CampaignStatus.objects.create(campaign=campaign, sort_order=place, **words)
        answers = OfficialAnswer.objects.filter(idea__campaign=campaign, status=None, progress=status.progress)
        answers.update(status=status)
    follow_statuses(campaign)


def fill_page(campaign: Campaign, entry: Entry) -> None:
    """Add key dates, news and the result to the campaign's page."""
    page = CampaignPage.objects.filter(campaign=campaign).first()
    if page is None or not {"dates", "news", "result"} & set(entry):
        return
    if "dates" in entry:
        dates = [date_of(one) for one in entry["dates"]]
        page.body.append(("dates", {"title": "", "dates": dates}))
    if "news" in entry:
        page.body.append(("news", {"title": "Aktuelles aus der Kampagne", "campaign": None, "count": entry["news"]}))
    if "result" in entry:
        page.result_body = stream(page, "result_body", body.blocks(entry["result"]))
    page.save_revision(user=editor()).publish(user=editor(), skip_permission_checks=True)


def date_of(entry: Entry) -> dict[str, Any]:
    """Return one key date as its block stores it."""
    hours = {name: time.fromisoformat(entry[name]) if name in entry else None for name in ("begins", "ends")}
    words = {name: entry.get(name, "") for name in ("title", "place", "text", "url")}
    return {**words, **hours, "day": coming(entry["day"]), "last_day": None}
