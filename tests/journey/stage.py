"""What must be there before the first visitor comes: a campaign with its page, and people of the town hall."""

import re
import time
from email import message_from_string, policy
from email.message import EmailMessage

from tests.served import Town
from tests.visitor import Visitor

PASSWORD = "Probe-Passwort-2026"
STAFF = {
    "moderation@stadt.example": "Moderation",
    "zweite@stadt.example": "Moderation",
    "redaktion@stadt.example": "Redaktion",
}

CODE = re.compile(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b(?![@.])")

SET_UP = f"""
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from accounts.models import User
from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import Campaign, District, Goal, Phase, Topic
from moderation.models import Rule, RuleVersion

for email, group in {STAFF!r}.items():
    person = User.objects.create_user(email, {PASSWORD!r}, display_name=email.split("@")[0].title() + "-Team", is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
Topic.objects.create(name="Spiel und Freizeit", slug="spiel-und-freizeit")
Goal.objects.create(name="Wohnen und Umfeld", slug="wohnen-und-umfeld")
District.objects.create(name="Uferstadt", slug="uferstadt")
rule = Rule.objects.create(number=2)
RuleVersion.objects.create(rule=rule, title="Respektvoller Ton", text="Wir bleiben höflich, auch wenn wir streiten.")
campaign = Campaign.objects.create(title="Spielräume für alle", slug="spielraeume", summary="Wo fehlen Plätze zum Spielen?",
                                   check_ideas="before", check_comments="after", support_limit=5)
now = timezone.now()
Phase.objects.create(campaign=campaign, kind="collect", opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=13),
                     allows_ideas=True, allows_comments=True, allows_support=True)
Phase.objects.create(campaign=campaign, kind="review", opens_at=now + timedelta(days=13), closes_at=now + timedelta(days=40))
page = CampaignIndexPage.objects.first().add_child(instance=CampaignPage(title=campaign.title, campaign=campaign, slug=campaign.slug))
page.save_revision().publish()
print("ready")
"""


def set_up(town: Town) -> None:
    """Fill an empty town with what the journey needs."""
    assert "ready" in town.python(SET_UP)


def sign_in(visitor: Visitor, email: str) -> Visitor:
    """Sign in with a password, as staff do."""
    visitor.open("/konto/login/")
    return visitor.fill("main form:has([name=password])", login=email, password=PASSWORD)


def code_from_mail(town: Town, email: str, *, patience: float = 120) -> str:
    """Return the code of the newest mail to that address, waiting for it as a person does."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        for mail in reversed(readable_mails(town)):
            if email in str(mail["To"]) and (found := CODE.search(body_of(mail))):
                return found.group(0)
        time.sleep(0.2)
    raise AssertionError(f"no mail with a code for {email}: {town.mails[-3:]}")


def readable_mails(town: Town) -> list[EmailMessage]:
    """Return all mails sent so far, oldest first; one that is still being written has no line of dashes behind it."""
    parts = [part for text in town.mails for part in re.split(r"^-{70,}$", text, flags=re.M)[:-1]]
    return [message_from_string(part.lstrip(), policy=policy.default) for part in parts]


def body_of(mail: EmailMessage) -> str:
    """Return the plain text of a mail."""
    part = mail.get_body(("plain",))
    return part.get_content() if part else ""


def wait_for_mail(town: Town, email: str, words: str, *, patience: float = 120) -> EmailMessage:
    """Return the mail to that address in which the words stand."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        for mail in readable_mails(town):
            if email in str(mail["To"]) and words in f"{mail['Subject']} {' '.join(body_of(mail).split())}":
                return mail
        time.sleep(0.3)
    raise AssertionError(
        f"no mail to {email} with {words!r}: {[(m['To'], m['Subject']) for m in readable_mails(town)]}"
    )
