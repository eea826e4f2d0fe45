"""What is left to give stands before the vote, and who supports may say why."""

import re

import pytest

from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import Comment, Phase
from tests import factories
from voting.actions import give_support

pytestmark = pytest.mark.django_db


def words(client, campaign):
    if not hasattr(campaign, "page"):
        made = CampaignPage(title=campaign.title, campaign=campaign)
        CampaignIndexPage.objects.get().add_child(instance=made)
        made.save_revision().publish()
        campaign.page = made
    page = client.get(campaign.get_absolute_url()).content.decode()
    found = re.search(r"<p[^>]*data-supports-left>(.*?)</p>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else ""


@pytest.mark.parametrize(
    ("limit", "given", "said"),
    [
        (5, 2, "Sie haben noch 3 von 5 Unterstützungen."),
        (2, 2, "Alle Ihre 2 Unterstützungen sind vergeben. Sehen, wo"),
        (1, 0, "Sie haben Ihre eine Unterstützung noch."),
        (1, 1, "Ihre eine ist vergeben. Sehen, wo"),
        (0, 0, "Hier sind keine Unterstützungen zu vergeben."),
        (None, 1, "Sie können beliebig viele Ideen unterstützen, jede einmal."),
    ],
)
def test_the_list_of_a_campaign_says_what_is_left(client, limit, given, said):
    anna, campaign = factories.person(), factories.campaign(support_limit=limit)
    for idea in [factories.idea(campaign=campaign) for _n in range(3)][:given]:
        give_support(voter=anna, idea=idea)
    client.force_login(anna)
    assert words(client, campaign) == said


def test_strangers_read_how_many_everybody_has_and_nobody_reads_it_outside_the_vote(client):
    campaign = factories.campaign(support_limit=5)
    factories.idea(campaign=campaign)
    assert words(client, campaign) == "Jede Person hat hier 5 Unterstützungen."
    Phase.objects.update(method="opinion")
    assert words(client, campaign) == ""


def test_who_supports_may_say_why_and_no_row_ties_it_to_the_vote(client):
    anna, idea = factories.person(), factories.idea()
    client.force_login(anna)
    assert "freiwillig – erscheint als Kommentar" not in client.get(idea.get_absolute_url()).content.decode()
    page = client.post(f"/ideen/{idea.pk}/unterstuetzung/", {"action": "support"}, follow=True).content.decode()
    form = page[page.index("mw-support__why") :]
    key = re.search(r'name="request_key" value="(\w+)"', form).group(1)
    for _twice in range(2):
        client.post(
            f"/ideen/{idea.pk}/kommentare/", {"text": "Weil wir sie brauchen.", "stance": "pro", "request_key": key}
        )
    assert list(Comment.objects.values_list("text", "stance", "author")) == [("Weil wir sie brauchen.", "pro", anna.pk)]


@pytest.mark.parametrize("closed", ["campaign", "comments"])
def test_nobody_is_asked_why_where_the_answer_could_not_stand(client, closed):
    anna, idea = factories.person(), factories.idea(campaign=factories.campaign(asks_why=closed != "campaign"))
    if closed == "comments":
        Phase.objects.update(allows_comments=False)
    give_support(voter=anna, idea=idea)
    client.force_login(anna)
    assert "freiwillig – erscheint als Kommentar" not in client.get(idea.get_absolute_url()).content.decode()


def test_the_box_says_who_can_support_before_anybody_presses(client):
    anna, idea = factories.person(), factories.idea()
    Phase.objects.update(level=1)
    client.force_login(anna)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert 'data-state="refused"' in page
    assert "muss die Stadt Sie kennen" in page
