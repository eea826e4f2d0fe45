"""What can be done with a subscription: ask, confirm, change, leave, forget."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common import buckets
from common.buckets import Rate
from common.database import lock, now
from common.errors import Refused
from common.events import announce
from ideas.models import Topic
from news.models import Rhythm, Subscriber, Wish
from news.newsletter.links import CONFIRM_WITHIN

BY_ACCOUNT = Rate("newsletter", most=30, seconds=3600)
BY_SENDER = Rate("newsletter-sender", most=20, seconds=3600)
BY_ADDRESS = Rate("newsletter-address", most=3, seconds=3600)


@dataclass(frozen=True)
class Choice:
    """What somebody wants to get."""

    has_all: bool = False
    topics: frozenset[int] = frozenset()
    rhythm: str = Rhythm.WEEKLY

    def require(self) -> None:
        """Raise ``Refused`` (422) when nothing is chosen."""
        if not (self.has_all or self.topics):
            words = _("Please choose at least one topic, or all of them.")
            raise Refused(words, code="empty", status=422, field="themen")


def ask(*, address: str, choice: Choice, sender: str) -> None:
    """Ask by mail whether the newsletter is really wanted; until the answer nobody is subscribed and nothing changes.

    Whoever asks learns nothing about the address: known, unknown or too often asked, it looks the same.
    Raises ``Refused``: the sender asks too much (429), nothing is chosen (422).
    """
    choice.require()
    buckets.require(BY_SENDER, f"address:{sender}")
    address = address.lower()
    if buckets.take(BY_ADDRESS, f"mail:{address}"):
        return
    with transaction.atomic():
        wish = Wish.objects.create(
            address=address, has_all=choice.has_all, topics=sorted(choice.topics), rhythm=choice.rhythm
        )
        announce("newsletter_asked", wish_id=wish.pk)


@transaction.atomic
def confirm(wish_id: int) -> Subscriber | None:
    """Let what was asked for hold from now on; doing it twice does no harm. None when the wish is gone.

    Who has an account with this address, confirmed there too, finds it in the account.
    """
    wish = Wish.objects.select_for_update().filter(pk=wish_id).first()
    if wish is None:
        return None
    known = EmailAddress.objects.filter(email__iexact=wish.address, verified=True, user__is_active=True)
    account = known.select_related("user").first()
    choice = Choice(wish.has_all, frozenset(wish.topics), wish.rhythm)
    if wish.confirmed_at:
        return of_person(account.user) if account else Subscriber.objects.filter(address=wish.address).first()
    wish.confirmed_at = now()
    wish.save(update_fields=["confirmed_at"])
    return subscribe_person(account.user, choice) if account else keep({"address": wish.address}, choice)


def subscribe(*, person: User, choice: Choice) -> Subscriber:
    """Let an account get the newsletter, or change what it gets; its address is confirmed already.

    Raises ``Refused``: too fast (429), nothing chosen (422).
    """
    choice.require()
    buckets.require(BY_ACCOUNT, f"account:{person.pk}")
    with transaction.atomic():
        return subscribe_person(person, choice)


def subscribe_person(person: User, choice: Choice) -> Subscriber:
    """Keep an account's choice; the same address without an account is not written to beside it."""
    Subscriber.objects.filter(address=person.email.lower()).delete()
    return keep({"person": person}, choice)


def keep(owner: dict[str, User | str], choice: Choice) -> Subscriber:
    """Write a choice down, in the running transaction."""
    lock(f"newsletter:{owner.get('address') or owner['person'].pk}")  # type: ignore[union-attr]
    values = {"has_all": choice.has_all, "rhythm": choice.rhythm}
    kept, _is_new = Subscriber.objects.update_or_create(
        **owner, defaults=values, create_defaults={**owner, **values, "confirmed_at": now()}
    )
    kept.topics.set([] if choice.has_all else Topic.objects.filter(pk__in=choice.topics))
    return kept


def change(subscriber: Subscriber, choice: Choice) -> Subscriber:
    """Change what somebody gets who came by the link of a mail; raises ``Refused`` (422) when nothing is left."""
    choice.require()
    owner = {"person": subscriber.person} if subscriber.person else {"address": subscriber.address}
    with transaction.atomic():
        return keep(owner, choice)  # type: ignore[arg-type]


@transaction.atomic
def leave(key: uuid.UUID) -> None:
    """End the newsletter and forget the address, with what still waits to be sent; what is gone already is no error."""
    for one in Subscriber.objects.select_for_update(of=("self",)).filter(key=key).select_related("person"):
        address = one.address or (one.person.email if one.person else "")
        Wish.objects.filter(address=address.lower()).delete()
        one.delete()


def forget_unconfirmed() -> int:
    """Delete wishes after their time, confirmed or not, and with them the addresses; return how many."""
    return Wish.objects.filter(created_at__lt=now() - CONFIRM_WITHIN - timedelta(hours=1)).delete()[0]


def of_person(person: User) -> Subscriber | None:
    """Return the subscription of an account."""
    return Subscriber.objects.filter(person=person).first()


def by_key(key: uuid.UUID) -> Subscriber | None:
    """Return the subscription a link belongs to."""
    return Subscriber.objects.filter(key=key).select_related("person").first()
