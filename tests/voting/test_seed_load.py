"""Load data: as much as asked for, the same each time, and in agreement with itself."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Sum

from ideas.models import Comment, Idea
from voting.audit import differences


@pytest.mark.django_db
def test_load_data_agrees_with_itself_and_is_made_once() -> None:
    out = StringIO()
    call_command("seed_load", "--ideas", "40", stdout=out)
    ideas = Idea.objects.filter(campaign__slug="last-40", state="public")
    assert ideas.count() == 40
    assert ideas.exclude(approved_version=None).count() == 40
    assert Comment.objects.count() == ideas.aggregate(n=Sum("comment_count"))["n"]
    assert ideas.order_by("-comment_count")[0].comment_count == 1000
    assert list(differences()) == []
    call_command("seed_load", "--ideas", "40", stdout=out)
    assert "is there already" in out.getvalue()
    assert Idea.objects.create(campaign=ideas[0].campaign, title="Danach", slug="danach", teaser="").pk
