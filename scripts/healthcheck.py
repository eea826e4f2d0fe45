"""The container's own question: exit 0 when the site can take people."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    """Ask /readyz as a proxy would, under the site's own name."""
    host = urlsplit(os.environ.get("SITE_URL", "http://localhost")).hostname or "localhost"
    request = urllib.request.Request(
        "http://127.0.0.1:8000/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"}
    )
    try:
        with urllib.request.urlopen(request, timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(error)
        return 1


if __name__ == "__main__":
    sys.exit(main())
