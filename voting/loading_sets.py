"""Load data on PostgreSQL: the database itself draws and writes the rows, some ten thousand ideas with each transaction.

The same draw from the same number and salt each time (``hashint8extended``), so that two runs make the same town.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

from ideas.actions.counting import TREND_SECONDS
from ideas.actions.publishing import FAIR_PLACES
from ideas.content import slug_for
from ideas.models import Campaign, Comment, Idea, IdeaVersion
from voting.loading import COMMENTS, DAYS, MOST_COMMENTS, SUPPORTS, Loader
from voting.voter_keys import pads

BATCH = 20_000

PREPARE = """
    CREATE FUNCTION pg_temp.draw(place bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        'SELECT ((hashint8extended(place, salt) & 2147483647) + 1) / 2147483649.0';
    CREATE FUNCTION pg_temp.pick(place bigint, salt bigint, among bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        'SELECT (hashint8extended(place, salt) & 2147483647) % among';
    CREATE TEMP TABLE load_text (n bigint PRIMARY KEY, title text, slug text, body text);
    CREATE TEMP TABLE load_person (n bigint PRIMARY KEY, person bigint, key text)"""

DRAWN = """
    CREATE TEMP TABLE load_batch AS
    SELECT drawn.*, %(end)s - make_interval(secs => %(stretch)s * (1 - place::float8 / %(count)s)) AS moment,
           first.title, first.slug, first.body || E'\n\n' || second.body AS body, author.person AS author
    FROM (
        SELECT place, %(idea)s + place AS id, %(version)s + place AS version,
               LEAST(floor(-ln(pg_temp.draw(place, 1)) * %(supports)s + .5), %(people)s)::int AS supports,
               CASE WHEN place = 0 THEN %(most)s
                    ELSE LEAST(floor(-ln(pg_temp.draw(place, 2)) * %(comments)s + .5), %(most)s) END::int AS comments,
               pg_temp.pick(place, 3, %(people)s) AS start,
               (%(topics)s::bigint[])[1 + pg_temp.pick(place, 4, cardinality(%(topics)s::bigint[]))] AS topic,
               (%(goals)s::bigint[])[1 + pg_temp.pick(place, 5, cardinality(%(goals)s::bigint[]))] AS goal,
               (%(districts)s::bigint[])[1 + pg_temp.pick(place, 6, cardinality(%(districts)s::bigint[]))] AS district,
               51.66 + (pg_temp.draw(place, 7) + pg_temp.draw(place, 8) - 1) * .05 AS latitude,
               8.34 + (pg_temp.draw(place, 9) + pg_temp.draw(place, 10) - 1) * .08 AS longitude
        FROM generate_series(%(first)s::bigint, %(last)s::bigint) place
    ) drawn
    JOIN load_text first ON first.n = pg_temp.pick(place, 11, %(texts)s)
    JOIN load_text second ON second.n = pg_temp.pick(place, 12, %(texts)s)
    JOIN load_person author ON author.n = pg_temp.pick(place, 13, %(people)s)"""

IDEA = {
    "id": "id", "campaign_id": "%(campaign)s", "author_id": "author", "state": "'public'", "progress": "'new'",
    "approved_version_id": "version", "latest_version_id": "version", "title": "title", "slug": "slug",
    "teaser": "left(body, 200)", "topic_id": "topic", "goal_id": "goal", "district_id": "district",
    "support_count": "supports", "comment_count": "comments", "fair_rank": f"pg_temp.pick(place, 14, {FAIR_PLACES})",
    "trend": f"extract(epoch FROM moment) / {TREND_SECONDS} + ln(1 + supports + 2 * comments)",
    "created_at": "moment", "published_at": "moment", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip

VERSION = {
    "id": "version", "idea_id": "id", "number": "1", "author_id": "author", "title": "title", "text": "body",
    "topic_id": "topic", "goal_id": "goal", "district_id": "district", "created_at": "moment",
    "published_at": "moment", "latitude": "latitude", "longitude": "longitude",
}  # fmt: skip

COMMENT = {
    "idea_id": "load_batch.id", "author_id": "writer.person", "state": "'public'",
    "stance": "(ARRAY['', '', 'pro', 'contra', 'question'])[1 + pg_temp.pick(load_batch.id, nth, 5)]",
    "text": "left(words.body, 300)", "created_at": "moment + make_interval(mins => nth)",
    "published_at": "moment + make_interval(mins => nth)",
}  # fmt: skip

WRITERS = """load_batch CROSS JOIN LATERAL generate_series(1, comments) nth
    JOIN load_person writer ON writer.n = pg_temp.pick(load_batch.id, 100 + nth, %(people)s)
    JOIN load_text words ON words.n = pg_temp.pick(load_batch.id, 5000 + nth, %(texts)s)"""

VOTERS = """load_batch CROSS JOIN LATERAL generate_series(0, supports - 1) step
    JOIN load_person voter ON voter.n = (start + step) %% %(people)s"""

VOTES = f"""
    INSERT INTO voting_vote (idea_id, campaign_id, voter_key, value)
    SELECT load_batch.id, %(campaign)s, voter.key, 1 FROM {VOTERS}"""  # noqa: S608 - our own constants

# The receipts of ``voter_keys.receipt``, each of a voter's first version: nobody has voted for an idea twice.
RECEIPT = """encode(sha256(%(outer)s || sha256(%(inner)s
    || convert_to('receipt:' || voter.key || ':' || load_batch.id || ':1', 'UTF8'))), 'hex')"""
EVENTS = f"""
    INSERT INTO voting_voteevent (campaign_id, idea_id, change, commitment, hour)
    SELECT %(campaign)s, load_batch.id, 1, encode(sha256(convert_to({RECEIPT}, 'UTF8')), 'hex'), %(end)s
    FROM {VOTERS}"""  # noqa: S608 - our own constants

FILLED = ["ideas_comment", "ideas_idea", "ideas_ideaversion", "voting_vote", "voting_voteevent"]

# Everything but primary keys and CHECKs; foreign keys first, because they may rest on the others.
RULES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype, conname"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"""

BALLOTS = """
    INSERT INTO voting_ballot (campaign_id, voter_key, used, lim, version)
    SELECT campaign_id, voter_key, count(*), NULL, count(*) FROM voting_vote WHERE campaign_id = %s GROUP BY 1, 2"""


@contextmanager
def without_checks() -> Iterator[None]:
    """Take foreign keys, unique rules and indexes off the tables that are filled, and build them again over everything.

    All inside the transaction at hand: whoever stops it half-way has every rule as before. Many times faster than to
    look after each row, and the rules hold for the new rows as for the old: PostgreSQL checks them when it builds them.
    """
    with connection.cursor() as cursor:
        # What was written before in this transaction is checked now: a table with open checks cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(RULES, [FILLED])
        rules = cursor.fetchall()
        cursor.execute(INDEXES, [FILLED])
        indexes = cursor.fetchall()
        for table, name, _definition in rules:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in reversed(rules):
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def filled(model: type[models.Model], drawn: dict[str, str], source: str) -> str:
    """Return the statement that writes rows of ``model``; columns that nothing is drawn for get their default."""
    columns = dict(drawn)
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if name in columns or field.null or field.primary_key or field.has_db_default():
            continue
        columns[name] = _literal(field.get_db_prep_save(field.get_default(), connection))
    names = ", ".join(columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(columns.values())} FROM {source}"  # noqa: S608


def _literal(value: Any) -> str:
    """Return a default as SQL; defaults are numbers, truths, empty texts and empty lists."""
    plain = getattr(value, "obj", value)
    if isinstance(plain, bool | int | float):
        return str(plain).lower()
    return "'[]'" if plain == [] else "'" + str(plain).replace("'", "''") + "'"


class SetLoader(Loader):
    """Fills one campaign by statements over sets, in one transaction."""

    batch = BATCH

    def run(self, progress: Callable[[int], object]) -> None:
        self._invite()
        self._prepare()
        with transaction.atomic(), without_checks():
            for first in range(0, self.count, self.batch):
                some = range(first, min(first + self.batch, self.count))
                self._fill(some)
                progress(len(some))
        self._finish()

    def _prepare(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PREPARE)
            with cursor.cursor.copy("COPY load_text FROM STDIN") as copy:
                for number, (title, text) in enumerate(self.texts):
                    copy.write_row((number, title, slug_for(title), text))
            with cursor.cursor.copy("COPY load_person FROM STDIN") as copy:
                for number, (person, key) in enumerate(zip(self.people, self.keys, strict=True)):
                    copy.write_row((number, person, key))
            cursor.execute("ANALYZE load_text; ANALYZE load_person")

    def _fill(self, some: range) -> None:
        values = self._values() | {"first": some[0], "last": some[-1]}
        statements = (
            DRAWN,
            filled(Idea, IDEA, "load_batch"),
            filled(IdeaVersion, VERSION, "load_batch"),
            filled(Comment, COMMENT, WRITERS),
            VOTES,
            EVENTS,
        )
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)
            cursor.execute("DROP TABLE load_batch")

    def _values(self) -> dict[str, Any]:
        campaign: Campaign = self.campaign
        topics, goals, districts = self.terms
        inner, outer = pads(campaign.pk)
        return {
            "campaign": campaign.pk, "idea": self.idea_id, "version": self.version_id, "count": self.count, "end": self.end,
            "stretch": DAYS * 86_400, "people": len(self.people), "texts": len(self.texts), "supports": SUPPORTS,
            "inner": inner, "outer": outer,
            "comments": COMMENTS, "most": MOST_COMMENTS, "topics": topics, "goals": goals, "districts": districts,
        }  # fmt: skip

    def _write_ballots(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BALLOTS, [self.campaign.pk])
