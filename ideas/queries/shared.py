"""What can be carried elsewhere – on paper, into a frame of another site, behind a QR code: only what everybody may see."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from ideas.models import Campaign, Idea
from ideas.queries.cards import card, for_cards
from ideas.queries.phases import closes_at

EMBEDDED_IDEAS = 3


@dataclass(frozen=True)
class Sharing:
    """The ways out of an idea's page; only what everybody may see can be printed as a notice, framed or coded."""

    url: str
    short_url: str
    snippet: str = ""
    site: str = ""

    @property
    def for_all(self) -> bool:
        return bool(self.snippet)


def public_idea(pk: int) -> Idea | None:
    """Return the idea if it stands in public lists; who asks makes no difference."""
    ideas = Idea.objects.listed().select_related("campaign", "topic", "district", "picture", "author")
    return ideas.filter(pk=pk).first()


def public_campaign(slug: str) -> Campaign | None:
    """Return the campaign if everybody may see it."""
    return Campaign.objects.filter(is_public=True).prefetch_related("phases").filter(slug=slug[:80]).first()


def short_url(idea: Idea) -> str:
    """Return the full address of an idea that is easy to type."""
    return f"{settings.SITE_URL}{reverse('ideas:idea_short', args=[idea.pk])}"


def sharing(idea: Idea) -> Sharing:
    """Return how the idea can be shared."""
    url = settings.SITE_URL + idea.get_absolute_url()
    if idea.state != Idea.State.PUBLIC or not idea.campaign.is_public:
        return Sharing(url, short_url(idea), site=settings.SITE_URL)
    return Sharing(url, short_url(idea), snippet(reverse("ideas:embed", args=[idea.pk]), idea.title), settings.SITE_URL)


def snippet(path: str, title: str) -> str:
    """Return the HTML with which another site shows the page in a frame."""
    return (
        f'<iframe src="{escape(settings.SITE_URL + path)}" title="{escape(title)}" width="100%" height="560" loading="lazy" '
        'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:36rem"></iframe>'
    )


def embedded_idea(idea: Idea) -> dict[str, object]:
    """Return what the frame on another site shows of an idea."""
    return {
        "card": card(idea, timezone.now()),
        "campaign": idea.campaign,
        "url": settings.SITE_URL + idea.get_absolute_url(),
    }


def embedded_campaign(campaign: Campaign) -> dict[str, object]:
    """Return what the frame shows of a campaign: what it is about, until when, the newest ideas."""
    now = timezone.now()
    ideas = for_cards(Idea.objects.listed(campaign)).order_by("-published_at", "-pk")[:EMBEDDED_IDEAS]
    return {
        "campaign": campaign,
        "cards": [card(idea, now) for idea in ideas],
        "open_until": closes_at(campaign, "ideas"),
        "url": settings.SITE_URL + campaign.get_absolute_url(),
    }
