"""Votes that stand out: on one idea nobody has looked yet, of another some are set apart by two people."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.models import User
from common.models import Bucket
from config.demo.people import People
from config.demo.replay import History
from ideas.models import Idea
from voting.actions import give_support
from voting.actions.flagging import look_for_oddities
from voting.actions.quarantine import agree, propose
from voting.models import Flag, Vote
from voting.rules import is_own

CAMPAIGN, NUMBER = "radverkehr", 34
REASON = "34 Stimmen aus einem einzigen Netz in einer Stunde. In der Schule und in der Bücherei war niemand angemeldet."


def make_odd_votes() -> None:
    """Let many people vote from one network within an hour, twice; do nothing where that has happened."""
    ideas = list(
        Idea.objects.filter(campaign__slug=CAMPAIGN, state=Idea.State.PUBLIC, merged_count=0)
        .select_related("campaign").prefetch_related("campaign__phases").order_by("-support_count", "pk")[2:4]
    )  # fmt: skip
    if len(ideas) < 2 or Flag.objects.exists():
        return
    crowd = [person for person in People().crowd if person.is_active]
    moment = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(minutes=20)
    Bucket.objects.all().delete()  # all of this town's history has just been written within minutes
    history = History()
    for place, idea in enumerate(ideas):
        history.add(moment, partial(vote_from_one_network, idea, crowd[place * NUMBER :], place), quiet=True)
    history.run(lambda: None)
    look_for_oddities()
    set_apart(ideas[0])


def vote_from_one_network(idea: Idea, crowd: list[User], place: int) -> None:
    """Let the first of the people who may support the idea."""
    voted = 0
    for number, person in enumerate(crowd):
        if voted < NUMBER and not is_own(person, idea):
            before = Vote.objects.filter(idea=idea).count()
            give_support(voter=person, idea=idea, address=f"198.51.{100 + place}.{number % 250}")
            voted += Vote.objects.filter(idea=idea).count() - before


def set_apart(idea: Idea) -> None:
    """Let two moderators set the votes apart."""
    flag = Flag.objects.filter(idea=idea, kind=Flag.Kind.NETWORK).first()
    reviewers = [person for person in People().moderators if person.has_perm("voting.review_votes")]
    if flag is not None and len(reviewers) > 1:
        agree(quarantine=propose(flag=flag, by=reviewers[0], reason=REASON), by=reviewers[1])
