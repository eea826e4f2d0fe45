"""The moderators' button on other pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template

pytestmark = pytest.mark.django_db


def test_only_moderators_see_the_button(rf, thing, moderator):
    page = Template("{% load moderation %}{% look_at 'thing' 7 %}")
    request = rf.get("/")
    shown = []
    for user in (AnonymousUser(), thing(), moderator()):
        request.user = user
        shown.append("/cms/moderation/neu/thing/7/" in page.render(Context({"request": request})))
    assert shown == [False, False, True]
