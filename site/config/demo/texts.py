"""Reading the town's texts."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Entry = dict[str, Any]


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of ``data``; the same object each time, so do not change it."""
    return tomllib.loads((HERE / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def campaigns() -> list[Entry]:
    """Return the campaigns."""
    return list(read("campaigns")["campaigns"])


def ideas() -> list[Entry]:
    """Return all ideas, each with the slug of its campaign."""
    return [idea | {"campaign": one["slug"]} for one in campaigns() for idea in read(f"ideas/{one['slug']}")["ideas"]]


def picture_file(key: str) -> Path:
    """Return the drawing of that name."""
    return HERE / "pictures" / f"{key}.webp"
