"""Where a test on served processes failed, its report says how they are and what they wrote last."""

from collections.abc import Generator

import pytest

from tests.served import Town


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the state and the log of each town that the failed test used."""
    report = yield
    if report.failed:
        for town in getattr(item, "funcargs", {}).values():
            if isinstance(town, Town):
                report.sections.append(("the town", state_of(town)))
    return report


def state_of(town: Town) -> str:
    """Return which processes ended with which code, and the end of their log."""
    ended = {name: process.poll() for name, process in town.processes.items()}
    return f"ended with (None: it runs): {ended}\n{town.log_tail()}"
