"""Messages to the contact point: one answered, two that wait."""

from accounts.models import User
from ideas.models import Campaign
from moderation.actions.contact import answer_message, write_message
from moderation.models import ContactMessage
from moderation.rules import may_decide

QUESTION = (
    "Guten Tag, ich habe kein Handy und keinen Computer zu Hause. Kann ich in der Bücherei mitmachen, und brauche ich dafür "
    "einen Ausweis?"
)
ANSWER = (
    "Guten Tag, ja, sehr gern. In der Stadtbücherei am Markt stehen zwei Computer, an denen Sie ohne Ausweis mitlesen und Ideen "
    "schreiben können. Eine Kollegin hilft Ihnen dort dienstags von 14 bis 18 Uhr. Zum Abstimmen bekommen Sie auf Wunsch einen "
    "Brief mit einem Code."
)
MAP = (
    "Auf der Karte liegt meine Idee ein paar Häuser zu weit links. Ich habe sie schon zweimal verschoben, nach dem Speichern ist "
    "sie wieder dort."
)
AUTHORITY = (
    "Wir bereiten eine Übersicht der Beteiligungsportale im Kreis vor und bitten um den Namen einer Person, an die wir uns künftig "
    "wenden können. Kreisverwaltung, Amt für Digitales."
)


def make_messages() -> None:
    """Write in three times, once about a campaign, and answer the first; once."""
    if ContactMessage.objects.exists():
        return
    moderators = [person for person in User.objects.filter(is_staff=True).order_by("pk") if may_decide(person)]
    asked = write_message(topic="question", text=QUESTION, name="Gerda Lohmann")
    campaign = Campaign.objects.filter(is_public=True).order_by("pk").values_list("pk", "title").first()
    write_message(topic="problem", text=MAP, campaign=campaign)
    write_message(topic="authority", text=AUTHORITY, email="digitales@kreis.example", by_mail=True)
    if moderators:
        answer_message(message_id=asked.pk, version=1, actor=moderators[0], answer=ANSWER)
