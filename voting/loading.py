"""Load data: many ideas with versions, comments and supports, written the fastest way the database knows.

Rows are made so that everything that is counted agrees (``verify_votes`` finds nothing), the same from the same seed.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import F, Max

from accounts.models import User
from common.database import is_postgres
from ideas.actions.publishing import FAIR_PLACES, trend_at
from ideas.content import slug_for
from ideas.models import Campaign, Comment, District, Goal, Idea, IdeaVersion, Topic
from voting.models import Ballot, Vote, VoteEvent
from voting.voter_keys import make_secret, receipt, voter_key

SUPPORTS, COMMENTS, PEOPLE_PER_IDEA = 10, 3, 0.2
MOST_COMMENTS = 1000
DAYS = 60
BATCH = 2000

IDEA = (
    "id campaign_id author_id state progress approved_version_id latest_version_id title slug teaser topic_id goal_id district_id "
    "support_count comment_count fair_rank trend source_url created_at published_at withdrawn_because "
    "channel link_count coauthor_count merged_count latitude longitude"
)

VERSION = (
    "id idea_id number author_id title text topic_id goal_id district_id place tags created_at answers file_count published_at "
    "latitude longitude"
)

COMMENT = (
    "idea_id author_id office state stance text created_at published_at depth version latest reply_count agree_count "
    "disagree_count rank quote_text"
)
# A first comment in its first version, without replies, ratings and quote.
PLAIN_COMMENT = (0, 1, 1, 0, 0, 0, 0.0, "")

VOTE = "idea_id campaign_id voter_key value"

EVENT = "campaign_id idea_id change commitment hour"

BALLOT = "campaign_id voter_key used lim version"

Values = tuple[Any, ...]


@dataclass
class Rows:
    """What one batch adds, table by table."""

    ideas: list[Values] = field(default_factory=list)
    versions: list[Values] = field(default_factory=list)
    comments: list[Values] = field(default_factory=list)
    votes: list[Values] = field(default_factory=list)
    events: list[Values] = field(default_factory=list)


class Loader:
    """Fills one campaign."""

    batch = BATCH

    def __init__(self, campaign: Campaign, texts: Sequence[tuple[str, str]], count: int, seed: int = 1) -> None:
        self.campaign, self.texts, self.count = campaign, texts, count
        self.chance = random.Random(seed)  # noqa: S311 - load data, not a secret
        self.end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        self.terms: list[list[int | None]] = [
            list(model.objects.order_by("pk").values_list("pk", flat=True)) or [None]
            for model in (Topic, Goal, District)
        ]
        self.idea_id = (Idea.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
        self.version_id = (IdeaVersion.objects.aggregate(top=Max("pk"))["top"] or 0) + 1
        self.people: list[int] = []
        self.keys: list[str] = []
        self.used: list[int] = []

    def run(self, progress: Callable[[int], object]) -> None:
        """Write everything, a transaction for each batch."""
        self._invite()
        self._prepare()
        for first in range(0, self.count, self.batch):
            some = range(first, min(first + self.batch, self.count))
            self._fill(some)
            progress(len(some))
        self._finish()

    def _prepare(self) -> None:
        """Get ready, once everybody is there."""

    def _fill(self, some: range) -> None:
        """Write the ideas at these places with everything about them."""
        rows = Rows()
        for place in some:
            self._idea(place, rows)
        self._write(rows)

    def _invite(self) -> None:
        """Make the people who write and support."""
        number = max(MOST_COMMENTS // 5, int(self.count * PEOPLE_PER_IDEA))
        mark = f"{self.campaign.slug}"
        people = User.objects.bulk_create(
            [
                User(email=f"{mark}.{place}@last.example", display_name=f"{mark} {place}", password="!")  # noqa: S106
                for place in range(number)
            ],
            batch_size=1000,
        )
        make_secret(self.campaign.pk)
        self.people = [person.pk for person in people]
        self.keys = [voter_key(self.campaign.pk, person) for person in people]
        self.used = [0] * number

    def _idea(self, place: int, rows: Rows) -> None:
        title, text = self._words()
        supports = min(int(self.chance.expovariate(1 / SUPPORTS) + 0.5), len(self.people))
        comments = MOST_COMMENTS if place == 0 else min(int(self.chance.expovariate(1 / COMMENTS) + 0.5), MOST_COMMENTS)
        at = self.end - timedelta(days=DAYS) + timedelta(seconds=DAYS * 86_400 * place / self.count)
        author = self.people[self.chance.randrange(len(self.people))]
        topic, goal, district = (self.chance.choice(term) for term in self.terms)
        where = 51.66 + self.chance.gauss(0, 0.02), 8.34 + self.chance.gauss(0, 0.03)
        idea, version = self.idea_id, self.version_id
        self.idea_id, self.version_id = idea + 1, version + 1
        rows.ideas.append(
            (idea, self.campaign.pk, author, "public", "new", None, None, title, slug_for(title), text[:200], topic, goal, district,
             supports, comments, self.chance.randrange(FAIR_PLACES), trend_at(at, supports, comments), "", at, at, "",
             "", 0, 0, 0, *where)
        )  # fmt: skip
        rows.versions.append(
            (version, idea, 1, author, title, text, topic, goal, district, "", "[]", at, "[]", 0, at, *where)
        )
        rows.comments += [self._comment(idea, at, number) for number in range(comments)]
        self._support(idea, supports, rows)

    def _words(self) -> tuple[str, str]:
        """Return a title and a text, mixed from two contributions."""
        first, second = self.chance.choice(self.texts), self.chance.choice(self.texts)
        return first[0], f"{first[1]}\n\n{second[1]}"

    def _comment(self, idea: int, at: datetime, number: int) -> Values:
        author = self.people[self.chance.randrange(len(self.people))]
        text = self.chance.choice(self.texts)[1][:300]
        when = at + timedelta(minutes=number + 1)
        stance = self.chance.choice(("", "", "pro", "contra", "question"))
        return (idea, author, "", "public", stance, text, when, when, *PLAIN_COMMENT)

    def _support(self, idea: int, supports: int, rows: Rows) -> None:
        campaign, people = self.campaign.pk, len(self.keys)
        start = self.chance.randrange(people)
        for step in range(supports):
            voter = (start + step) % people
            self.used[voter] += 1
            proof = receipt(campaign, self.keys[voter], idea, self.used[voter])
            commitment = hashlib.sha256(proof.encode()).hexdigest()
            rows.votes.append((idea, campaign, self.keys[voter], 1))
            rows.events.append((campaign, idea, 1, commitment, self.end))

    @transaction.atomic
    def _write(self, rows: Rows) -> None:
        bulk(Idea._meta.db_table, IDEA, [(*row[:3], "waiting", *row[4:]) for row in rows.ideas])
        bulk(IdeaVersion._meta.db_table, VERSION, rows.versions)
        publish(self.version_id - len(rows.versions), self.version_id - 1)
        bulk(Comment._meta.db_table, COMMENT, rows.comments)
        bulk(Vote._meta.db_table, VOTE, rows.votes)
        bulk(VoteEvent._meta.db_table, EVENT, rows.events)

    @transaction.atomic
    def _finish(self) -> None:
        self._write_ballots()
        Campaign.objects.filter(pk=self.campaign.pk).update(idea_count=F("idea_count") + self.count)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Idea, IdeaVersion]):
                cursor.execute(statement)

    def _write_ballots(self) -> None:
        ballots = [
            (self.campaign.pk, key, used, None, used) for key, used in zip(self.keys, self.used, strict=True) if used
        ]
        bulk(Ballot._meta.db_table, BALLOT, ballots)


def publish(first: int, last: int) -> None:
    """Show the versions with keys from ``first`` to ``last``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ideas_idea SET state = 'public', approved_version_id = v.id, latest_version_id = v.id "
            "FROM ideas_ideaversion v WHERE v.idea_id = ideas_idea.id AND v.id BETWEEN %s AND %s",
            [first, last],
        )


def bulk(table: str, names: str, rows: Iterable[Values]) -> None:
    """Add rows by COPY on PostgreSQL, by one prepared statement on SQLite."""
    columns = ", ".join(names.split())
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names.split()))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(plain(rows)))  # noqa: S608


def plain(rows: Iterable[Values]) -> Iterator[Values]:
    """Return rows with moments as SQLite keeps them."""
    adapt = connection.ops.adapt_datetimefield_value
    for row in rows:
        yield tuple(adapt(value) if isinstance(value, datetime) else value for value in row)
