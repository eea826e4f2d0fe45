"""Who wants to know that a part of the page tree was moved, closed or opened."""

from collections.abc import Callable

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def tree_changed(listener: Listener) -> Listener:
    """Register a function that is called, inside a transaction, with the tree path of the uppermost page concerned."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def tell(path: str) -> None:
    """Call all of them."""
    for listener in _listeners:
        listener(path)
