"""Rows for tests, each with sensible values: name only what the test is about."""

import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from ideas.models import Campaign, Idea, IdeaVersion, Phase
from moderation.models import Act

# All have as many digits: "Idee 1" would stand in "Idee 12" too, and come behind it in no order of the alphabet.
_number = itertools.count(1001)


def person(name: str = "", **fields: Any) -> User:
    """A citizen with a mail address; the password is ``Probe-Passwort-1``."""
    number = next(_number)
    name = name or f"Person {number}"
    fields = {"email": f"person{number}@example.org", "password": "Probe-Passwort-1", "display_name": name} | fields
    return User.objects.create_user(**fields)


def campaign(**fields: Any) -> Campaign:
    """A public campaign in which, from yesterday to tomorrow, everything is allowed. ``phase=False`` leaves that out."""
    with_phase = fields.pop("phase", True)
    fields["is_published"] = fields.pop("is_public", True)
    number = next(_number)
    made = Campaign.objects.create(**{"title": f"Kampagne {number}", "slug": f"kampagne-{number}"} | fields)
    if with_phase:
        phase(campaign=made)
    return made


def phase(**fields: Any) -> Phase:
    """A phase of voting that is open for a day in both directions and allows everything."""
    now = timezone.now()
    allowed = {"allows_ideas": True, "allows_comments": True, "allows_support": True}
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
    return Phase.objects.create(**{"kind": Phase.Kind.VOTE} | allowed | times | fields)


def idea(**fields: Any) -> Idea:
    """A public idea with its approved version; ``text`` is the text of that version."""
    number = next(_number)
    text = fields.pop("text", "Ein Text, der die Idee erklärt.")
    title = fields.pop("title", f"Idee {number}")
    if "campaign" not in fields:
        fields["campaign"] = campaign()
    fields.setdefault("author", None)
    state = fields.pop("state", Idea.State.PUBLIC)
    made = Idea.objects.create(title=title, slug=slugify(title), teaser=text[:240], state=Idea.State.WAITING, **fields)
    shown = made.published_at or timezone.now() if state != Idea.State.WAITING else None
    words = {"title": title, "text": text, "author": made.author, "goal": made.goal}
    version = IdeaVersion.objects.create(idea=made, number=1, published_at=shown, **words)
    made.latest_version = version
    if shown:
        made.approved_version, made.published_at = version, shown
    made.state = state
    made.save()
    if state != Idea.State.WAITING:  # as if it had been taken over from elsewhere
        Act.objects.create(kind="idea", object_id=made.pk, name="imported", before="waiting", after=state)
    if state == Idea.State.PUBLIC:
        Campaign.objects.filter(pk=made.campaign_id).update(idea_count=F("idea_count") + 1)
    return made


def make_person(
    email: str, name: str = "", *, groups: Iterable[str] = (), password: str = "Probe-Passwort-1", **fields: Any
) -> User:
    """Somebody with a confirmed mail address; ``groups`` are roles: "Moderation", "Redaktion", "Fachamt"."""
    from accounts.actions import add_person

    return add_person(email=email, display_name=name, password=password, groups=groups, **fields)


def deliver_outbox() -> list[Any]:
    """Deliver everything announced so far, as the dispatcher does; return the mails sent up to now."""
    from django.core import mail

    from common import outbox

    outbox.drain()
    return list(mail.outbox)
