"""The search page: everything is a link, nothing is a 500, hidden texts never show."""

from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from time import process_time

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from search.spelling import count_words
from tests.search.notes import Note

pytestmark = pytest.mark.django_db
Write = Callable[..., Note]


class Links(HTMLParser):
    """Collects the addresses of all links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_without_words_it_says_how_to_search(client: Client) -> None:
    assert "So finden Sie etwas" in page(client, "/suche/")
    assert "So finden Sie etwas" in page(client, "/suche/?q=%20%20")


def test_hits_are_marked_dated_and_named_by_kind(client: Client, write: Write) -> None:
    write(
        "Wasserspielplatz am Ufer",
        "Zwölf Bäume geben Schatten.",
        district="uferstadt",
        published_at=datetime(2026, 11, 5, tzinfo=UTC),
    )
    shown = page(client, "/suche/?q=schatten+spielplatz")
    assert "1 Treffer für „schatten spielplatz“" in shown
    assert "Wasser<mark>spielplatz</mark> am Ufer" in shown
    assert "<mark>Schatten</mark>" in shown
    assert "Uferstadt am Fluss" in shown
    assert "5. November 2026" in shown
    assert 'content="noindex"' in shown


def test_texts_are_escaped_before_they_are_marked(client: Client, write: Write) -> None:
    write("<script>alert('Bank')</script> Bank", "<img src=x onerror=Bank> & <b>Bank</b>")
    shown = page(client, "/suche/?q=Bank+<script>")
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown
    assert "&lt;b&gt;<mark>Bank</mark>" in shown


def test_a_typing_error_is_forgiven_told_and_can_be_insisted_on(client: Client, write: Write) -> None:
    write("Neuer Zebrastreifen vor der Schule")
    count_words()
    shown = page(client, "/suche/?q=Zebrastreiffen")
    assert "Meinten Sie <strong>„Zebrastreifen“</strong>" in shown
    assert "?q=Zebrastreiffen&amp;genau=1" in shown
    assert "Nichts gefunden" in page(client, "/suche/?q=Zebrastreiffen&genau=1")


def test_facets_are_links_with_honest_counts_that_add_and_take_away(client: Client, write: Write) -> None:
    for number in range(3):
        write(f"Laterne {number}", district="altstadt", category="verkehr")
    write("Laterne im Park", district="nordfeld", category="umwelt")
    links = Links(page(client, "/suche/?q=Laterne")).found
    assert "?q=Laterne&stadtteil=altstadt" in links
    narrowed = page(client, "/suche/?q=Laterne&stadtteil=altstadt")
    assert "3 Treffer" in narrowed
    assert "?q=Laterne&stadtteil=altstadt&stadtteil=nordfeld" in Links(narrowed).found
    assert "?q=Laterne" in Links(narrowed).found
    assert "4 Treffer" in page(client, "/suche/?q=Laterne&stadtteil=altstadt&stadtteil=nordfeld")


def test_pages_follow_each_other_without_gap_or_repetition(client: Client, write: Write) -> None:
    for number in range(45):
        write(f"Schlagloch Nr. {number}")
    seen: list[str] = []
    for number in (1, 2, 3):
        seen += [
            link
            for link in Links(page(client, f"/suche/?q=Schlagloch&seite={number}")).found
            if link.startswith("/notiz/")
        ]
    assert len(seen) == len(set(seen)) == 45
    assert "Treffer 41 bis 45 von 45" in page(client, "/suche/?q=Schlagloch&seite=3")
    page(client, "/suche/?q=Schlagloch&seite=4", 404)


def test_few_hits_bring_similar_ones_apart(client: Client, write: Write) -> None:
    write("Zebrastreifen vor der Schule")
    write("Fußgängerüberweg an der Kirche")
    shown = page(client, "/suche/?q=Zebrastreifen")
    assert "1 Treffer für" in shown
    assert shown.index("Ähnliche Treffer") < shown.index("an der Kirche")


def test_nothing_found_leads_on(client: Client) -> None:
    shown = page(client, "/suche/?q=Zauberberg")
    assert "Dazu gibt es noch nichts" in shown
    assert "/mitmachen/" in Links(shown).found


@pytest.mark.parametrize(
    "part",
    ["seite=0", "seite=-1", "seite=1000000000", "seite=51", "seite=zwei", "art=nichts", "art=note'--", "sort=rang", "genau=ja",
     "stadtteil=a%20b'", "thema=" + "x" * 81, "&".join(f"kampagne=k{n}" for n in range(21))],
)  # fmt: skip
def test_senseless_addresses_get_a_sentence(client: Client, part: str) -> None:
    assert "So können wir nicht suchen" in page(client, f"/suche/?q=Bank&{part}", 400)


@pytest.mark.parametrize(
    "text",
    ["*:*", "title:(bank OR park)^4 AND NOT x~2", '"', '""""', "'; DROP TABLE x; --", "a", "-", "--bank", "-bank",
     "und oder der",     "NEAR(a b)", "bank*", "🚲🌳", "👨‍👩‍👧", "\u202eknab", "\u200bbank\u200b", "бульвар", "公園", "البلدية", "\\",
     "%s %(x)s {} \\u0000", "&|!<->:*",
     "ß", "ﬁ", "İ", "²", "x" * 5_000, "wort " * 5_000, "bank " * 200_000, '"bank ' * 100, "-a " * 400, "1e309 0x10 ½"],
)  # fmt: skip
def test_whatever_is_typed_is_words_and_answered_quickly(client: Client, write: Write, text: str) -> None:
    write("Bank und Park", "Eine Bank im Park.")
    count_words()
    began = process_time()
    answer = client.get("/suche/", {"q": text})
    assert answer.status_code == 200
    seconds = process_time() - began
    print(f"\n{text[:20]!a}: {seconds:.2f} s of the processor")
    assert seconds < 4 * 0.5  # half a second on a machine that has nothing else to do


def test_a_hidden_text_is_neither_found_nor_counted_nor_suggested(client: Client, write: Write) -> None:
    write("Öffentliche Bank", district="altstadt")
    owner = get_user_model().objects.create(**{get_user_model().USERNAME_FIELD: "anna@town.example"})
    write("Verborgene Geheimbank", "Geheimwort", district="nordfeld", public=False, owner=owner.pk)
    count_words()
    client.force_login(owner)
    for words in ("Bank", "Geheimbank", "Geheimwort", "Geheimwert", "Verborgene"):
        shown = page(client, f"/suche/?q={words}")
        assert "Verborgene Geheimbank" not in shown
        assert "nordfeld" not in shown


def test_the_index_does_not_decide_what_is_shown(client: Client, write: Write) -> None:
    note = write("Stand im Index", "und wurde verborgen")
    other = write("Alter Titel im Index")
    Note.objects.filter(pk=note.pk).update(public=False)
    Note.objects.filter(pk=other.pk).update(title="Neuer Titel")
    shown = page(client, "/suche/?q=Index")
    assert "Stand im" not in shown
    assert "Alter Titel" not in shown
    assert "Neuer Titel" in shown


def test_twenty_hits_cost_few_statements(client: Client, write: Write, django_assert_max_num_queries: Callable) -> None:
    for number in range(20):
        write(f"Radweg {number}", district=f"d{number % 5}")
    with django_assert_max_num_queries(12):
        page(client, "/suche/?q=Radweg")


@pytest.mark.parametrize("part", ["q=a%00b", "q=Bank&seite=1%00", "q=Bank&stadtteil=%00", "q=%ED%A0%80%FF"])
def test_characters_that_nobody_can_type_do_no_harm(client: Client, part: str) -> None:
    assert client.get(f"/suche/?{part}").status_code in {200, 400}
