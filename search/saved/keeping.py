"""What can be done with saved searches: keep, confirm, change, pause, delete, leave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from common import buckets
from common.buckets import Rate
from common.database import lock, now
from common.errors import Refused
from common.events import announce
from search.models import SavedHit, SavedMail, SavedReader, SavedSearch
from search.saved.analysing import read, write_anchors
from search.saved.links import CONFIRM_WITHIN, Whom
from search.saved.owners import Owner

MOST = 30  # searches an owner can have
Rhythm, State = SavedSearch.Rhythm, SavedSearch.State
BY_ACCOUNT = Rate("saved-searches", most=60, seconds=3600)
BY_SENDER = Rate("saved-searches-sender", most=20, seconds=3600)
BY_ADDRESS = Rate("saved-searches-address", most=3, seconds=3600)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told about, and how."""

    name: str
    text: str = ""
    is_exact: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius: int | None = None
    rhythm: str = Rhythm.DAILY


def put(search: SavedSearch, wish: Wish) -> frozenset[str]:
    """Put a wish into a row (unsaved) and return the anchors; raises ``Refused`` (422) when it asks for nothing."""
    search.name, search.text, search.is_exact, search.rhythm = wish.name, wish.text, wish.is_exact, wish.rhythm
    search.filters = {name: sorted(values) for name, values in wish.filters.items() if values}
    search.place, search.radius = (wish.place, wish.radius) if wish.radius else ("", None)
    search.latitude, search.longitude = (wish.latitude, wish.longitude) if wish.radius else (None, None)
    anchors = read(search)
    if search.text and search.condition is None:
        words = _("These words stand in nearly every text. Please add one that says what it is about.")
        raise Refused(words, code="only_stop_words", status=422, field="q")
    if not (search.text or search.filters or search.radius):
        words = _("Please say what you want to be told about: a word, a topic, a district or a place.")
        raise Refused(words, code="empty", status=422, field="q")
    return anchors


def save(*, person: User, wish: Wish) -> SavedSearch:
    """Keep a search for an account; it runs at once. Raises ``Refused``: too many (409), too fast (429), empty (422)."""
    buckets.require(BY_ACCOUNT, f"account:{person.pk}")
    with transaction.atomic():
        return _add(Owner(person=person), wish, State.ACTIVE)


def _add(owner: Owner, wish: Wish, state: str) -> SavedSearch:
    lock(f"saved:{owner.name}")
    if SavedSearch.objects.filter(**owner.columns).count() >= MOST:
        words = _("You can keep %(count)d searches at most. Please delete one that you no longer need.")
        raise Refused(words % {"count": MOST}, code="too_many")
    moment = now()
    search = SavedSearch(**owner.columns, state=state, since=moment, seen_at=moment, created_at=moment)
    anchors = put(search, wish)
    search.save()
    write_anchors({search.pk: anchors})
    return search


def ask(*, address: str, wish: Wish, sender: str) -> None:
    """Ask by mail whether a search is really wanted; until the answer it finds nothing.

    Whoever asks learns nothing about the address: known, unknown, too often asked or full, it looks the same.
    Raises ``Refused``: the sender asks too much (429), the wish is empty (422).
    """
    put(SavedSearch(), wish)
    buckets.require(BY_SENDER, f"address:{sender}")
    address = address.lower()
    if buckets.take(BY_ADDRESS, f"mail:{address}"):
        return
    with transaction.atomic():
        reader, _is_new = SavedReader.objects.select_for_update().get_or_create(address=address)
        try:
            search = _add(Owner(reader=reader), wish, State.WAITING)
        except Refused:
            return
        mail = SavedMail.objects.create(kind=SavedMail.Kind.CONFIRM, reader=reader, search=search)
        announce("saved_mail_written", mail_id=mail.pk)


@transaction.atomic
def confirm(search_id: int) -> SavedSearch | None:
    """Let a search run from now on; one that runs already stays as it is. None when it is gone.

    Who has an account with this address, confirmed there too, finds it in the account.
    """
    rows = SavedSearch.objects.select_for_update(of=("self",)).select_related("reader", "person")
    search = rows.filter(pk=search_id).first()
    if search is None or search.state != State.WAITING or search.reader is None:
        return search
    moment = now()
    search.state, search.since, search.seen_at, search.confirmed_at = State.ACTIVE, moment, moment, moment
    known = EmailAddress.objects.filter(email__iexact=search.reader.address, verified=True, user__is_active=True)
    account = known.select_related("user").first()
    if account and SavedSearch.objects.filter(person=account.user).count() < MOST:
        search.person, search.reader = account.user, None
    search.save(update_fields=["state", "since", "seen_at", "confirmed_at", "person", "reader"])
    forget_readers()
    return search


@transaction.atomic
def change(search: SavedSearch, wish: Wish) -> SavedSearch:
    """Change a search; what was found stays. Raises ``Refused`` (422) when it then asks for nothing."""
    was = search.rhythm
    anchors = put(search, wish)
    search.save()
    write_anchors({search.pk: anchors})
    if Rhythm.ACCOUNT in (was, search.rhythm):
        forget_unsent(search)
    return search


def forget_unsent(search: SavedSearch) -> None:
    """Let what was found so far stand on the page only."""
    SavedHit.objects.filter(search=search, mail_due=True, mail=None).update(mail_due=False)


def pause(search: SavedSearch) -> None:
    """Find nothing for a while."""
    if SavedSearch.objects.filter(pk=search.pk, state=State.ACTIVE).update(state=State.PAUSED):
        forget_unsent(search)


def resume(search: SavedSearch) -> None:
    """Go on; what was published meanwhile is not made up for."""
    SavedSearch.objects.filter(pk=search.pk, state=State.PAUSED).update(state=State.ACTIVE, since=now())


def mark_seen(search: SavedSearch) -> None:
    """Take all hits as looked at."""
    SavedSearch.objects.filter(pk=search.pk).update(seen_at=now())


@transaction.atomic
def leave(whom: Whom) -> None:
    """End the mails of one search or of all: accounts keep their searches without mail, readers are forgotten.

    Asking twice, or for what is gone, is no error.
    """
    if whom.search:
        rows = SavedSearch.objects.filter(pk=whom.search)
        _without_mail(rows.filter(person__isnull=False).values_list("pk", flat=True))
        rows.filter(reader__isnull=False).delete()
        forget_readers()
    elif whom.person:
        _without_mail(SavedSearch.objects.filter(person=whom.person).values_list("pk", flat=True))
    elif whom.reader:
        SavedReader.objects.filter(key=whom.reader).delete()


def _without_mail(ids: Iterable[int]) -> None:
    pks = list(ids)
    SavedSearch.objects.filter(pk__in=pks).update(rhythm=Rhythm.ACCOUNT)
    SavedHit.objects.filter(search__in=pks, mail_due=True, mail=None).update(mail_due=False)


def delete(search: SavedSearch) -> None:
    """Delete a search with everything found for it."""
    search.delete()
    forget_readers()


def forget_unconfirmed() -> int:
    """Delete searches that nobody confirmed in time, and the addresses with them; return how many searches."""
    late = SavedSearch.objects.filter(state=State.WAITING, created_at__lt=now() - CONFIRM_WITHIN - timedelta(hours=1))
    count = late.count()
    late.delete()
    forget_readers()
    return count


@transaction.atomic
def forget_readers() -> None:
    """Forget addresses that no search belongs to any more."""
    unused = SavedReader.objects.filter(~Exists(SavedSearch.objects.filter(reader=OuterRef("pk"))))
    held = list(unused.select_for_update().values_list("pk", flat=True))
    unused.filter(pk__in=held).delete()  # asked again: a search may have come before we held the row
