"""Campaign, rules and result in a browser: nothing for axe to find, nothing sideways, ways by keyboard, without a script."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import axe, sideways
from tests.served import Town, served

pytestmark = pytest.mark.browser

SET_UP = """
from cms.models import CampaignIndexPage, CampaignPage
from ideas.models import CampaignStatus, Topic
from tests import factories
from voting.actions import close_phase, give_support

made = factories.campaign(title="Spielräume", slug="spielraeume", summary="Wo fehlen Plätze?", answer_days=21, support_limit=3)
CampaignStatus.objects.create(campaign=made, name="Im Bauplan", look="river", text="Wird geplant.", progress="planned")
topic = Topic.objects.create(name="Spiel und Freizeit und alles, was draußen stattfindet", slug="spiel")
idea = factories.idea(campaign=made, title="Ein Segel", author=factories.person(), topic=topic, progress="planned")
give_support(voter=factories.person(), idea=idea)
close_phase(phase=made.phases.get())
CampaignIndexPage.objects.get().add_child(instance=CampaignPage(title="Spielräume", campaign=made, result_shown=True))
"""


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with served("sqlite") as made:
        made.python(SET_UP)
        yield made


@pytest.mark.parametrize("part", ["", "regeln/", "ergebnis/"])
def test_nothing_stands_in_the_way(open_page: Callable[..., Page], town: Town, part: str) -> None:
    page = open_page(f"{town.url}/mitmachen/spielraeume/{part}", width=360, scheme="dark")
    assert axe(page) == []
    assert sideways(page) == {}


def test_from_the_campaign_to_rules_and_result_by_keyboard_and_without_a_script(
    open_page: Callable[..., Page], town: Town
) -> None:
    page = open_page(f"{town.url}/mitmachen/spielraeume/", width=360, script=False)
    for name, heading in (
        ("Zum Ergebnis", "Was eingegangen ist"),
        ("Alle Regeln dieser Kampagne", "Was wann möglich ist"),
    ):
        page.get_by_role("link", name=name).first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("heading", name=heading).wait_for()
