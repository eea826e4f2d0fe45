"""Hidden is gone at once where search server and cache server are both away: decided on the desk, asked by everybody."""

import pytest

from tests import crowd, databases
from tests.moderation.test_races import RULE, STAFF, Moderator
from tests.served import Town, served

pytestmark = pytest.mark.server
AWAY = {"ELASTICSEARCH_URL": "http://127.0.0.1:9", "REDIS_URL": "redis://127.0.0.1:9/0", "MITWIRK_PROFILE": "demo"}
IDEA = """
from django.db import transaction
from moderation.actions import open_case
from search.actions import rebuild
from tests import factories
idea = factories.idea(campaign=factories.campaign(slug="ufer"), title="Platz für die Feldlerche")
with transaction.atomic():
    case = open_case("idea", idea.pk, reason="own")
rebuild()
print("RESULT", idea.pk, case.pk, idea.get_absolute_url())
"""
LISTS = (
    "/ideen/",
    "/ideen/feed/",
    "/suche/?q=Feldlerche",
    "/sitemap-ideen-1.xml",
    "/ideen/einbetten/?kampagne=ufer",
    "/",
)


def told(town: Town) -> list[str]:
    """Return which lists lead to the idea."""
    return [path for path in LISTS if "Platz für die Feldlerche" in town.get(path) or "feldlerche/" in town.get(path)]


@pytest.mark.parametrize("kind", databases.kinds())
def test_a_hidden_idea_is_gone_at_once_without_search_server_and_cache(kind: str) -> None:
    with served(kind, extra=AWAY) as town:
        mira = next(Moderator(member.url, member.session) for member in crowd.people(town, 1))
        town.python(STAFF)
        rule = int(town.python(RULE).split("RESULT ")[1])
        said = town.python(IDEA).split("RESULT ")[1].split()
        case, address = int(said[1]), said[2]
        assert {"/ideen/", "/ideen/feed/", "/suche/?q=Feldlerche"} <= set(told(town))
        assert mira.decide(case, "hide", rule=rule, reason="Passt hier nicht hin.").status == 303
        assert told(town) == []
        assert "Platz für die Feldlerche" not in town.get(address)
