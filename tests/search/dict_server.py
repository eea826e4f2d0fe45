"""What Elasticsearch does with bulk writes, in a dictionary: fast enough for a thousand runs.

It stands where the client's ``streaming_bulk`` stands. Versions as there: an older one is refused (409), an equal one is
taken. ``outage`` lets it fail before it has taken anything, in the middle, or after everything.
"""

import random
from collections.abc import Iterable, Iterator
from typing import Any

from elastic_transport import ConnectionError as Away


class DictServer:
    """The documents of every index, by key."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.indexes: dict[str, dict[str, dict[str, Any]]] = {}
        self.outage = ""

    def streaming_bulk(self, _client: object, operations: Iterable[dict[str, Any]], **_more: Any) -> Iterator[Any]:
        whole = list(operations)
        if self.outage == "before":
            raise Away("away")
        taken = whole[: self.dice.randrange(len(whole) + 1)] if self.outage == "middle" else whole
        answers = [self._take(one) for one in taken]
        if self.outage:
            raise Away("lost on the way back")
        yield from answers

    def _take(self, one: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
        index = one["_index"].removesuffix("-w")
        documents = self.indexes[index]
        here = documents.get(one["_id"])
        if one["_op_type"] == "delete":
            documents.pop(one["_id"], None)
            return True, {"index": {"_id": one["_id"], "_index": one["_index"], "status": 200}}
        status = 201
        if "version" in one and here and here["version"] > one["version"]:
            status = 409
        else:
            documents[one["_id"]] = {"version": one.get("version", 0), "source": one["_source"]}
        return status == 201, {"index": {"_id": one["_id"], "_index": one["_index"], "status": status}}
