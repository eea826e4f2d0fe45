"""V13: voting, taking back, closing, reopening, deleting accounts, hiding ideas, changing the limit, in any order.

After each step one person has one vote, nobody is over a limit that was in force, and everything adds up. ``make soak``
takes 5,000 steps.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from common.errors import Refused
from ideas.actions import hide_idea, restore_idea
from ideas.models import Campaign, Idea
from tests import factories
from tests.soak import size
from voting.actions import close_phase, give_support, withdraw_support
from voting.actions.reopening import reopen_phase
from voting.audit import differences
from voting.models import Ballot, Result, Vote
from voting.taking import Try
from voting.voter_keys import voter_key

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, IDEAS, STEPS = 3, 3, 20
# Not integers(): Hypothesis puts constants of whatever modules are loaded among those, so courses would differ from run to run.
people, ideas, limits = (st.sampled_from(values) for values in (range(PEOPLE), range(IDEAS), [None, 0, 1, 2, 3]))


@pytest.fixture(autouse=True)
def _no_pace(settings):
    """Long courses have more votes of one person than a minute takes; the pace is proved in test_support_path.py."""
    settings.VOTES_PER_MINUTE = 0


class VoteMachine(RuleBasedStateMachine):
    """What happens, beside a model of sets; everything in one transaction that is thrown away."""

    @initialize(limit=limits)
    def begin(self, limit):
        self.undone_with = transaction.atomic()
        self.undone_with.__enter__()
        self.campaign = factories.campaign(support_limit=limit)
        self.phase = self.campaign.phases.get()
        self.limit, self.is_open = limit, True
        self.people = [factories.person(password=None) for _n in range(PEOPLE)]
        self.ideas = [factories.idea(campaign=self.campaign) for _n in range(IDEAS)]
        self.editor = factories.person(password=None)
        self.given = {person.pk: set() for person in self.people}
        self.results = {}
        self.gone = 0  # votes of accounts that went after the seal

    def teardown(self):
        if hasattr(self, "undone_with"):
            transaction.set_rollback(True)
            self.undone_with.__exit__(None, None, None)

    def idea(self, number):
        return Idea.objects.select_related("campaign").get(pk=self.ideas[number].pk)

    def attempt(self, act):
        try:
            with transaction.atomic():
                act()
        except Refused as refusal:
            return refusal.code
        return ""

    @rule(who=people, what=ideas)
    def give(self, who, what):
        person, idea = self.people[who], self.idea(what)
        mine = self.given[person.pk]
        refused = self.attempt(lambda: give_support(voter=person, idea=idea))
        if not self.is_open or idea.state != "public":
            assert refused == "closed"
        elif idea.pk in mine:
            assert refused == ""
        elif self.limit is not None and len(mine) >= self.limit:
            assert refused == "limit"
        else:
            assert refused == ""
            mine.add(idea.pk)

    @rule(who=people)
    def give_to_all(self, who):
        """One after the other, so that limits are met often."""
        for what in range(IDEAS):
            self.give(who, what)

    @rule(who=people, what=ideas)
    def withdraw(self, who, what):
        person, idea = self.people[who], self.idea(what)
        refused = self.attempt(lambda: withdraw_support(voter=person, idea=idea))
        known = Vote.objects.exists() or Ballot.objects.exists() or self.is_open
        assert refused == "" or not self.is_open
        if self.is_open and known:
            self.given[person.pk].discard(idea.pk)

    @rule()
    def close(self):
        result = close_phase(phase=self.phase, by=self.editor)
        self.results.setdefault(result.pk, (result.sha256, dict(result.snapshot["supports"])))
        self.is_open = False

    @rule()
    def reopen(self):
        until = timezone.now() + timedelta(days=1)
        why = "Es gab einen Ausfall."
        refused = self.attempt(lambda: reopen_phase(phase=self.phase, by=self.editor, because=why, until=until))
        assert refused in ("", "not_sealed", "key_gone")
        self.is_open = self.is_open or refused == ""

    @rule(who=people)
    def delete_account(self, who):
        """The same person comes back with a new account: as long as it can be changed, the vote is not counted twice."""
        person = self.people[who]
        left = self.given.pop(person.pk)
        person.delete()
        if not self.is_open:
            self.gone += len(left)
        self.people[who] = factories.person(password=None)
        self.given[self.people[who].pk] = set()

    @rule(what=ideas)
    def hide_or_restore(self, what):
        idea = self.idea(what)
        (restore_idea if idea.state == "hidden" else hide_idea)(idea.pk)

    @rule(limit=limits)
    def change_limit(self, limit):
        Campaign.objects.filter(pk=self.campaign.pk).update(support_limit=limit)
        self.limit = limit

    @invariant()
    def everything_agrees(self):
        if not hasattr(self, "given"):
            return
        assert list(differences()) == []
        rows = list(Vote.objects.values_list("idea_id", "voter_key"))
        assert len(rows) == len(set(rows))
        mine = {(idea, voter_key(self.campaign.pk, person)) for person in self.people for idea in self.given[person.pk]}
        assert mine <= set(rows)
        assert len(rows) == len(mine) + self.gone
        for number, (digest, _supports) in self.results.items():
            assert Result.objects.get(pk=number).sha256 == digest


honest = Try.values


def one_more(tried, moment):
    found = honest(tried, moment)
    return found | {"limit": None if found["limit"] is None else found["limit"] + 1}


def run(examples, steps=STEPS, phases=tuple(Phase), *, by_chance=True):
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    profile = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet, database=None,
        phases=phases, report_multiple_bugs=False, derandomize=not by_chance,
    )  # fmt: skip
    run_state_machine_as_test(VoteMachine, settings=profile)


def test_v13_whatever_happens_in_whatever_order_everything_adds_up():
    run(size(12, 100), size(STEPS, 50))


@pytest.mark.parametrize("fault", ["a counter that is not moved back", "an event that is missing", "a limit too many"])
def test_v13_a_planted_fault_is_found(fault, monkeypatch):
    if fault == "a counter that is not moved back":
        monkeypatch.setattr("voting.actions.writing.thresholds.count", lambda idea, by: idea.support_count)
    elif fault == "an event that is missing":
        monkeypatch.setattr("voting.actions.support.write", lambda *_what: None)
    else:
        monkeypatch.setattr(Try, "values", one_more)
    with pytest.raises(AssertionError):
        # That it is found is enough; the shortest way to it takes minutes. The same courses each time: the test of a test
        # may not depend on chance.
        run(60, phases=(Phase.generate,), by_chance=False)
