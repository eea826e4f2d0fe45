"""Add up the results of all test runs and print one closing line."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(folder: str) -> int:
    """Print the sum; exit 1 when anything failed, was skipped, or nothing ran."""
    passed = failed = skipped = 0
    for path in sorted(Path(folder).glob("*.xml")):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            total, bad, left_out = (int(suite.get(name, 0)) for name in ("tests", "failures", "skipped"))
            bad += int(suite.get("errors", 0))
            print(f"{path.stem}: {total - bad - left_out} passed, {bad} failed, {left_out} skipped")
            passed, failed, skipped = passed + total - bad - left_out, failed + bad, skipped + left_out
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
