"""Searches that go on: kept, found, told once, only while it may be seen, to those alone who wanted it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.events import announce
from search.actions import sweep, touch, touch_campaign
from search.documents import FILES
from search.models import SavedAnchor, SavedHit, SavedMail, SavedReader, SavedSearch, SearchDocument
from search.registry import Place, register, unregister
from search.saved import keeping
from search.saved.analysing import reanalyse
from search.saved.keeping import Wish
from tests.factories import deliver_outbox, make_person
from tests.search.notes import Note, NoteSearch

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]
POINT = (51.68, 7.81)


class PlacedNotes(NoteSearch):
    """Notes that stand somewhere (``source_id`` says where) and belong to somebody."""

    label_plural = "Notizen"

    def place(self, obj: Any) -> Place | None:
        if not obj.source_id:
            return None
        words, north = obj.source_id.split("|")
        return Place(words, POINT[0] + float(north), POINT[1])

    def authors(self, obj: Any) -> list[int]:
        return [obj.owner] if obj.owner else []

    def labels(self, facet: str, values: Any) -> dict[str, str]:
        return self.choices(facet)

    def choices(self, facet: str) -> dict[str, str]:
        return {"category": {"verkehr": "Verkehr"}, "district": {"altstadt": "Altstadt", "ufer": "Am Ufer"}}.get(
            facet, {}
        )


@pytest.fixture(autouse=True)
def placed(only_test_kinds: None, settings: Any) -> None:
    unregister("note")
    register(PlacedNotes)
    settings.SITE_URL = "https://mitwirk.example"


@pytest.fixture
def anna() -> User:
    return make_person("anna@example.org", "Anna")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def keep(person: User, text: str = "", **fields: Any) -> SavedSearch:
    return keeping.save(person=person, wish=Wish(fields.pop("name", text or "Suche"), text, **fields))


def found(search: SavedSearch) -> set[str]:
    """Deliver what was announced and return the titles of what was found."""
    deliver_outbox()
    ids = SavedHit.objects.filter(search=search, kind="note").values_list("object_id", flat=True)
    return set(Note.objects.filter(pk__in=list(ids)).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("words", "fitting", "other"),
    [
        ("Radweg", ["Neue Radwege am Kanal", "Ein Weg nur für das Rad"], ["Radio im Park", "Wegweiser"]),
        ("Spielplatz Schatten", ["Der Spielplatz braucht Schatten"], ["Der Spielplatz", "Schatten am Markt"]),
        ('"Bank am Ufer"', ["Eine Bank am Ufer"], ["Ufer und Bank"]),
        ("Bank -Geld", ["Bank im Park"], ["Bank für Geld"]),
        ("Straßenlaterne", ["Strassenlaternen flackern"], ["Laterne im Garten"]),
    ],
)
def test_words_find_what_the_search_page_finds_strictly(
    words: str, fitting: list[str], other: list[str], anna: User, write: Write
) -> None:
    search = keep(anna, words)
    for title in (*fitting, *other):
        write(title)
    assert found(search) == set(fitting)


def test_topic_district_kind_and_place_narrow_it_down(anna: User, write: Write) -> None:
    ufer, verkehr = {"district": "ufer"}, {"category": "verkehr"}
    near = keep(anna, place="Markt", latitude=POINT[0], longitude=POINT[1], radius=500)
    both = keep(anna, "Bank", filters={"district": ("ufer", "altstadt"), "category": ("verkehr",)})
    district, memos = keep(anna, filters={"district": ("ufer",)}), keep(anna, "Bank", filters={"kind": ("memo",)})
    write("Bank eins", **ufer, **verkehr)
    write("Bank zwei", **verkehr)
    write("Baum am Ufer", **ufer)
    write("Brunnen hier", source_id="Markt|0.004")
    write("Brunnen dort", source_id="Markt|0.005")
    assert found(both) == {"Bank eins"}
    assert found(district) == {"Bank eins", "Baum am Ufer"}
    assert found(near) == {"Brunnen hier"}
    assert found(memos) == set()


def test_each_hit_comes_once_however_often_it_is_announced_edited_or_shown_again(anna: User, write: Write) -> None:
    search = keep(anna, "Brunnen")
    note, other = write("Brunnen am Markt"), write("Bank am Markt")
    for _time in range(3):
        with transaction.atomic():
            announce("search_appeared", kind="note", ids=f"{note.pk},{other.pk}")
        deliver_outbox()
    for public in (False, True):
        with transaction.atomic():
            Note.objects.filter(pk=note.pk).update(public=public)
            touch("note", note.pk)
    with transaction.atomic():  # an old text that gets the word later is not new
        Note.objects.filter(pk=other.pk).update(title="Bank und Brunnen")
        touch("note", other.pk)
    assert found(search) == {"Brunnen am Markt"}
    assert SavedHit.objects.count() == 1


def test_what_was_published_before_is_not_new(anna: User, write: Write) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    old = write("Brunnen von früher", public=False, published_at=long_ago)
    search = keep(anna, "Brunnen")
    with transaction.atomic():
        Note.objects.filter(pk=old.pk).update(public=True)
        touch("note", old.pk)
    write("Brunnen von heute", published_at=timezone.now())
    assert found(search) == {"Brunnen von heute"}


def test_a_campaign_that_opens_brings_its_texts(anna: User, write: Write) -> None:
    search = keep(anna, "Hecke")
    write("Hecke am Deich", campaign="deich", public=False)
    assert found(search) == set()
    Note.objects.update(public=True)
    with transaction.atomic():
        touch_campaign("deich")
    sweep()
    assert found(search) == {"Hecke am Deich"}


def test_words_of_a_file_that_is_read_later_count_too(anna: User, write: Write) -> None:
    search = keep(anna, "Gutachten")
    note = write("Brunnen am Markt", published_at=timezone.now())
    assert found(search) == set()
    SearchDocument.objects.update(body_parts=f"markt {FILES} gutacht")  # as the reader of files leaves it
    with transaction.atomic():
        announce("search_appeared", kind="note", ids=str(note.pk))
    assert found(search) == {"Brunnen am Markt"}


def test_nobody_is_told_of_their_own(anna: User, write: Write) -> None:
    ben = make_person("ben@example.org", "Ben")
    reader = SavedReader.objects.create(address="anna@example.org")
    own, his = keep(anna, "Bank"), keep(ben, "Bank")
    by_mail = SavedSearch.objects.create(
        reader=reader, name="Bank", text="Bank", condition="bank", fingerprint=own.fingerprint
    )
    SavedAnchor.objects.create(search=by_mail, token="bank")
    write("Bank von Anna", owner=anna.pk)
    assert (found(own), found(by_mail), found(his)) == (set(), set(), {"Bank von Anna"})


def test_a_paused_search_finds_nothing_and_makes_up_for_nothing(anna: User, write: Write) -> None:
    search, client = keep(anna, "Brunnen", rhythm="at_once"), signed_in(anna)
    act = f"/mein/suchen/{search.pk}/aktion/"
    assert "angehalten" in client.post(act, {"action": "pause"}, follow=True).content.decode()
    write("Brunnen eins", published_at=timezone.now())
    assert found(search) == set()
    client.post(act, {"action": "resume"})
    write("Brunnen zwei", published_at=timezone.now())
    assert found(search) == {"Brunnen zwei"}
    client.post(act, {"action": "delete"})
    assert not SavedSearch.objects.exists()
    assert not SavedHit.objects.exists()


def test_an_account_that_goes_takes_everything_with_it(anna: User, write: Write) -> None:
    keep(anna, "Brunnen", rhythm="at_once")
    write("Brunnen eins")
    deliver_outbox()
    anna.delete()
    for model in (SavedSearch, SavedAnchor, SavedHit, SavedMail):
        assert not model.objects.exists(), model


def test_a_changed_analyser_reads_the_searches_anew(anna: User, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    search = keep(anna, "Brunnen")
    SavedSearch.objects.update(fingerprint="old", condition="etwas")
    SavedAnchor.objects.update(token="etwas")
    write("Brunnen eins")
    assert found(search) == {"Brunnen eins"}
    assert reanalyse() == 0


def test_the_rarest_word_is_the_anchor(anna: User, write: Write) -> None:
    from search.spelling import count_words

    for number in range(5):
        write(f"Brunnen {number}")
    write("Wasserspiel")
    count_words()
    search = keep(anna, "Brunnen Wasserspiel")
    assert "brunn" not in set(search.anchors.values_list("token", flat=True))
