"""Real processes send an issue and are killed: every reader gets it, and twice only as the very same mail."""

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from tests import databases
from tests.common.test_dispatcher import outbox_nursery, town_with_mail
from tests.served import Town
from tests.soak import by_database

pytestmark = pytest.mark.server
READERS, KILLS = 200, 6
WRITE = """
from ideas.models import Topic
from news.models import Issue, IssueArticle, NewsArticlePage, NewsIndexPage, Subscriber
from news.newsletter import sending
from tests import factories
topic = Topic.objects.create(name="Spiel", slug="spiel")
page = NewsArticlePage(title="Der Brunnen läuft", teaser="Seit heute.", topic=topic)
NewsIndexPage.objects.get().add_child(instance=page)
page.save_revision().publish()
Subscriber.objects.bulk_create(
    Subscriber(address=f"n{{number}}@example.org", has_all=True, rhythm="every") for number in range({readers})
)
issue = Issue.objects.create(subject="Neues", kind="at_once")
IssueArticle.objects.create(issue=issue, article=page)
sending.release(issue, factories.make_person("ria@example.org", "Ria", groups=["Redaktion"]))
"""


def wait_until_dead(town: Town, process: int) -> None:
    """Return when a killed process is gone, and the server has done what it had asked for: nothing is claimed from then on."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    end = time.monotonic() + 60
    while Path(f"/proc/{process}").exists() or (
        town.database_url.startswith("postgres") and town.rows(asked) != [(0,)]
    ):
        assert time.monotonic() < end, "still alive a minute after it was killed"
        time.sleep(0.01)


def let_time_pass(town: Town) -> None:
    """What a dead process held comes back when its lease has ended; tests need not wait for that."""
    past = "2020-01-01 00:00:00+00:00" if town.database_url.startswith("postgres") else "2020-01-01 00:00:00"
    town.rows("UPDATE common_delivery SET next_try = %s WHERE state = 'running'", past)
    town.rows("UPDATE news_letter SET mail_claimed_until = %s WHERE mail_claimed_until IS NOT NULL", past)


@pytest.mark.parametrize("kind", databases.kinds())
def test_an_issue_survives_kills_without_loss_and_without_a_second_letter(kind: str) -> None:
    readers = by_database(READERS // 2, READERS)
    with town_with_mail(kind) as (town, box):
        town.python(WRITE.format(readers=readers))
        with outbox_nursery(town) as start:
            for _round in range(KILLS):
                before, process = len(box.mails), start()
                assert box.wait_for(before + 1, seconds=240), town.log_tail()
                time.sleep(random.uniform(0, 0.05))
                os.kill(process, signal.SIGKILL)
                wait_until_dead(town, process)
                let_time_pass(town)
            assert len(set(box.ids)) < readers, "everything was sent before the last kill; write to more readers"
        town.manage("run_outbox", "--drain")
        assert town.rows("SELECT state, sent_count FROM news_issue") == [("sent", readers)]
        letters = {(str(mail["To"]), str(mail["Message-ID"])) for mail in box.mails}
        assert {address for address, _id in letters} == {f"n{number}@example.org" for number in range(readers)}
        assert len(letters) == readers  # whatever came twice is the same letter to the same reader
        twice = sum(count - 1 for count in Counter(box.ids).values())
        assert twice <= KILLS
        print(f"{kind}: {readers} letters, {KILLS} kills, {twice} repeated under the same Message-ID")
