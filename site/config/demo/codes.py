"""Voting codes of a school and a youth club, ballots from the town hall, and people the town knows by letter."""

import random
from functools import partial

from accounts.letters import ask_letter, print_letters, use_code
from accounts.models import User
from config.demo.clock import ago
from config.demo.people import People
from config.demo.replay import History
from ideas.models import Idea, Phase
from voting.actions.casting import cast_votes
from voting.actions.codes import make_package, revoke_package
from voting.actions.paper import confirm_count, enter_count

CAMPAIGN = "schulwege"
CLASS, CODES, USED, MOST_VOTES = "Grundschule Nordfeld, Klasse 4b", 24, 11, 3
# Where ballots were counted, on which day before today, and whether somebody has confirmed it.
PAPER = (("Bürgerbüro im Rathaus", 4.0, 0, 18, True), ("Bürgerbüro im Rathaus", 4.0, 1, 12, True),
         ("Stand auf dem Wochenmarkt", 1.0, 0, 27, False))  # fmt: skip


def allow_codes() -> None:
    """Let the running vote take codes."""
    Phase.objects.filter(campaign__slug=CAMPAIGN, kind=Phase.Kind.VOTE).update(takes_codes=True)


def plan_codes(everybody: People, history: History) -> None:
    """Put packages, votes with codes, totals from paper and letters into the history."""
    editor = User.objects.filter(groups__name="Redaktion").order_by("pk").first() or everybody.moderators[0]
    history.add(ago(9), partial(school, editor))
    history.add(ago(8), partial(club, editor))
    for place, days, idea, number, confirmed in PAPER:
        second = everybody.moderators[0] if confirmed else None
        history.add(ago(days), partial(paper, place, idea, number, editor, second))
    history.add(ago(20), partial(letter, everybody.who("Hanna vom Deich"), "Johanna Deichmann", "Deichweg 12"))
    history.add(ago(0.6), partial(ask_letter, person=everybody.who("Cem aus Nordfeld"), name="Cem Aydın",
                                  street="Nordfelder Straße 31", postcode="59999"))  # fmt: skip


def phase() -> Phase:
    return Phase.objects.select_related("campaign").get(campaign__slug=CAMPAIGN, kind=Phase.Kind.VOTE)


def ideas() -> list[Idea]:
    """Return the ideas on the ballot, the most supported first."""
    rows = Idea.objects.filter(campaign__slug=CAMPAIGN, state=Idea.State.PUBLIC)
    return list(rows.order_by("-support_count", "pk"))


def school(editor: User) -> None:
    """Hand codes to a class; part of it votes at once."""
    _package, codes = make_package(phase=phase(), name=CLASS, number=CODES, by=editor)
    draw, on_ballot = random.Random(4), ideas()  # noqa: S311 – the same town every time
    limit = min(MOST_VOTES, phase().campaign.support_limit or MOST_VOTES)
    for code in codes[:USED]:
        chosen = draw.sample(on_ballot[:8], draw.randint(1, limit))
        cast_votes(campaign=phase().campaign, typed=code, choice={idea.pk: 1 for idea in chosen})


def club(editor: User) -> None:
    """Make a package that is revoked later."""
    package, _codes = make_package(phase=phase(), name="Jugendzentrum am Uferpark", number=30, by=editor)
    revoke_package(package=package, reason="Der Umschlag mit den Karten kam nie an.", by=editor)


def paper(place: str, idea: int, number: int, editor: User, second: User | None) -> None:
    """Write down a total; confirmed where a second person has looked at it."""
    count = enter_count(phase=phase(), idea=ideas()[idea], value=1, number=number, place=place, by=editor)
    if second is not None:
        confirm_count(count=count, by=second)


def letter(person: User, name: str, street: str) -> None:
    """Let the town know somebody by a code from a letter."""
    asked = ask_letter(person=person, name=name, street=street, postcode="59999")
    use_code(person=person, typed=print_letters([asked.pk])[0].code, agreed=False)
