"""Word lists of the moderation, and what its memory knows of the decisions of the demo town."""

from importlib import resources

from ideas.models import Campaign
from moderation.actions.remembering import remember
from moderation.models import CaseWord, Decision, WordList

#: health and danger: nobody means harm by these words, but somebody should read the whole sentence
HEALTH = """# Hier geht es um Gesundheit und Gefahr: bitte den ganzen Satz lesen.
Asthma
Holzrauch
Unfall
Gift*
!Giftmobil   # die Sammelstelle heißt so
"""


def make_word_lists() -> None:
    """Make the list to begin with for the town, and one for a campaign; lists that are there stay as they are."""
    if WordList.objects.exists():
        return
    starter = resources.files("moderation").joinpath("assistance", "starter_de.txt").read_text(encoding="utf-8")
    WordList.objects.create(title="Grobe Wörter", words=starter)
    campaign = Campaign.objects.filter(title="Draußen zu Hause").first()
    if campaign is not None:
        WordList.objects.create(title="Gesundheit und Gefahr", words=HEALTH, campaign_id_copy=campaign.pk)


def remember_decisions() -> None:
    """Let similar cases be found; in a real town this happens after each decision."""
    if CaseWord.objects.exists():
        return
    for pk in Decision.objects.order_by("sequence").values_list("pk", flat=True):
        remember(pk)
