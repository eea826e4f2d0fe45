"""The public record of the town: roots over what was voted, some every week and the last one now."""

from config.demo.clock import evening
from config.demo.replay import History
from voting.actions.rooting import build_roots

FIRST, EVERY = -70, 5


def plan_roots(history: History) -> None:
    """Put roots over the record as the days pass."""
    for day in range(FIRST, 0, EVERY):
        history.add(evening(day), build_roots)


def make_last_root() -> None:
    """Put a root over what is left, so that every receipt has its proof."""
    build_roots()
