"""In CI a test that failed is tried once more, a minute later, and named at the end (decision 45).

What a slow machine or the digits of a clock did passes then. Where a promise is at stake – votes, secrets, what is hidden,
what survives a kill – there is no second try: failing once in a hundred runs is failing.
"""

import os
import re

import pytest

DELAY = 61  # seconds: the next minute, so that no page shows the same time
ONLY_ONCE = re.compile(r"^tests/security/|races|protocols|machine|killed|interleavings|secrecy|tampering|simulation")


def may_try_again(path: str) -> bool:
    """Tell whether tests of the file at ``path`` may be tried twice."""
    return not ONLY_ONCE.search(path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a second try to each test that may have one; nobody gets one outside CI."""
    if not os.environ.get("CI"):
        return
    for item in items:
        if may_try_again(item.nodeid.split("::")[0]):
            item.add_marker(pytest.mark.flaky(reruns=1, reruns_delay=DELAY))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that needed a second try, with what the first one said."""
    first = terminalreporter.stats.get("rerun", [])
    if first:
        terminalreporter.section(f"needed a second try: {len(first)}")
    for report in first:
        terminalreporter.write_line(f"UNSTEADY {report.nodeid}")
        terminalreporter.write_line(report.longreprtext[-2000:])
