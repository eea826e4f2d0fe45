"""Files that the site makes itself and keeps: made once for a stamp, those of older stamps taken away."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def kept(folder: str, name: str, stamp: str, make: Callable[[], bytes]) -> Any:
    """Return the open file of a stamp; ``make`` is called when it is not there."""
    path = f"{folder}/{name}-{stamp}.png"
    try:
        return default_storage.open(path)
    except OSError:
        pass
    data = make()
    forget(folder, name)
    written = default_storage.save(path, ContentFile(data))
    if written != path:  # another process was quicker
        default_storage.delete(written)
    return default_storage.open(path)


def forget(folder: str, name: str) -> None:
    """Take away what was kept under older stamps."""
    try:
        files = default_storage.listdir(folder)[1]
    except OSError:
        return
    for file in files:
        if file.rpartition("-")[0] == name:
            default_storage.delete(f"{folder}/{file}")
