"""The file format of pabulib.org: everybody can count the baskets again with the programs of others."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from common.tables import safe_cell
from voting.counting.election import Election


def sum_of(cents: int) -> str:
    """Return a sum in Euro with a point, as the format asks for."""
    return f"{cents // 100}.{cents % 100:02d}"


def write(election: Election, about: Mapping[str, str], names: Mapping[int, Iterable[str]]) -> str:
    """Return the file; ``names`` gives each project's name, district and category.

    Projects that nobody wants are left out: many programs would fill up with them. Baskets stand in an order of their
    content, so that nobody can tell which was given when.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    meta = {
        **about,
        "num_projects": str(len(election.wanted)),
        "num_votes": str(election.people),
        "budget": sum_of(election.budget),
        "vote_type": "approval",
        "rule": "greedy",
        "currency": "EUR",
    }
    writer.writerows([["META"], ["key", "value"], *([key, line(value)] for key, value in meta.items())])
    writer.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name", "district", "category"]])
    for item in election.wanted:
        words = [line(word) or "-" for word in names[item.id]]
        writer.writerow([item.id, sum_of(item.cost), election.votes[item.id], *words])
    writer.writerows([["VOTES"], ["voter_id", "vote"]])
    ballots = sorted((sorted(basket), number) for basket, number in election.ballots.items())
    lines = (",".join(map(str, basket)) for basket, number in ballots for _one in range(number))
    writer.writerows([number, words] for number, words in enumerate(lines, 1))
    return out.getvalue()


def line(text: str) -> str:
    """Return words that stay in their cell: one line, no formula."""
    return safe_cell(" ".join(text.split()))
