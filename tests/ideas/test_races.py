"""The same request several times at once: one idea, one comment, exact counters – where several can write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from common.database import is_postgres
from ideas import actions
from ideas.content import IdeaContent
from ideas.models import Comment, Idea
from tests import factories

AT_ONCE = 6
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def several_writers(transactional_db: None) -> None:
    if not is_postgres():
        pytest.skip("The in-memory SQLite of tests has one writer; a served one is raced in tests/voting.")


def at_once(work: Callable[[], Any]) -> list[Any]:
    def alone(_number: int) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, range(AT_ONCE)))


def test_a_request_sent_several_times_at_once_makes_one_idea() -> None:
    campaign, author = factories.campaign(), factories.person()
    content = IdeaContent(title="Ein Segel am Ufer", text="Ein Segel über dem Sand hilft allen Kindern.")
    made = at_once(
        lambda: actions.submit_idea(author=author, campaign=campaign, content=content, request_key="einmal").pk
    )
    assert len(set(made)) == 1
    assert Idea.objects.count() == 1


def test_comments_at_once_are_counted_exactly() -> None:
    idea, author = factories.idea(), factories.person()
    at_once(lambda: actions.write_comment(author=author, idea=idea, text="Das finde ich gut.").pk)
    again = at_once(
        lambda: actions.write_comment(author=author, idea=idea, text="Nur einmal.", request_key="einmal").pk
    )
    assert len(set(again)) == 1
    assert Comment.objects.count() == AT_ONCE + 1
    assert Idea.objects.get().comment_count == AT_ONCE + 1
