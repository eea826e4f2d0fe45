"""Merging, choosing, changing one's mind, undoing, in any order: no double, no limit passed, every number right, and
what comes back is what went."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from common.errors import Refused
from ideas.actions import hide_idea, merge_ideas, restore_idea, undo_merge
from ideas.models import Campaign, Idea, Merge
from tests import factories
from tests.soak import by_database, size
from tests.voting.merge_model import Model
from voting.actions import choose, give_support, withdraw_support
from voting.audit import differences
from voting.models import Ballot, Vote
from voting.voter_keys import voter_key

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = size(by_database(25, 40), 2000)
PEOPLE, IDEAS = 2, 4
people, ideas = st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)


def attempt(act):
    """Do it, or leave everything as it was; return the name of the refusal."""
    try:
        with transaction.atomic():
            act()
    except Refused as refusal:
        return refusal.code
    return ""


class MergeMachine(RuleBasedStateMachine):
    """Everything happens in one transaction that is thrown away."""

    @initialize(
        limit=st.sampled_from([None, 2, 3, 4]), given=st.lists(st.sets(ideas), min_size=PEOPLE, max_size=PEOPLE)
    )
    def begin(self, limit, given):
        self.undone_with = transaction.atomic()
        self.undone_with.__enter__()
        self.campaign = factories.campaign(support_limit=limit)
        self.people = [factories.person(password=None) for _n in range(PEOPLE)]
        self.ideas = [factories.idea(campaign=self.campaign) for _n in range(IDEAS)]
        self.moderator = factories.person(password=None)
        self.model = Model([one.pk for one in self.people], limit)
        for person, wanted in zip(self.people, given, strict=True):
            for number in sorted(wanted)[:limit]:
                give_support(voter=person, idea=self.idea(number))
                self.model.give(person.pk, self.ideas[number].pk)

    def teardown(self):
        if hasattr(self, "undone_with"):
            transaction.set_rollback(True)
            self.undone_with.__exit__(None, None, None)

    def idea(self, number):
        return Idea.objects.select_related("campaign").get(pk=self.ideas[number].pk)

    def merge(self, number):
        live = list(Merge.objects.filter(undone_at=None).select_related("source__campaign").order_by("pk"))
        return live[number % len(live)] if live else None

    @rule(who=people, what=ideas)
    def give(self, who, what):
        person, idea = self.people[who], self.idea(what)
        refused = attempt(lambda: give_support(voter=person, idea=idea))
        assert refused in ("", "closed", "limit")
        assert (refused == "closed") == (idea.state != "public")
        assert refused != "limit" or self.model.full(person.pk)
        if not refused:
            self.model.give(person.pk, idea.pk)

    @rule(who=people, what=ideas)
    def withdraw(self, who, what):
        person, idea = self.people[who], self.idea(what)
        withdraw_support(voter=person, idea=idea)
        self.model.withdraw(person.pk, idea.pk)

    @rule(one=ideas, other=ideas)
    def join(self, one, other):
        self.try_to_join(one, other)

    @rule(one=ideas, other=ideas)
    def join_two_that_can(self, one, other):
        """Aim at public ideas: chains and several sources of one target come up more often."""
        public = [number for number in range(IDEAS) if self.idea(number).state == "public"]
        if len(public) > 1:
            self.try_to_join(public[one % len(public)], public[other % len(public)])

    def try_to_join(self, one, other):
        source, target = self.idea(one), self.idea(other)
        try:
            with transaction.atomic():
                merge = merge_ideas(source=source, target=target, reason="Beide wollen dasselbe.", actor=self.moderator)
        except Refused:
            assert one == other or source.state != "public" or target.state != "public"
            return
        self.model.merges[merge.pk] = (source.pk, target.pk)

    @precondition(lambda self: self.model.merges)
    @rule(who=people, which=st.integers(0, 9), carry=st.booleans())
    def choose(self, who, which, carry):
        self.try_to_choose(self.people[who], self.merge(which), carry)

    @precondition(lambda self: self.model.merges)
    @rule(who=people, which=st.integers(0, 9), carry=st.sampled_from([True, True, False]))
    def choose_where_there_is_something(self, who, which, carry):
        """Aim at choices that change something."""
        model = self.model
        asked = [
            (person, merge)
            for person in self.people
            for merge, (source, _target) in model.merges.items()
            if (model.at(person.pk, source) if carry else model.through(person.pk, merge))
        ]
        if asked:
            person, merge = asked[(who * 10 + which) % len(asked)]
            self.try_to_choose(person, Merge.objects.select_related("source__campaign").get(pk=merge), carry)

    def try_to_choose(self, person, merge, carry):
        refused = attempt(lambda: choose(voter=person, merge=merge, carry=carry))
        if refused == "limit":  # on the way back through a chain, one more than at its end may be needed for a moment
            assert not carry
            assert self.model.full(person.pk, 2)
        elif not refused:
            (self.model.carry if carry else self.model.leave)(person.pk, merge.pk)

    @precondition(lambda self: self.model.merges)
    @rule(which=st.integers(0, 9))
    def undo(self, which):
        merge = self.merge(which)
        refused = attempt(lambda: undo_merge(merge=merge, actor=self.moderator))
        assert refused in ("", "chained")
        assert (refused == "chained") == (self.model.merge_of(merge.target_id) is not None)
        if not refused:
            self.model.undo(merge.pk)

    @rule(what=ideas)
    def hide_or_restore(self, what):
        idea = self.idea(what)
        (restore_idea if idea.state == "hidden" else hide_idea)(idea.pk)

    @invariant()
    def everything_agrees(self):
        if not hasattr(self, "model"):
            return
        assert list(differences()) == []
        rows = list(Vote.objects.values_list("idea_id", "voter_key"))
        assert len(rows) == len(set(rows))
        wanted = {
            (idea, voter_key(self.campaign.pk, person))
            for person in self.people
            for idea in self.model.supported(person.pk)
        }
        assert set(rows) == wanted
        used = Counter(key for _idea, key in rows)
        for ballot in Ballot.objects.all():
            assert ballot.used == used[ballot.voter_key]
            assert self.model.limit is None or ballot.used <= self.model.limit
        public = sum(idea.state == "public" for idea in Idea.objects.all())
        assert Campaign.objects.get(pk=self.campaign.pk).idea_count == public
        for idea in Idea.objects.all():
            assert idea.merged_count == sum(target == idea.pk for _source, target in self.model.merges.values())


def test_whatever_people_and_moderators_do_in_whatever_order():
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    profile = settings(
        max_examples=EXAMPLES, stateful_step_count=16, deadline=None, suppress_health_check=quiet, database=None
    )
    run_state_machine_as_test(MergeMachine, settings=profile)
