"""A cache that may be away: without the Redis server pages are put together anew instead of failing."""

import logging
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class MayBeAway(RedisCache):
    """Answers as an empty cache while the server is away; what should be kept is not."""

    def _tried(self, name: str, *args: Any, instead: Any = None) -> Any:
        try:
            return getattr(super(), name)(*args)
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return instead

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._tried("get", key, default, version, instead=default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._tried("get_many", keys, version, instead={})

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._tried("set", key, value, timeout, version)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._tried("set_many", data, timeout, version, instead=list(data))

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._tried("add", key, value, timeout, version, instead=True)

    def delete(self, key: Any, version: int | None = None) -> Any:
        return self._tried("delete", key, version, instead=False)

    def has_key(self, key: Any, version: int | None = None) -> Any:
        return self._tried("has_key", key, version, instead=False)
