"""Reports of the town: editions, chapters, numbers side by side; what is not public leaks nowhere."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser

from cms.models import (
    ChapterIndicator,
    ReportIndexPage,
    ReportPage,
    StartPage,
)
from ideas.actions import hide_idea, link_idea
from ideas.models import Goal
from search.queries import search
from tests import factories
from tests.cms.reporting import DRAWN, OPEN, chapter, document, report, series, text_of
from tests.ideas.conftest import with_right
from tests.search.papers import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(start: StartPage) -> ReportIndexPage:
    page = start.add_child(instance=ReportIndexPage(title="Familienbericht"))
    start.refresh_from_db()
    return page


@pytest.fixture
def two(index: ReportIndexPage) -> tuple[ReportPage, ReportPage]:
    return report(index, 2023, **OPEN), report(index, 2025, **DRAWN)


def test_the_list_shows_all_reports_the_newest_first(client, index, two):
    text = text_of(client, "/familienbericht/")
    assert text.index("Bericht 2025") < text.index("Bericht 2023")
    assert "nicht repräsentativ" in text
    assert 'href="/familienbericht/vergleich/"' in text


def test_an_empty_list_says_what_will_be_here(client, index):
    assert "Noch kein Bericht" in text_of(client, "/familienbericht/")


def test_the_page_of_a_report_says_how_people_were_asked(client, two):
    text = text_of(client, "/familienbericht/bericht-2025/")
    for words in (
        "Aus dem Melderegister ausgelost.",
        "1.486 von 5.200",
        "29 von 100",
        "3. März 2025 bis 11. April 2025",
    ):
        assert words in text
    assert "Junge Menschen haben seltener geantwortet." in text
    assert "stehen nicht für die ganze Stadt" in text_of(client, "/familienbericht/bericht-2023/")


def test_chapters_lead_to_each_other_and_back(client, two):
    for title in ("Wohnen", "Betreuung", "Zeit"):
        chapter(two[1], title)
    chapter(two[1], "Entwurf", live=False)
    text = text_of(client, "/familienbericht/bericht-2025/betreuung/")
    assert "Kapitel 2 von 3" in text
    assert 'href="/familienbericht/bericht-2025/wohnen/" rel="prev"' in text
    assert 'href="/familienbericht/bericht-2025/zeit/" rel="next"' in text
    assert 'href="/familienbericht/bericht-2025/betreuung/" aria-current="page"' in text
    assert "Entwurf" not in text
    assert "Entwurf" not in text_of(client, "/familienbericht/bericht-2025/")


def test_a_chapter_is_there_only_with_its_report(client, two):
    page = chapter(two[1], "Wohnen", lead="Wohnen ist teuer.")
    url = page.get_absolute_url()
    assert [hit.title for hit in search(AnonymousUser(), "teuer").hits] == ["Wohnen"]
    assert url in text_of(client, "/sitemap-seiten.xml")
    two[1].unpublish()
    assert client.get(url).status_code == 404
    assert url not in text_of(client, "/sitemap-seiten.xml")
    assert not search(AnonymousUser(), "teuer").hits


def test_a_chapter_shows_its_series_with_a_sentence_table_and_file(client, two):
    found = series("Kitaplätze", (2023, "34.5", None), (2025, "38.2", None))
    page = chapter(two[1], "Betreuung", found)
    ChapterIndicator.objects.update(words="Es sind mehr geworden.")
    text = text_of(client, page.get_absolute_url())
    assert "<polyline" in text
    assert "Es sind mehr geworden." in text
    assert "38,2" in text
    assert "/kennzahlen/kitaplatze.csv" in text
    assert "Zufällig ausgeloste Menschen, repräsentativ" in text
    assert " style=" not in text


def test_values_of_a_report_to_come_are_seen_nowhere_before(client, index):
    goal = Goal.objects.create(name="Bildung", slug="bildung", position=1)
    old, coming = report(index, 2023, **OPEN), report(index, 2025, live=False, **DRAWN)
    # Numbers that no time of day, no key and no sign in an address shows by chance.
    found = series(
        "Geheim", (2021, "31457", None), (2023, "48131", old), (2025, "79263", coming), goal=goal, decimals=0
    )
    url = chapter(old, "Wohnen", found).get_absolute_url()
    only = series("Nur", (2025, "80517", coming), goal=goal)
    for place, known in ((url, "48.131"), (f"/kennzahlen/{found.slug}.csv", "48131")):
        text = text_of(client, place)
        assert known in text, place
        assert "79.263" not in text, place
        assert "79263" not in text, place
    assert client.get(f"/kennzahlen/{only.slug}.csv").status_code == 404
    coming.save_revision().publish()
    assert "79.263" in text_of(client, url)
    assert "79263" in text_of(client, f"/kennzahlen/{found.slug}.csv")
    assert "80517" in text_of(client, f"/kennzahlen/{only.slug}.csv")


def test_ideas_about_a_chapter_are_linked_ones_first_then_those_of_its_goal(client, two):
    goal = Goal.objects.create(name="Bildung", slug="bildung", position=1)
    page = chapter(two[1], "Betreuung", goal=goal)
    assert "Noch keine Idee" in text_of(client, page.get_absolute_url())
    factories.idea(title="Kita am Kanal", goal=goal)
    linked = factories.idea(title="Nachtkita am Klinikum")
    link_idea(idea=linked, by=with_right("Amt", "ideas.answer"), kind="chapter", object_id=page.pk)
    text = text_of(client, page.get_absolute_url()).split("Ideen zu diesem Kapitel")[1]
    assert text.index("Nachtkita am Klinikum") < text.index("Kita am Kanal")
    assert 'href="/ideen/?ziel=bildung"' in text
    seen = text_of(client, linked.get_absolute_url())
    assert f'href="{page.get_absolute_url()}"' in seen
    assert "Bericht 2025" in seen
    hide_idea(linked.pk)
    assert "Nachtkita" not in text_of(client, page.get_absolute_url())
    page.unpublish()
    linked.refresh_from_db()


def test_a_comparison_tells_differences_only_where_the_method_is_the_same(client, two):
    old, new = two
    counted = series("Kitaplätze", (2023, "34.5", old), (2025, "38.2", new), better="more")
    asked = series("Zufrieden", (2023, "71", old), (2025, "64", new), from_survey=True)
    broken = series("Wohnkosten", (2023, "22", old), (2025, "29", new))
    broken.values.filter(year=2025).update(breaks=True)
    other = series("Hilfe", (2023, "60", old), (2025, "78", new))
    other.values.filter(year=2023).update(method="nur Mütter gefragt")
    once = series("Bänke", (2025, "12", new))
    chapter(old, "Alles", counted)
    chapter(new, "Stadt", counted, asked, broken, other, once)
    text = text_of(client, "/familienbericht/vergleich/")
    assert "Achtung: Die beiden Berichte haben verschieden gefragt" in text
    rows = dict(
        zip(("counted", "asked", "broken", "other", "once"), text.split('<th scope="row"><a')[1:6], strict=True)
    )
    assert "3,7" in rows["counted"]
    assert "besser" in rows["counted"]
    assert "Die Menschen wurden verschieden gefragt." in rows["asked"]
    assert "Seit 2025 anders gezählt." in rows["broken"]
    assert "nur Mütter gefragt" in rows["other"]
    assert "nur in einem der Berichte" in rows["once"]
    for name in ("asked", "broken", "other"):
        assert "nicht vergleichbar" in rows[name]
        assert "gestiegen" not in rows[name]
        assert "gesunken" not in rows[name]
    table = list(
        csv.reader(StringIO(client.get("/familienbericht/vergleich.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert table[1][1:6] == ["Kitaplätze", "Prozent", "34,5", "38,2", "3,7"]
    assert table[2][5:7] == ["", "Die Menschen wurden verschieden gefragt."]


def test_reports_that_asked_alike_are_compared_without_a_warning(client, index):
    old, new = report(index, 2021, **DRAWN), report(index, 2025, **DRAWN)
    chapter(new, "Stadt", series("Zufrieden", (2021, "71", None), (2025, "64", None), from_survey=True, better="more"))
    text = text_of(client, "/familienbericht/vergleich/")
    assert "Achtung" not in text
    assert "um 7,0 gesunken" in text
    assert "schlechter" in text
    assert old.title in text


def test_the_line_of_a_survey_breaks_where_people_were_asked_in_another_way(client, two):
    asked = series("Zufrieden", (2023, "71", two[0]), (2025, "64", two[1]), from_survey=True)
    counted = series("Plätze", (2023, "71", two[0]), (2025, "64", two[1]))
    text = text_of(client, chapter(two[1], "Stadt", asked, counted).get_absolute_url())
    first, second = text.split('<section class="mw-series"')[1:]
    assert "mw-line__break" in first
    assert "<polyline" not in first
    assert "Offen für alle, die antworten wollten, nicht repräsentativ" in first
    assert "<polyline" in second
    assert "mw-line__break" not in second


@pytest.mark.parametrize("query", ["?von=nirgends&bis=bericht-2025", "?von=bericht-2025&bis=bericht-2025", "?bis[]=1"])
def test_a_comparison_of_nonsense_shows_the_newest_two(client, two, query):
    assert "Bericht 2023" in text_of(client, f"/familienbericht/vergleich/{query}")


def test_two_reports_are_chosen_whatever_their_order(client, index, two):
    report(index, 2021, **OPEN)
    text = text_of(client, "/familienbericht/vergleich/?von=bericht-2023&bis=bericht-2021")
    assert "Bericht 2021 neben Bericht 2023" in text


def test_without_two_public_reports_there_is_nothing_to_compare(client, index):
    assert client.get("/familienbericht/vergleich/").status_code == 404
    report(index, 2023, **OPEN)
    report(index, 2025, live=False, **DRAWN)
    assert client.get("/familienbericht/vergleich/").status_code == 404
    assert client.get("/familienbericht/vergleich.csv").status_code == 404


def test_reports_and_chapters_are_found_with_their_numbers_and_their_file(index):
    page = report(index, 2025, lead="So leben Familien", pdf=document(pdf("Kaulquappenteich im Anhang")), **DRAWN)
    chapter(page, "Betreuung", series("Ganztagsplätze", (2025, "5", None)))
    anonymous = AnonymousUser()
    assert [(hit.title, hit.note) for hit in search(anonymous, "Ganztagsplätze").hits] == [
        ("Betreuung", "Bericht 2025")
    ]
    assert [hit.title for hit in search(anonymous, "Melderegister").hits] == ["Bericht 2025"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"survey_kind": "open", "survey_stands": "whole"}, "ist nicht repräsentativ"),
        ({"survey_kind": "drawn"}, "ob die Befragung für alle spricht"),
        ({"survey_asked": 10, "survey_answered": 11}, "Mehr Antworten als Befragte"),
        ({"survey_from": date(2025, 5, 2), "survey_until": date(2025, 5, 1)}, "vor dem Anfang"),
        ({"year": 20}, "1900"),
    ],
)
def test_surveys_that_make_no_sense_are_refused_in_words(fields, words):
    page = ReportPage(**{"title": "Bericht", "slug": "x", "year": 2025, **fields})
    with pytest.raises(Exception, match=words):
        page.full_clean(exclude=["path", "depth"])


def test_no_page_of_a_report_takes_more_than_twelve_statements(client, two, django_assert_max_num_queries):
    goal = Goal.objects.create(name="Bildung", slug="bildung", position=1)
    for place in range(4):
        factories.idea(goal=goal)
        many = [series(f"Reihe-{place}-{n}", (2023, "3", two[0]), (2025, "4", two[1])) for n in range(3)]
        for one in two:
            chapter(one, f"Kapitel{place}", *many, goal=goal)
    two[1].pdf = document(pdf("Eins"))
    two[1].save()
    below = "/familienbericht/bericht-2025/"
    for url in ("/familienbericht/", below, f"{below}kapitel1/", "/familienbericht/vergleich/"):
        client.get(url)
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200
