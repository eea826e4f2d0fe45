"""The town's goals: overview, pages, measures, numbers; tied to the ideas."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from cms.charts import line
from cms.models import GoalIndexPage, GoalPage, Indicator, IndicatorValue, Measure, StartPage
from ideas.actions import hide_idea, link_idea
from ideas.models import Goal, Idea, Topic
from news.models import ArticleIdea, NewsArticlePage, NewsIndexPage
from search.queries import search
from tests import factories
from tests.cms.pieces import make_picture
from tests.ideas.conftest import with_right

pytestmark = pytest.mark.django_db


@pytest.fixture
def mobility() -> Goal:
    return Goal.objects.create(name="Mobilität", slug="mobilitaet", position=1)


@pytest.fixture
def index(start: StartPage) -> GoalIndexPage:
    page = start.add_child(instance=GoalIndexPage(title="Zielsetzung", lead="Acht Felder."))
    start.refresh_from_db()
    return page


@pytest.fixture
def page(index: GoalIndexPage, mobility: Goal) -> GoalPage:
    return index.add_child(instance=GoalPage(title="Mobilität", goal=mobility, lead="Alle kommen sicher an."))


def measure(goal: Goal, title: str = "Schulstraßen", **fields: object) -> Measure:
    made = Measure(goal=goal, title=title, **{"state": "running", "percent": 40, **fields})
    made.full_clean()
    made.save()
    return made


def series(goal: Goal, *values: tuple[int, str], breaks: tuple[int, ...] = ()) -> Indicator:
    made = Indicator.objects.create(
        name="Zu Fuß zur Schule", slug="zu-fuss", unit="Prozent", source="Zählung", goal=goal, decimals=1
    )
    IndicatorValue.objects.bulk_create(
        IndicatorValue(indicator=made, year=year, value=value, breaks=year in breaks) for year, value in values
    )
    return made


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_overview_shows_for_every_goal_how_far_it_is(client, page, mobility):
    Goal.objects.create(name="Bildung", slug="bildung", position=2)
    measure(mobility)
    measure(mobility, "Bordsteine", state="done")
    measure(mobility, "Seilbahn", state="stopped", why_stopped="Zu teuer.", percent=5)
    factories.idea(goal=mobility, progress=Idea.Progress.DONE)
    factories.idea(goal=mobility)
    text = text_of(client, "/ziele/")
    assert '<a href="/ziele/mobilitaet/">Mobilität</a>' in text
    assert "3 Maßnahmen, 1 erledigt" in text
    assert "im Mittel 70 Prozent" in text  # of 40 and 100: what was stopped goes nowhere
    assert "2 Ideen" in text
    assert "1 umgesetzt" in text
    assert '<a href="/ideen/?ziel=bildung">Bildung</a>' in text
    assert "noch keine Maßnahme" in text
    assert " style=" not in text


def test_the_page_of_a_goal_fills_itself_with_what_was_reached(client, page, mobility):
    measure(mobility, "Bordsteine", state="done")
    measure(mobility)
    measure(mobility, "Nur intern", is_public=False)
    measure(mobility, "Seilbahn", state="stopped", why_stopped="Zu teuer.", percent=5)
    factories.idea(goal=mobility, title="Zebrastreifen am Kiosk", progress=Idea.Progress.DONE)
    factories.idea(goal=mobility, title="Bank am Deich")
    text = text_of(client, page.get_absolute_url())
    reached, doing = text.split("Was haben wir schon erreicht?")[1].split("Was wir tun")
    assert "Bordsteine" in reached
    assert "Zebrastreifen am Kiosk" in reached
    assert "40 Prozent geschafft" in doing
    assert "Eingestellt: Zu teuer." in doing
    assert "Bank am Deich" in doing
    assert "Nur intern" not in text


def test_a_goal_without_anything_says_how_to_help(client, page):
    text = text_of(client, page.get_absolute_url())
    assert "Noch keine Idee" in text
    assert "Was haben wir schon erreicht?" not in text


def test_hidden_ideas_leave_the_goal_at_once(client, page, mobility):
    idea = factories.idea(goal=mobility, title="Bank am Deich", progress=Idea.Progress.DONE)
    assert "Bank am Deich" in text_of(client, page.get_absolute_url())
    hide_idea(idea.pk)
    assert "Bank am Deich" not in text_of(client, page.get_absolute_url())
    assert "Bank am Deich" not in text_of(client, "/ziele/")


def test_a_series_is_drawn_written_down_and_handed_out(client, page, mobility):
    series(mobility, (2019, "58"), (2021, "55.5"), (2024, "64"), (2025, "68.2"), breaks=(2024,))
    text = text_of(client, page.get_absolute_url())
    assert text.count("<polyline") == 2
    assert "mw-line__break" in text
    assert "Ab hier anders gezählt" in text
    assert "55,5" in text
    assert "Quelle: Zählung" in text
    answer = client.get("/kennzahlen/zu-fuss.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Jahr", "Wert"]
    assert rows[2][:3] == ["2021", "55,5", "Prozent"]
    assert rows[3][3] == "ja"


def test_a_drawing_keeps_the_distance_of_years_and_starts_at_nought(mobility):
    drawing = line(series(mobility, (2019, "50"), (2020, "100"), (2025, "25")))
    assert drawing is not None
    first, second, third = drawing.points
    assert third.x - first.x == pytest.approx(6 * (second.x - first.x), rel=0.01)
    assert (drawing.floor - first.y) * 2 == pytest.approx(drawing.floor - second.y, rel=0.01)
    assert (drawing.floor - third.y) * 4 == pytest.approx(drawing.floor - second.y, rel=0.01)


@pytest.mark.parametrize("values", [(), ((2020, "7"),)])
def test_too_few_values_are_written_and_not_drawn(client, page, mobility, values):
    series(mobility, *values)
    assert "<polyline" not in text_of(client, page.get_absolute_url())


@pytest.mark.parametrize(("first", "second"), [("0", "0"), ("-3", "5"), ("99999999999", "1")])
def test_odd_values_stay_inside_the_drawing(mobility, first, second):
    drawing = line(series(mobility, (2000, first), (2001, second)))
    assert drawing is not None
    assert all(0 <= point.y <= drawing.height and 0 <= point.x <= drawing.width for point in drawing.points)


def test_a_link_from_an_idea_leads_to_the_page_while_it_is_published(client, page, mobility):
    idea, staff = factories.idea(title="Bank am Deich"), with_right("Amt", "ideas.answer")
    first = measure(mobility)
    link_idea(idea=idea, by=staff, kind="goal", object_id=mobility.pk)
    link_idea(idea=idea, by=staff, kind="measure", object_id=first.pk)
    text = text_of(client, idea.get_absolute_url())
    assert 'href="/ziele/mobilitaet/"' in text
    assert f'href="/ziele/mobilitaet/#massnahme-{first.pk}"' in text


def test_the_address_follows_the_goal_and_a_goal_has_one_page(index, page, mobility):
    mobility.slug = "wege"
    mobility.save()
    page.refresh_from_db()
    assert page.get_absolute_url() == "/ziele/wege/"
    with pytest.raises(ValidationError, match="schon eine Seite"):
        index.add_child(instance=GoalPage(title="Noch einmal", goal=mobility))


def test_pages_of_goals_are_found_and_leave_the_search_when_they_close(page):
    anonymous = AnonymousUser()
    assert [hit.title for hit in search(anonymous, "alle Mobilität").hits] == ["Mobilität"]
    page.unpublish()
    assert not search(anonymous, "Mobilität").hits


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"percent": 101}, "Höchstens 100 Prozent"),
        ({"state": "stopped", "why_stopped": " "}, "warum sie eingestellt wurde"),
        ({"begins_on": "2026-05-02", "ends_on": "2026-05-01"}, "vor dem Anfang"),
    ],
)
def test_measures_that_make_no_sense_are_refused_in_words(mobility, fields, words):
    with pytest.raises(ValidationError, match=words):
        measure(mobility, **fields)


def test_the_database_refuses_them_too(mobility):
    for wrong in ({"percent": 101}, {"state": "done", "percent": 20}, {"state": "stopped"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.create(goal=mobility, title="x", **wrong)


def test_a_goal_with_measures_is_not_deleted_by_accident(mobility):
    measure(mobility)
    with pytest.raises(Exception, match="protected"):
        mobility.delete()


def test_editors_keep_measures_and_series_in_the_admin(page, mobility):
    editor = factories.make_person("redaktion@example.org", "Nora", groups=["Redaktion"])
    client = Client()
    client.force_login(editor)
    answer = client.get("/cms/snippets/cms/measure/")
    assert answer.status_code == 200
    form = {"title": "Schulstraßen", "goal": mobility.pk, "state": "stopped", "percent": "20", "position": "0"}
    answer = client.post("/cms/snippets/cms/measure/add/", form)
    assert "warum sie eingestellt wurde" in answer.content.decode()
    assert "Schulstraßen" in answer.content.decode()
    client.post("/cms/snippets/cms/measure/add/", {**form, "state": "done"})
    assert Measure.objects.get().percent == 100


def test_the_overview_costs_few_statements(client, page, mobility, django_assert_max_num_queries):
    for number in range(12):
        measure(mobility, f"Maßnahme {number}")
        factories.idea(goal=mobility)
    series(mobility, (2019, "58"), (2021, "55.5"))
    for url in ("/ziele/", page.get_absolute_url()):
        client.get(url)
    with django_assert_max_num_queries(12):
        client.get("/ziele/")
    with django_assert_max_num_queries(12):
        client.get(page.get_absolute_url())


def test_the_overview_says_by_itself_what_was_reached(client, page, mobility):
    assert "Was haben wir schon erreicht?" not in text_of(client, "/ziele/")
    done = measure(mobility, "Bordsteine", state="done")
    measure(mobility, "Noch nicht")
    measure(mobility, "Nur intern", state="done", is_public=False)
    found = text_of(client, "/ziele/").split("Was haben wir schon erreicht?")[1]
    assert f'<a href="/ziele/mobilitaet/#massnahme-{done.pk}">Bordsteine</a>' in found
    assert "Noch nicht" not in found
    assert "Nur intern" not in found


def test_decimal_values_are_written_as_germans_do(client, page, mobility):
    made = series(mobility, (2019, "1058.25"), (2021, "55.5"))
    assert made.values.get(year=2019).value == Decimal("1058.250")
    assert "1.058,2" in text_of(client, page.get_absolute_url())


def test_news_about_ideas_of_a_goal_stand_on_its_page(client, page, mobility, django_assert_max_num_queries):
    news, topic = NewsIndexPage.objects.get(), Topic.objects.create(name="Unterwegs", slug="unterwegs")
    crossing, hidden = factories.idea(goal=mobility), factories.idea(goal=mobility, state="hidden")

    def article(title: str, *ideas: Idea, **fields: object) -> NewsArticlePage:
        made = NewsArticlePage(title=title, teaser="Kurz.", topic=topic, picture=make_picture(), **fields)
        made.idea_links.add(*(ArticleIdea(idea=idea) for idea in ideas))
        return news.add_child(instance=made)

    told = article("Der Zebrastreifen kommt", crossing)
    linked = article("Neun Sekunden waren ein Fehler")
    link_idea(idea=crossing, by=with_right("Amt", "ideas.answer"), kind="news", object_id=linked.pk)
    article("Nicht hier", factories.idea())
    article("Verborgene Idee", hidden)
    article("Noch ein Entwurf", crossing, live=False)
    url = page.get_absolute_url()
    found = text_of(client, url).split("Neues zu diesem Ziel")[1]
    assert "Der Zebrastreifen kommt" in found
    assert "Neun Sekunden waren ein Fehler" in found
    for title in ("Nicht hier", "Verborgene Idee", "Noch ein Entwurf"):
        assert title not in found, title
    with django_assert_max_num_queries(12):
        client.get(url)
    told.unpublish()
    linked.unpublish()
    assert "Neues zu diesem Ziel" not in text_of(client, url)
