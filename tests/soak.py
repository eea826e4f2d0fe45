"""How large the long tests are: small on SQLite, larger where a database server is, as promised by ``make soak``."""

import os

from tests import databases

LONG = bool(os.environ.get("SOAK"))


def size(short: int, long: int) -> int:
    """Return one of two sizes."""
    return long if LONG else short


def by_database(sqlite: int, server: int) -> int:
    """Return the size for the database of this run: what costs minutes is done in full on one of them."""
    return server if databases.server() else sqlite


def races() -> list[str]:
    """Return the databases on which races are run beside the protocols of voting, which run on both: all by ``make soak``."""
    kinds = databases.kinds()
    return kinds if LONG else kinds[-1:]
